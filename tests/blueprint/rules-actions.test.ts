import * as assert from "node:assert/strict";
import type { ActionPlan, FleetPlan } from "../../blueprint/plan";
import type { Rule } from "../../catalog/plan";
import { check, deploy, inDeploy, inDev } from "./support/changed";

const { path } = deploy;
const orders = ["services", "orders"];

const computing = (change: Partial<NonNullable<ActionPlan["compute"]>>) =>
    inDeploy({ compute: { commands: ["make"], files: {}, outputVariables: [], ...change } });

const typed = (change: Partial<ActionPlan["action"]>) => inDeploy({ action: { ...deploy.action, ...change } });

const gate = (configuration: Rule["configuration"]): FleetPlan =>
    inDev({ after: [{ name: "check", provider: "LambdaInvoke", configuration, grants: [], summary: "" }] });

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "x"]));

const named = (...namespaces: string[]) =>
    inDev({ actions: namespaces.map((namespace, index) => ({ ...deploy, name: `a${index}`, namespace })) });

const many = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);

/** Rule, what passes at the edge, what does not, and what is said of it. */
const table: [name: string, title: string, passes: FleetPlan, fails: FleetPlan, message: string, at?: typeof orders][] =
    [
        [
            "action-type",
            "a provider of 36 characters",
            typed({ provider: "p".repeat(35) }),
            typed({ provider: "p".repeat(36) }),
            `deploy has the provider "${"p".repeat(36)}": at most 35 of A-Z a-z 0-9 _ -`,
        ],
        [
            "action-type",
            "a version of 10 characters",
            typed({ version: "123456789" }),
            typed({ version: "1234567890" }),
            'deploy has the version "1234567890": at most 9 of A-Z a-z 0-9 _ -',
        ],
        [
            "configuration-key-length",
            "a key of 51 characters",
            inDeploy({ configuration: { ["k".repeat(50)]: "x" } }),
            inDeploy({ configuration: { ["k".repeat(51)]: "x" } }),
            `deploy has the configuration key ${"k".repeat(51)} of 51 characters, of at most 50`,
        ],
        [
            "gate-configuration",
            "201 keys",
            gate(keys(200)),
            gate(keys(201)),
            "configuration keys of the gate check: 201, of at most 200: say less in one gate",
            orders,
        ],
        [
            "gate-configuration",
            "a value of 10,001 characters",
            gate({ UserParameters: "x".repeat(10_000) }),
            gate({ UserParameters: "x".repeat(10_001) }),
            "UserParameters of the gate check has 10001 characters, of 1 to 10000",
            orders,
        ],
        [
            "gate-configuration",
            "an empty value",
            gate({ UserParameters: "x" }),
            gate({ UserParameters: "" }),
            "UserParameters of the gate check has 0 characters, of 1 to 10000",
            orders,
        ],
        [
            "gate-configuration",
            "a key of 51 characters",
            gate({ ["k".repeat(50)]: "x" }),
            gate({ ["k".repeat(51)]: "x" }),
            `the gate check has the configuration key ${"k".repeat(51)} of 51 characters, of at most 50`,
            orders,
        ],
        [
            "role-arn-length",
            "an ARN of 1,025 characters",
            inDeploy({ roleArn: "r".repeat(1024) }),
            inDeploy({ roleArn: "r".repeat(1025) }),
            "characters of the role ARN of deploy: 1025, of at most 1024: choose a shorter role name",
        ],
        [
            "namespaces",
            "a character that is none of a namespace's",
            named("a@b-c_d"),
            named("a.b"),
            'the namespace "a.b" of a0 is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 @ _ -',
        ],
        [
            "namespaces",
            "101 characters",
            named("n".repeat(100)),
            named("n".repeat(101)),
            `the namespace "${"n".repeat(101)}" of a0 is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 @ _ -`,
        ],
        [
            "namespaces",
            "two of one name",
            named("one", "two"),
            named("one", "one"),
            'the namespace "one" of a1 stands twice in the pipeline',
        ],
        [
            "namespaces",
            "CodePipeline's own",
            named("CodePipeline"),
            named("codepipeline"),
            'the namespace "codepipeline" of a0 is CodePipeline\'s own: choose another name',
        ],
        [
            "namespaces",
            "that of the pipeline's variables",
            named("Variables"),
            named("variables"),
            'the namespace "variables" of a0 is CodePipeline\'s own: choose another name',
        ],
        [
            "namespaces",
            "an artifact's name",
            named("Built"),
            named("BuildArtifact"),
            'the namespace "BuildArtifact" of a0 is the name of an artifact too: choose another name',
        ],
        ["commands", "no command", computing({}), computing({ commands: [] }), "deploy has no command, of at least 1"],
        [
            "commands",
            "51 of them",
            computing({ commands: many(50) }),
            computing({ commands: many(51) }),
            "commands of deploy: 51, of at most 50: put them into a script",
        ],
        [
            "commands",
            "one of 1,001 characters",
            computing({ commands: ["c".repeat(1000)] }),
            computing({ commands: ["c".repeat(1001)] }),
            "characters of a command of deploy: 1001, of at most 1000: put it into a script",
        ],
        [
            "commands",
            "one of two lines",
            computing({ commands: ["a; b"] }),
            computing({ commands: ["a\nb"] }),
            "a command of deploy has several lines: each has to be a single line",
        ],
        [
            "commands-output",
            "16 variables",
            computing({ outputVariables: many(15) }),
            computing({ outputVariables: many(16) }),
            "output variables of deploy: 16, of at most 15: export fewer",
        ],
        [
            "commands-output",
            "a variable of 129 characters",
            computing({ outputVariables: ["v".repeat(128)] }),
            computing({ outputVariables: ["v".repeat(129)] }),
            `characters of the output variable ${"v".repeat(129)} of deploy: 129, of at most 128: shorten it`,
        ],
        [
            "commands-output",
            "11 files",
            computing({ files: { out: many(10) } }),
            computing({ files: { out: many(11) } }),
            "files of deploy: 11, of at most 10: name a folder",
        ],
        [
            "commands-output",
            "an artifact without files",
            computing({ files: { out: ["a"] } }),
            computing({ files: { out: [] } }),
            "deploy hands on no file, of at least 1",
        ],
        [
            "commands-output",
            "a file of 129 characters",
            computing({ files: { out: ["f".repeat(128)] } }),
            computing({ files: { out: ["f".repeat(129)] } }),
            "characters of a file of deploy: 129, of at most 128: shorten it",
        ],
    ];

describe("rules of actions", () => {
    for (const [name, title, passes, fails, message, at = path] of table) {
        it(`${name}: passes at the edge, fails on ${title}`, () => {
            assert.deepEqual(check(name, passes), []);
            assert.deepEqual(check(name, fails), [{ path: at, message }]);
        });
    }
});
