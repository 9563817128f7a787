import * as assert from "node:assert/strict";
import fc from "fast-check";
import { letterOf, subjectOf } from "../../../../functions/notify/deliver/topic";
import { fitting, spanOf } from "../../../../functions/notify/deliver/words";
import { alarmOver, bare, hostile, notices } from "./support/notices";

const base = "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders";
const execution = `${base}/executions/4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10/timeline?region=eu-west-1`;
const alarm =
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/shop--fleet--dead-letters";
const end = "2026-11-27 08:15 UTC, execution 4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10\n";

/** The links that every message about orders ends with, in a column as wide as the widest label. */
const links = (happening: string) =>
    `Execution:  ${execution}
Pipeline:   ${base}/view?region=eu-west-1
What to do: https://acme.example/runbook#${happening}

${end}`;

const release = (title: string, rows: string) => `${title}

Service:     orders
Environment: prod
Stage:       prod
${rows}
`;
const commit = `Commit:      1a2b3c4 Take orders of more than one customer
Author:      Ana Lopez`;
const approval = (title: string, rows = "") => `${title}

Service:      orders
Environment:  prod
Stage:        approve-prod
Action:       approve
Commit:       1a2b3c4 Take orders of more than one customer
Author:       Ana Lopez
${rows}Answer until: 2026-12-04 08:15 UTC
`;
const answer = `Answer:     ${base}/view?region=eu-west-1#approve\n`;

const letters = {
    started: `orders 1a2b3c4 has started

Service: orders
Commit:  1a2b3c4 Take orders of more than one customer
Author:  Ana Lopez
By:      ana (Release)

Why:
    a push has started it

${links("started")}`,
    succeeded: `${release("orders 1a2b3c4 is in prod", `${commit}\nDuration:    1 h 2 min`)}
${links("succeeded")}`,
    failed: `${release("orders 1a2b3c4 has failed in prod: deploy", `Action:      deploy\n${commit}\nDuration:    3 min 20 s`)}
Why:
    The deployment failed because 2 of <3> tasks & their health checks did not pass.

Retry the stage when the cause is gone, or release a fix.

Log:        https://eu-west-1.console.aws.amazon.com/ecs/home?region=eu-west-1&tab=events
${links("failed")}`,
    recovered: `${release("orders 1a2b3c4 works again in prod, after 2 h", `${commit}\nBroken for:  2 h`)}
${links("recovered")}`,
    "approval-needed": `${approval("orders 1a2b3c4 waits for a yes for prod")}
Check the staging dashboard first.
Then ask support.

Since the last release:
    1a2b3c4 Take orders of more than one customer (Ana Lopez)
    fffffff Fix a typo
    and 3 more

${answer}Review:     https://acme.example/dashboard?a=1&b=2
${links("approval-needed")}`,
    "approval-answered": `${approval("ana said yes to orders 1a2b3c4 for prod", "By:           ana (Release)\n")}
Why:
    Looks fine.

${links("approval-answered")}`,
    "approval-expiring": `${approval("orders 1a2b3c4 has waited for a yes for prod: 2 h are left").trimEnd()}
Waits for:    6 d 22 h

${answer}${links("approval-expiring")}`,
    "rolled-back": `${release(
        "orders went back to 1a2b3c4 in prod",
        commit.replace("\n", "\nBack from:   fffffff Fix a typo\n"),
    )}
Why:
    the alarm orders-5xx is raised

${links("rolled-back")}`,
    stuck: `${release(
        "orders 1a2b3c4 is stuck in prod: deploy has run for 3 h",
        `Action:      deploy\n${commit}\nIdle for:    3 h`,
    )}
${links("stuck")}`,
    alarm: `The alarm shop--fleet--dead-letters is raised

Why:
    Threshold Crossed: 1 datapoint [2.0] was greater than the threshold (0.0).

Alarm: ${alarm}

2026-11-27 08:15 UTC
`,
} satisfies Record<keyof typeof notices, string>;

describe("an e-mail", () => {
    for (const [happening, notice] of Object.entries(notices)) {
        it(`tells of ${happening}`, () => {
            assert.equal(letterOf(fitting(notice)), letters[notice.happening]);
        });
    }

    it("says no more than is known", () => {
        assert.equal(letterOf(bare), "Something has failed\n\n2026-11-27 08:15 UTC\n");
    });

    it("says service and environment where the title does not", () => {
        const notice = { ...notices.stuck, title: "Nothing has run for 3 h" };
        assert.equal(letterOf(notice).split("\n")[0], "orders prod: Nothing has run for 3 h");
        assert.equal(letterOf({ ...notice, title: "orders has stopped" }).split("\n")[0], "prod: orders has stopped");
    });
});

describe("the subject of an e-mail", () => {
    for (const [title, notice, subject] of [
        ["a failure", notices.failed, "[failed] orders 1a2b3c4 has failed in prod: deploy"],
        ["an alarm that is over", alarmOver, "[alarm] The alarm shop--fleet--dead-letters is raised no more"],
        ["letters that ASCII lacks", { ...bare, title: "Größe – „naïve“… 😀\n\tx" }, "[failed] Gro?e - ?naive?... ? x"],
        ["99 characters", { ...bare, title: "x".repeat(90) }, `[failed] ${"x".repeat(90)}`],
        ["100 characters", { ...bare, title: "x".repeat(91) }, `[failed] ${"x".repeat(87)}...`],
    ] as const) {
        it(`says ${title}`, () => assert.equal(subjectOf(notice), subject));
    }

    it("is one that SNS takes, whatever the title says", () => {
        fc.assert(
            fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string()), title => {
                assert.match(subjectOf(fitting({ ...bare, title })), /^\[[\x20-\x7e]{1,98}$/);
            }),
        );
        assert.match(subjectOf(fitting(hostile)), /^\[[\x20-\x7e]{98}$/);
    });
});

describe("a span of time", () => {
    for (const [seconds, span] of [
        [0, "0 s"],
        [0.4, "0 s"],
        [-5, "0 s"],
        [59, "59 s"],
        [60, "1 min"],
        [61, "1 min 1 s"],
        [3600, "1 h"],
        [3601, "1 h"],
        [90_061, "1 d 1 h"],
        [86_460, "1 d"],
    ] as const) {
        it(`of ${seconds} s is ${span}`, () => assert.equal(spanOf(seconds), span));
    }
});
