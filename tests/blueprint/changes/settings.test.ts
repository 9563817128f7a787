import * as assert from "node:assert/strict";
import { outcomes } from "../../../blueprint/changes/outcomes";
import { stackSettings } from "../../../blueprint/changes/stack";
import { changeText } from "../../../cli/change-words";
import { planOf, stackFile } from "../../support/plans";

/** A service with what may be protected; `environment` and `service` are further keys. */
const stack = (environment: string, service = "", more = "") =>
    planOf(
        stackFile(`
environments: [{ name: dev, ${environment} }]
services:
    orders:
        source: { repository: acme/orders }
        deploy: { type: ecs, cluster: c, service: orders, taskRoles: ["arn:aws:iam::{account}:role/t"] }
        build: { commands: [make], artifacts: [imagedefinitions.json] }
${service.replace(/^/gm, "        ")}
${more}`),
    );

/** What a reviewer reads of both, without the marks of what is only changed. */
function told(before: ReturnType<typeof stack>, after: ReturnType<typeof stack>): string[] {
    const of = outcomes(before, after).flatMap(({ settings }) => settings);
    return [...stackSettings(before, after), ...of].map(
        change => `${change.weaker ? "weaker " : ""}${changeText(change)}`,
    );
}

const window = (hours: string, zone = "UTC") =>
    `before: [{ type: window, cron: "* * ${hours} ? * MON *", timeZone: ${zone} }]`;
const after = (gates: string) => `after: [${gates}]`;
const approval = (words: string) => `approval: { notify: [a@x.example, b@x.example], ${words} }`;
const suite = (words: string) => `suites: { unit: { commands: [make test], ${words} } }`;

