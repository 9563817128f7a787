import * as assert from "node:assert/strict";
import {
    both,
    changesByUrn,
    each,
    edited,
    everything,
    projectResources,
    stacks,
    type Stack,
} from "./support/scenarios";
import { needsEngine, Sandbox, succeeded, type Outcome } from "./support/stack";

/** Mistakes in a new service; each `§` marks where one has to be shown, with the beginning of its message below. */
const broken = `
    broken:
      source: { repository: acme/broken, §brnch: main }
      build: { §commands: { make: all } }
      deploy: { type: ecs, §cluster: "shop-{enviroment}", service: broken, taskRoles: [] }
      environments:
        §nowhere: {}
`;
const mistakes = [
    'services.broken.source.brnch: unknown key; did you mean "branch"?',
    "services.broken.build.commands: expected a list",
    "services.broken.deploy.cluster: unknown placeholder {enviroment}",
    "services.broken.environments.nowhere: unknown environment",
];

/** A file with {@link broken} at its end, where the services are, and the lines that have to be said of it. */
function breakFile(file: string, name: string): { readonly text: string; readonly said: readonly string[] } {
    const [first, ...rest] = `${file.trimEnd()}${broken}`.split("§");
    let text = first;
    const said = rest.map((next, i) => {
        const lines = text.split("\n");
        text += next;
        return `${name}:${lines.length}:${(lines.at(-1) ?? "").length + 1} ${mistakes[i]}`;
    });
    return { text, said };
}

