import * as assert from "node:assert/strict";
import { Answers, completed, nameOf } from "../../../cli/add/complete";
import type { Around, Given } from "../../../cli/add/parts";
import type { Ask } from "../../../cli/add/questions";

const given = (words: Partial<Given> = {}): Given => ({ source: {}, build: {}, deploy: {}, ...words });

const around = (words: Partial<Around> = {}): Around => ({
    defaults: { source: { type: "connection", connection: "github", branch: "main" } },
    services: {},
    ...words,
});

const orders = {
    source: { repository: "acme/orders" },
    build: { commands: ["make all", "make reorders"] },
    deploy: {
        type: "ecs",
        cluster: "shop-{environment}",
        service: "orders",
        taskRoles: ["arn:aws:iam::111111111111:role/orders-task"],
    },
};

const said: Given = given({
    source: { repository: "acme/new" },
    build: { commands: ["make"] },
    deploy: { type: "s3", bucket: "new-{environment}" },
});

/** Answers questions by the word that they are of; what is asked is noted. */
function answering(answers: Readonly<Record<string, readonly string[]>>) {
    const left = new Map(Object.entries(answers).map(([word, texts]) => [word, [...texts]]));
    const asked: string[] = [];
    const ask: Ask = question => {
        asked.push(question);
        const [, texts] = [...left].find(([word]) => question.includes(word)) ?? [];
        const answer = texts?.shift();
        assert.ok(answer !== undefined, `nobody answers ${question}`);
        return Promise.resolve(answer);
    };
    return { ask, asked };
}