describe("a setting that changes", () => {
    for (const [what, before, now, expected] of [
        ["a wider window", window("8"), window("8-9"), ["weaker dev: window MON 8 → MON 8-9"]],
        ["a narrower window", window("8-9"), window("8"), ["dev: window MON 8-9 → MON 8"]],
        ["a window that moves", window("8-9"), window("9-10"), ["dev: window MON 8-9 → MON 9-10"]],
        ["no window any more", window("8"), "", ["weaker dev: window removed (was MON 8 (UTC))"]],
        ["a window", "", window("8"), ["dev: window added (MON 8 (UTC))"]],
        [
            "another zone, of which nobody can tell whether it is wider",
            window("8"),
            window("8-9", "Europe/Berlin"),
            ["dev: window MON 8 → MON 8-9", "dev: time zone of the window UTC → Europe/Berlin"],
        ],
        [
            "an alarm that is watched for less",
            after("{ type: alarm, name: x, waitMinutes: 10 }"),
            after("{ type: alarm, name: x, waitMinutes: 5 }"),
            ["weaker dev: gate after: alarm x watched for 10 min → watched for 5 min"],
        ],
        [
            "an alarm before it that has less time to recover, which may be for better or worse",
            "before: [{ type: alarm, name: x, waitMinutes: 10 }]",
            "before: [{ type: alarm, name: x, waitMinutes: 5 }]",
            ["dev: gate before: alarm x given 10 min → given 5 min"],
        ],
        [
            "a gate less",
            after("{ type: alarm, name: x }, { type: lambda, function: f }"),
            after("{ type: alarm, name: x }"),
            ["weaker dev: gate after f removed (was a yes of the function f)"],
        ],
        [
            "another alarm in the place of one",
            after("{ type: alarm, name: x }"),
            after("{ type: alarm, name: y }"),
            ["dev: gate after: alarm x, as it is then → y, as it is then"],
        ],
        [
            "an approval less",
            approval("timeoutHours: 24"),
            "",
            ["weaker dev: approval removed (was asks a@x.example, b@x.example, 24 h to answer)"],
        ],
        [
            "less time to approve",
            approval("timeoutHours: 24"),
            approval("timeoutHours: 12"),
            ["weaker dev: time to approve 24 h → 12 h"],
        ],
        [
            "more time to approve",
            approval("timeoutHours: 12"),
            approval("timeoutHours: 24"),
            ["dev: time to approve 12 h → 24 h"],
        ],
        [
            "fewer people",
            approval("timeoutHours: 24"),
            "approval: { notify: [b@x.example], timeoutHours: 24 }",
            ["weaker dev: asked for approval a@x.example, b@x.example → b@x.example"],
        ],
        [
            "other people",
            approval("timeoutHours: 24"),
            "approval: { notify: [c@x.example], timeoutHours: 24 }",
            ["dev: asked for approval a@x.example, b@x.example → c@x.example"],
        ],
        ["no rollback", "onFailure: rollback", "onFailure: retry", ["weaker dev: on failure rollback → retry"]],
        ["a rollback", "onFailure: retry", "onFailure: rollback", ["dev: on failure retry → rollback"]],
        [
            "an alarm of a rollback less",
            "onFailure: rollback, rollbackOn: [x, y]",
            "onFailure: rollback, rollbackOn: [y]",
            ["weaker dev: rollback by the alarm x removed"],
        ],
        ["no freeze", "freezable: true", "", ["weaker dev: closing by npm run freeze removed"]],
    ] as const) {
        it(`says ${what}`, () => assert.deepEqual(told(stack(before), stack(now)), expected));
    }

    for (const [what, before, now, expected] of [
        ["a suite less", suite(""), "", ["weaker Suites: stage removed (was unit)"]],
        [
            "other commands of a suite, and of its lines those that differ",
            suite(""),
            suite("").replace("make test", "make test, make lint"),
            ["Suites: unit: buildspec nothing → - make lint"],
        ],
        [
            "no verification, and why",
            "",
            "skipVerification: Another tool verifies.",
            [
                "weaker pipeline: weakness added (nobody verifies what is deployed to dev: Another tool verifies.)",
                "weaker Build: seal removed (was seals BuildArtifact, if imagedefinitions.json names images by digest)",
                "weaker dev: verification of artifacts removed (was goes on only if BuildArtifact is as sealed)",
            ],
        ],
        [
            "another execution mode",
            "executionMode: superseded",
            "",
            [
                "pipeline: execution mode superseded → queued",
                "pipeline: weakness removed (was superseded: a later commit takes the place of one that waits, also of one that was approved)",
            ],
        ],
        [
            "a variable of the pipeline",
            "",
            "variables: { COLOUR: { default: blue } }",
            ["pipeline: variable COLOUR added (blue)"],
        ],
    ] as const) {
        it(`says ${what}`, () => assert.deepEqual(told(stack("", before), stack("", now)), expected));
    }

    const build = (words: string) => {
        const { services, ...rest } = stackFile(`
services:
    orders: { source: { repository: acme/orders }, deploy: { type: s3, bucket: site }, build: { commands: [make], ${words} } }`);
        return planOf({ ...rest, services });
    };
    for (const [what, before, now, expected] of [
        [
            "a secret by name",
            "",
            'secrets: { DB_PASSWORD: "orders-db:password" }',
            ["Build: secret DB_PASSWORD added (orders-db:password of Secrets Manager)"],
        ],
        [
            "another secret",
            'secrets: { T: "a:b" }',
            'secrets: { T: "c:d" }',
            ["Build: secret T a:b of Secrets Manager → c:d of Secrets Manager"],
        ],
        ["a variable", "environment: { A: b }", "environment: { A: c }", ["Build: variable A b → c"]],
        [
            "a machine",
            "compute: small",
            "compute: large",
            ["Build: machine ARM_CONTAINER BUILD_GENERAL1_SMALL → ARM_CONTAINER BUILD_GENERAL1_LARGE"],
        ],
        ["a time", "timeoutMinutes: 30", "timeoutMinutes: 45", ["Build: longest time 30 min → 45 min"]],
        [
            "that it is root on its machine",
            "",
            "privileged: true",
            ["weaker pipeline: weakness added (build runs privileged: it owns its build machine)"],
        ],
    ] as const) {
        it(`says of a build ${what}`, () => assert.deepEqual(told(build(before), build(now)), expected));
    }

    it("says what weakens the whole stack, and what no longer does", () => {
        const [safe, open] = ["protect: true", "protect: false"].map(words => stack("", "", words));
        const words = "(nothing is protected from deletion (protect: false))";
        assert.deepEqual(told(safe, open), [`weaker stack: weakness added ${words}`]);
        assert.deepEqual(told(open, safe), [`stack: weakness removed ${words.replace("(", "(was ")}`]);
    });

    it("is in one line, without characters that nobody would see, and not endless", () => {
        const text = changeText({
            where: "a\nb",
            what: "c\u001b[31m\u202e",
            kind: "changed",
            before: "x".repeat(1000),
            after: "",
            weaker: false,
        });
        assert.match(text, /^a b: c \[31m x{199}… → nothing$/);
    });
});