describe("the committed stacks, when something goes wrong", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    let files: Readonly<Record<Stack, string>>;
    before(async () => {
        sandbox = Sandbox.open();
        files = { dev: sandbox.read("Pulumi.dev.yaml"), prod: sandbox.read("Pulumi.prod.yaml") };
        const outcomes = await both(stack => sandbox.up(stack));
        stacks.forEach(stack => succeeded(outcomes[stack]));
    });
    after(() => sandbox?.close());

    /** Fails unless the run did, did nothing, and said these lines as its only problems, without a stack trace. */
    function assertRefused(
        { code, errors, steps, stdout, stderr }: Outcome,
        lines: readonly (string | RegExp)[],
    ): void {
        assert.notEqual(code, 0);
        assert.deepEqual(
            steps.filter(({ op, type }) => op !== "same" && !type.startsWith("pulumi:")),
            [],
        );
        const said = errors.flatMap(error => error.split("\n").slice(1)).map(line => line.trim());
        assert.equal(said.length, lines.length, errors.join("\n"));
        lines.forEach((line, i) =>
            assert.ok(
                typeof line === "string" ? said[i].startsWith(line) : line.test(said[i]),
                `${said[i]}\n${String(line)}`,
            ),
        );
        assert.doesNotMatch(`${stdout}${stderr}`, /^\s+at .*:\d+:\d+/m);
    }

    it("say everything that is wrong with a file, with line and column, and change nothing", async () => {
        const before = await both(stack => everything(sandbox, stack));
        const said = await both(async stack => {
            const name = `Pulumi.${stack}.yaml`;
            const { text, said } = breakFile(files[stack], name);
            sandbox.write(name, text);
            const outcome = await sandbox.up(stack);
            sandbox.write(name, files[stack]);
            return { outcome, said };
        });
        stacks.forEach(stack => assertRefused(said[stack].outcome, said[stack].said));
        assert.deepEqual(await both(stack => everything(sandbox, stack)), before);
    });

    it("take one value from `pulumi config set`, and update what it is for", async () => {
        const path = "service-pipelines:services.orders.build.compute";
        assert.equal((await sandbox.run("dev", "config", "set", "--path", path, "medium")).code, 0);
        const outcome = await sandbox.up("dev");
        const projects = ["build", "integration"].map(name => projectResources("orders", name)[3]); // a suite is a build
        assert.deepEqual(changesByUrn(outcome), each("update", projects));
        const differing = outcome.steps.flatMap(({ diff }) => diff);
        assert.deepEqual(new Set(differing), new Set(["environment.computeType"]));
    });

    it("refuse account ids that lost their quotes, by hand or by `pulumi config set`", async () => {
        sandbox.write("Pulumi.dev.yaml", files.dev.replace('["111111111111"]', "[111111111111]"));
        const path = "service-pipelines:environments[1].account";
        assert.equal((await sandbox.run("dev", "config", "set", "--path", path, "222222222222")).code, 0);
        assertRefused(await sandbox.up("dev"), [
            /^Pulumi\.dev\.yaml:\d+:\d+ aws:allowedAccountIds\[0\]: expected an account id in quotes, .* write "111111111111"/,
            /^Pulumi\.dev\.yaml:\d+:\d+ environments\[1\]\.account: expected an account id in quotes, .* write "222222222222"/,
        ]);
    });

    it("keep the secrets of others out of state and output, and refuse secrets of their own", async () => {
        sandbox.write("Pulumi.dev.yaml", files.dev);
        // The engine hands over what begins with `aws:` to the provider, so it does reach the state.
        for (const [key, value] of [
            ["other:token", "hush-1"],
            ["aws:secretKey", "hush-2"],
        ]) {
            assert.equal((await sandbox.run("dev", "config", "set", "--secret", key, value)).code, 0);
        }
        const outcome = succeeded(await sandbox.up("dev"));
        const { resources = [] } = await sandbox.export("dev");
        const provider = resources.find(({ type }) => type === "pulumi:providers:aws");
        assert.match(JSON.stringify(provider?.inputs?.secretKey), /"ciphertext"/);
        assert.doesNotMatch(JSON.stringify({ resources, outcome }), /hush-/);

        const before = await everything(sandbox, "dev");
        const inside = "service-pipelines:services.orders.build.environment.TOKEN";
        for (const args of [["service-pipelines:x"], ["--path", inside]]) {
            assert.equal((await sandbox.run("dev", "config", "set", "--secret", ...args, "hush-3")).code, 0);
        }
        const refused = await sandbox.up("dev");
        const message = /: an encrypted value would make all of this key secret; keep the secret in Secrets Manager/;
        assertRefused(refused, [message, message]);
        assert.match(refused.errors.join(), / services\.orders\.build\.environment\.TOKEN.*\n.* x/);
        assert.doesNotMatch(JSON.stringify(refused), /hush-/);

        // What nobody encrypted is refused by the CLI itself.
        sandbox.write("Pulumi.dev.yaml", files.dev.replace("repository: acme/orders", "repository: { secure: plain }"));
        const { code, stderr } = await sandbox.up("dev");
        assert.notEqual(code, 0);
        assert.match(stderr, /bad value/);
        assert.deepEqual(await everything(sandbox, "dev"), before);
    });

    it("give way to no third stack with the same prefix, and take no harm from it", async () => {
        const before = sandbox.cloud.all();
        sandbox.write("Pulumi.twin.yaml", files.dev);
        const { code, errors } = await sandbox.up("twin");
        assert.notEqual(code, 0);
        // The engine gives up at the first refusal; what it had begun fails with whatever message.
        assert.match(errors.join("\n"), /"shop-dev--.*" exists already/);
        const names = new Set(before.map(({ type, id }) => `${type} ${id}`));
        const after = sandbox.cloud.all().filter(({ type, id }) => names.has(`${type} ${id}`));
        assert.deepEqual(after, before);
    });

    it("keep what is protected in prod, say so, and can be destroyed in dev", async () => {
        sandbox.write("Pulumi.dev.yaml", files.dev);
        const isProtected = /Connection::connection-github" cannot be deleted\s+because it is protected/;
        const kept = async () => {
            const { resources = [] } = await sandbox.export("prod");
            return resources
                .filter(({ protect }) => protect)
                .map(({ urn, id }) => `${urn} ${id}`)
                .sort();
        };
        const made = async (stack: Stack) => {
            const { resources = [] } = await sandbox.export(stack);
            return resources.filter(({ type }) => type.startsWith("aws:")).map(({ type, id }) => `${type} ${id}`);
        };
        const [before, ofDev] = [await kept(), await made("dev")];
        for (const noun of [
            "kms/key:Key",
            "s3/bucket:Bucket",
            "codeconnections/connection:Connection",
            "ec2/vpc:Vpc",
        ]) {
            assert.ok(
                before.some(urn => urn.includes(`aws:${noun}::`)),
                `${noun} is not protected`,
            );
        }

        // A connection leaves the file, because an existing one takes its place.
        const arn = "arn:aws:codeconnections:eu-west-1:111111111111:connection/company";
        sandbox.seed("aws:codeconnections/connection:Connection", { arn, name: "company" });
        sandbox.write(
            "Pulumi.prod.yaml",
            edited(files.prod, config => (config.connections.github = { arn })),
        );
        const { dev, prod } = await both(stack => (stack === "prod" ? sandbox.up(stack) : sandbox.destroy(stack)));
        succeeded(dev);
        assert.notEqual(prod.code, 0);
        assert.match(prod.errors.join("\n"), isProtected);
        assert.deepEqual(await kept(), before);

        const destroyed = await sandbox.destroy("prod");
        assert.notEqual(destroyed.code, 0);
        assert.match(destroyed.errors.join("\n"), isProtected);
        assert.deepEqual(await kept(), before);

        const there = new Set(sandbox.cloud.all().map(({ type, id }) => `${type} ${id}`));
        const missing = (resources: readonly string[]) => resources.filter(resource => !there.has(resource));
        assert.deepEqual(missing(await made("prod")), []);
        assert.deepEqual(missing(ofDev), ofDev, "something is left of dev");
    });
});