describe("what a new service says", () => {
    it("is what was said, where that is enough", async () => {
        const { entry, taken } = await completed("new", said, around(), undefined, new Answers());
        assert.deepEqual(entry, { ...said });
        assert.deepEqual(taken, []);
    });

    it("leaves out a type that holds anyway", async () => {
        const defaults = { ...around().defaults, deploy: { type: "s3" } };
        const typed = given({
            source: { type: "connection", repository: "acme/new" },
            build: { type: "codebuild", buildspec: "buildspec.yml" },
            deploy: { type: "s3", bucket: "new" },
        });
        const { entry } = await completed("new", typed, around({ defaults }), undefined, new Answers());
        assert.deepEqual(entry, {
            source: { repository: "acme/new" },
            build: { buildspec: "buildspec.yml" },
            deploy: { bucket: "new" },
        });
    });

    it("is followed from a service that is deployed alike, under the new name", async () => {
        const services = { web: { ...orders, deploy: { type: "s3", bucket: "web" } }, orders };
        const words = given({ source: { repository: "acme/new" }, deploy: { type: "ecs" } });
        const { entry, taken } = await completed("new", words, around({ services }), undefined, new Answers());
        assert.deepEqual(entry, {
            source: { repository: "acme/new" },
            build: { commands: ["make all", "make reorders"] },
            deploy: { ...orders.deploy, service: "new", taskRoles: ["arn:aws:iam::111111111111:role/new-task"] },
        });
        assert.deepEqual(taken, [
            "build.commands as orders says it",
            "deploy.cluster, service, taskRoles as orders says them",
        ]);
    });

    const right = { actions: ["ecr:PutImage"], reason: "It pushes." };
    const plain = { commands: ["make"], privileged: true, artifacts: ["image.json"], reports: { junit: "junit.xml" } };
    const newOne = given({ source: { repository: "acme/new" }, deploy: { type: "ecs" } });

    /** What follows orders, whose build and deploy say these words too. */
    const following = async (build: object, deploy: object = {}, words = newOne, others: object = {}) => {
        const services = { orders: { ...orders, build, deploy: { ...orders.deploy, ...deploy }, ...others } };
        return completed("new", words, around({ services }), undefined, new Answers());
    };

    it("takes over what goes with the commands, and lists what belongs to the other service", async () => {
        const permissions = [{ ...right, resources: ["*", "arn:aws:ecr:eu-west-1:{account}:repository/shop"] }];
        const { entry, taken } = await following(
            { ...plain, permissions, secrets: { NPM_TOKEN: "npm-token:token" } },
            { artifact: "image", strategy: "CANARY" },
            newOne,
            { suites: { unit: { commands: ["make"] } } },
        );
        assert.deepEqual(entry.build, plain);
        assert.equal((entry.deploy as { strategy?: string }).strategy, "CANARY");
        assert.deepEqual(taken, [
            "build.commands, privileged, artifacts, reports as orders says them",
            "deploy.cluster, service, taskRoles, strategy as orders says them",
            "orders also says build.permissions, secrets; deploy.artifact; suites: not taken over",
        ]);
    });

    it("takes over rights on what has the service in its name", async () => {
        const rights = {
            permissions: [
                { ...right, resources: ["*"] },
                { ...right, resources: ["arn:aws:ecr:{region}:{account}:repository/{service}"] },
            ],
            secrets: { KEY: "{service}-key" },
        };
        const { entry, taken } = await following({ ...plain, ...rights });
        assert.deepEqual(entry.build, { ...plain, ...rights });
        assert.ok(taken.every(line => !line.includes("also says")));
        const anywhere = { permissions: [{ ...right, resources: ["*"] }] };
        const { entry: none } = await following({ ...plain, ...anywhere });
        assert.deepEqual(none.build, plain);
        const { entry: other } = await following({ ...plain, ...rights, secrets: { ...rights.secrets, A: "shared" } });
        assert.deepEqual(other.build, { ...plain, permissions: rights.permissions });
    });

    it("takes over nothing that need not be said where somebody says a word that has to be", async () => {
        const words = given({ ...newOne, build: { commands: "make all" }, deploy: { type: "ecs", cluster: "mine" } });
        const { entry, taken } = await following(plain, { strategy: "CANARY" }, words);
        assert.deepEqual(entry.build, { commands: ["make all"] });
        assert.deepEqual(Object.keys(entry.deploy as object), ["type", "cluster", "service", "taskRoles"]);
        assert.deepEqual(taken, [
            "deploy.service, taskRoles as orders says them",
            "orders also says build.privileged, artifacts, reports; deploy.strategy: not taken over",
        ]);
    });

    it("is followed beside words that need not be said", async () => {
        const { entry } = await following(
            plain,
            {},
            given({ ...newOne, build: { timeoutMinutes: 9, privileged: false } }),
        );
        assert.deepEqual(entry.build, { ...plain, timeoutMinutes: 9, privileged: false });
    });

    it("follows no build that names its service anywhere, and tells why it asks", async () => {
        const message = /--command TEXT .*, such as npm ci \(not as orders, whose build names orders\)/;
        await assert.rejects(following({ ...plain, artifacts: ["orders/**"] }), message);
    });

    it("asks for one of the words of which the kind needs one", async () => {
        const words = given({
            ...newOne,
            build: { commands: ["make"] },
            deploy: { type: "eks", manifests: ["a.yaml"] },
        });
        await assert.rejects(following(plain, {}, words), (error: Error) => {
            assert.match(error.message, /--set deploy\.cluster=VALUE/);
            assert.match(error.message, /--set deploy\.subnets=VALUE or --set deploy\.outsideVpc=VALUE/);
            assert.doesNotMatch(error.message, /helm=/);
            return true;
        });
    });

    it("follows no commands that name their own service: they run in its folder", async () => {
        const services = { web: { ...orders, build: { commands: ["cd web", "make"] } }, orders };
        const words = given({ source: { repository: "acme/new" }, deploy: { type: "ecs" } });
        const { entry, taken } = await completed("new", words, around({ services }), undefined, new Answers());
        assert.deepEqual(entry.build, orders.build);
        assert.ok(
            taken.includes("build.commands as orders says it") &&
                taken.includes("deploy.cluster, service, taskRoles as web says them"),
        );
    });

    it("asks for no word that a default has", async () => {
        const defaults = { ...around().defaults, build: { commands: ["make"] }, deploy: { type: "s3", bucket: "all" } };
        const words = given({ source: { repository: "acme/new" } });
        const { entry } = await completed("new", words, around({ defaults }), undefined, new Answers());
        assert.deepEqual(entry, { source: { repository: "acme/new" } });
    });

    it("asks for what a default of another kind does not give", async () => {
        const defaults = { ...around().defaults, deploy: { type: "s3", bucket: "all" } };
        const words = { ...said, deploy: { type: "elastic-beanstalk" } };
        await assert.rejects(
            completed("new", words, around({ defaults }), undefined, new Answers()),
            /--set deploy\.application=VALUE/,
        );
    });

    it("tells all that is missing at once, with the options that say it", async () => {
        const words = given({ deploy: { type: "ecs" } });
        await assert.rejects(
            completed("new", words, around({ defaults: {} }), undefined, new Answers()),
            (error: Error) => {
                const [first, ...lines] = error.message.split("\n");
                assert.equal(first, "expected more of new:");
                assert.deepEqual(
                    lines.map(line => line.trim().split("  ")[0]),
                    [
                        "--set source.connection=VALUE",
                        "--repository OWNER/NAME",
                        "--set source.branch=VALUE",
                        "--command TEXT or --set build.buildspec=VALUE",
                        "--set deploy.cluster=VALUE",
                        "--set deploy.service=VALUE",
                        "--set deploy.taskRoles=VALUE",
                    ],
                );
                assert.ok(
                    lines.every(line => /  [A-Z].+/.test(line.trim())),
                    "an option says nothing of itself",
                );
                return true;
            },
        );
    });

    it("tells the kinds where none is said", async () => {
        await assert.rejects(
            completed("new", given(), around(), undefined, new Answers()),
            /expected --deploy KIND: one of .*ecs/,
        );
    });

    it("is asked for, once for all files; an empty answer follows the service alike", async () => {
        const { ask, asked } = answering({
            "How is it deployed": ["ecss", "ecs"],
            "source.repository": ["", "acme/new"],
            "build.commands": ["[npm ci, npm test]"],
            "deploy.": ["", "", "arn:aws:iam::111111111111:role/other"],
            "  and (": [""],
        });
        const known = new Answers();
        const services = { orders: { ...orders, source: { type: "s3", bucket: "drops", key: "orders.zip" } } };
        const first = await completed("new", given(), around({ services }), ask, known);
        assert.deepEqual(first.entry, {
            source: { repository: "acme/new" },
            build: { commands: ["npm ci", "npm test"] },
            deploy: {
                type: "ecs",
                cluster: "shop-{environment}",
                service: "new",
                taskRoles: ["arn:aws:iam::111111111111:role/other"],
            },
        });
        assert.deepEqual(first.taken, ["deploy.cluster, service as orders says them"]);
        assert.ok(asked.some(question => /^No kind "ecss"; did you mean "ecs"\?/.test(question)));
        const before = asked.length;
        const prod = { orders: { ...services.orders, deploy: { ...orders.deploy, cluster: "live" } } };
        const second = await completed("new", given(), around({ services: prod }), ask, known);
        assert.equal(asked.length, before);
        assert.deepEqual(second.entry, {
            ...first.entry,
            deploy: { ...(first.entry.deploy as object), cluster: "live" },
        });
    });
});

describe("the name of a new service", () => {
    for (const [name, message] of [
        ["Orders", /expected a lower-case name of a service .*, found "Orders"/],
        ["a--b", /found "a--b"/],
        ["x".repeat(33), /expected /],
        ["<script>", /found "<script>"/],
        [undefined, /expected the name of the service, such as orders/],
    ] as const) {
        it(`is not ${name}`, () => assert.rejects(nameOf({ ...(name !== undefined && { name }) }, undefined), message));
    }

    it("is asked for", async () => {
        assert.equal(await nameOf({}, () => Promise.resolve(" orders ")), "orders");
        assert.equal(await nameOf({ name: "web" }, () => assert.fail()), "web");
    });

    it("is asked for until it is right", async () => {
        const answers = ["", "Orders", "taken", "orders"];
        const asked: string[] = [];
        const ask: Ask = question => {
            asked.push(question);
            return Promise.resolve(answers.shift() ?? "");
        };
        const taken = (name: string) => (name === "taken" ? "taken is in there" : undefined);
        assert.equal(await nameOf({}, ask, taken), "orders");
        assert.match(asked[2], /^expected a lower-case .*, found "Orders"\nName of the service: $/);
        assert.equal(asked[3], "taken is in there\nName of the service: ");
    });
});
