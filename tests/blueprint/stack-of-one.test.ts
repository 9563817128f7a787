import * as assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withNeighbours } from "../../blueprint/neighbours";
import { planStack, type StackPlan } from "../../blueprint/stack";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { fromFile } from "../../config/from-file";
import { problemLines, readFleet } from "../../config/read";
import type { StackSource } from "../../config/source";
import { ecsService, stackText, threeEnvironments, type Words } from "./support/fleet";

const root = join(__dirname, "../..");

/** Stack files of several services: those of the project, and those that real pipelines were written as. */
const files = [
    ...["Pulumi.dev.yaml", "Pulumi.prod.yaml", "tests/security/fleet.yaml"],
    ...readdirSync(join(root, "tests/real-pipelines")).map(file => `tests/real-pipelines/${file}`),
].filter(file => file.endsWith(".yaml"));

const paint = paintFor({});

/** What `planned` shows of `service`, without the warnings of the stack and what is said of the others. */
const shown = ({ plan, unplanned }: StackPlan, service: string) => {
    assert.ok(plan);
    return fleetText(plan, service, [], paint, unplanned).replace(/\n\d+ other services? .*\n$/, "");
};

describe("a stack of which one service is asked for", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "stack-of-one-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    const source = (words: Words): StackSource => {
        const file = join(folder, "Pulumi.t.yaml");
        writeFileSync(file, stackText(words));
        return fromFile(file, "t");
    };
    const lines = (words: Words, only?: string) =>
        problemLines(planStack(source(words), only === undefined ? {} : { only }).problems);

    for (const file of files) {
        it(`shows the services of ${file} as a full plan does, and finds nothing that a full one does not`, () => {
            const stack = fromFile(join(root, file), "x");
            const { fleet } = readFleet(stack);
            const full = planStack(stack);
            for (const { name } of fleet?.services ?? []) {
                const alone = planStack(stack, { only: name });
                assert.equal(shown(alone, name), shown(full, name));
                const told = problemLines(full.warnings);
                const more = problemLines(alone.warnings).filter(line => !told.includes(line));
                assert.deepEqual(
                    more.filter(line => !/ would run in \S+: since /.test(line)),
                    [],
                );
                const own = `services.${name}`;
                const missing = full.warnings
                    .filter(({ path }) => path.join(".").startsWith(`${own}.`) || path.join(".") === own)
                    .filter(({ message }) => !alone.warnings.some(other => other.message === message));
                assert.deepEqual(
                    missing.filter(({ message }) => !/ would run in \S+: since /.test(message)),
                    [],
                );
            }
        });
    }

    const long = (name: string): Words => ({ ...ecsService(name), trigger: { schedule: { cron: "0 6 * * ? *" } } });
    const clash = { type: "s3", bucket: "one" };
    const breaks = (name: string): Words => ({
        ...ecsService(name),
        deploys: { a: clash, b: clash },
        deploy: undefined,
    });

    it("fails on a rule that the service itself breaks, and on none that another one does", () => {
        const words = { services: { a: ecsService("a"), b: breaks("b") } };
        assert.match(
            lines(words).join("\n"),
            /^Pulumi\.t\.yaml:\S+ services\.b\.deploys\.b: b in dev writes the s3:\/\/one\/, /,
        );
        assert.equal(lines(words).length, 1);
        assert.deepEqual(lines(words, "b"), lines(words));
        assert.deepEqual(lines(words, "a"), []);
    });

    it("asks all whom the services ask on the topic of an environment", () => {
        const asking = (name: string) => ({
            ...ecsService(name),
            environments: { dev: { approval: { notify: [`${name}@shop.example`] } } },
        });
        const stack = source({ services: { a: asking("a"), b: asking("b") } });
        const full = shown(planStack(stack), "a");
        assert.match(full, /a@shop\.example, b@shop\.example/);
        assert.equal(shown(planStack(stack, { only: "a" }), "a"), full);
    });

    it("fails on every word of another service", () => {
        const words = { services: { a: ecsService("a"), b: { ...ecsService("b"), delpoy: {} } } };
        assert.match(lines(words).join("\n"), /services\.b\.delpoy: unknown key; did you mean "deploy"\?$/);
        assert.deepEqual(lines(words, "a"), lines(words));
    });

    it("fails on a circle that comes back to it by way of others", () => {
        const after = (name: string, first: string) => ({ ...ecsService(name), trigger: { after: [first] } });
        const words = {
            services: { a: after("a", "d"), b: after("b", "a"), c: after("c", "b"), d: after("d", "c"), e: long("e") },
        };
        assert.match(lines(words).join("\n"), /start each other for ever: a → b → c → d → a$/);
        assert.deepEqual(lines(words, "a"), lines(words));
        assert.deepEqual(lines(words, "e"), []);
    });

    it("says nothing of what all services have to do together", () => {
        const words = {
            environments: threeEnvironments,
            targets: { people: { type: "sns", topicArn: "arn:aws:sns:{region}:{account}:people" } },
            notify: { people: ["alarm"] },
            services: { a: ecsService("a"), b: { ...ecsService("b"), notify: { people: ["failed"] } } },
        };
        const warnings = (only?: string) =>
            problemLines(planStack(source(words), only === undefined ? {} : { only }).warnings).join("\n");
        assert.match(warnings(), /nobody is told that a fails in dev/);
        assert.doesNotMatch(warnings("a"), /nobody is told that a stage of dev fails/);
        // Of the stack's exception there is a need, and of that of one that deploys nothing there is none.
        const needless = {
            skipVerification: "artifacts are verified elsewhere",
            services: { a: { ...ecsService("a"), deploy: { type: "none" } }, b: ecsService("b") },
        };
        assert.deepEqual([lines(needless), lines(needless, "a")], [[], []]);
    });

    it("is planned whole where there is no such service, where there is no other, and where all belong together", () => {
        const two = { services: { a: ecsService("a"), b: ecsService("b") } };
        const together = { services: { a: ecsService("a"), b: { ...ecsService("b"), trigger: { after: ["a"] } } } };
        const count = (words: Words, only: string) => planStack(source(words), { only }).unplanned;
        assert.deepEqual(
            [count(two, "c"), count({}, "orders"), count(together, "a"), count(together, "b"), count(two, "a")],
            [undefined, undefined, undefined, undefined, 1],
        );
    });

    it("has those around it that start it or that it starts, and theirs as far as it starts them", () => {
        const starting = (name: string, step: Words) => ({
            ...ecsService(name),
            steps: { next: { type: "pipeline", when: "end", ...step } },
        });
        const after = (name: string, first: string) => ({ ...ecsService(name), trigger: { after: [first] } });
        const services = {
            first: ecsService("first"),
            second: after("second", "first"),
            third: starting("third", { service: "fourth" }),
            fourth: starting("fourth", { pipeline: "shop--fifth" }),
            fifth: ecsService("fifth"),
            sixth: after("sixth", "fifth"),
            alone: ecsService("alone"),
        };
        const { fleet } = readFleet(source({ services }));
        assert.ok(fleet);
        const around = (name: string) => [...withNeighbours(fleet, name)].sort();
        assert.deepEqual(around("first"), ["first", "second"]);
        assert.deepEqual(around("second"), ["first", "second"]);
        assert.deepEqual(around("fourth"), ["fifth", "fourth", "sixth", "third"]);
        assert.deepEqual(around("fifth"), ["fifth", "fourth", "sixth"]);
        assert.deepEqual(around("alone"), ["alone"]);
    });

    it("says in the end how many others there are", () => {
        const text = (count: number) => {
            const services = Object.fromEntries(
                Array.from({ length: count }, (_, index) => [`s${index}`, ecsService(`s${index}`)]),
            );
            const { plan, unplanned } = planStack(source({ services }), { only: "s0" });
            assert.ok(plan);
            return fleetText(plan, "s0", [], paint, unplanned);
        };
        assert.match(text(3), /^shop, stack t: 3 services → dev\n/);
        assert.match(
            text(3),
            /\n\n2 other services were read, and not planned: `npm start` without --service plans and checks them too\n$/,
        );
        assert.match(
            text(2),
            /\n\n1 other service was read, and not planned: `npm start` without --service plans and checks it too\n$/,
        );
        assert.doesNotMatch(text(1), /other service/);
    });
});
