import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planStack } from "../../../blueprint/stack";
import { fromFile } from "../../../config/from-file";
import { projectFolder } from "../../../cli/options";
import { paintFor } from "../../../cli/paint";
import { releaseTimeAnswer, type AskedTime } from "../../../cli/release-time/show";
import { costText, yamlText } from "../../../cli/release-time/text";
import { between } from "../support/lines";

const source = fromFile(join(projectFolder, "Pulumi.prod.yaml"), "prod");
const { plan } = planStack(source);
assert.ok(plan);
const answer = (asked: Partial<AskedTime> = {}) =>
    releaseTimeAnswer({ json: false, ...asked }, source, plan, paintFor({})).text;
const lines = (asked?: Partial<AskedTime>) => answer(asked).split("\n");

const action = { p90Minutes: 30, count: 4 };
const file = {
    version: 1,
    stack: "prod",
    account: "111111111111",
    region: "eu-west-1",
    at: "2026-11-24T10:00:00.000Z",
    executions: 20,
    pipelines: {
        "shop--web": {
            service: "web",
            executions: 4,
            stages: {
                Build: { build: { medianMinutes: 21, ...action } },
                Suites: { lint: { medianMinutes: 3.26, ...action } },
                Gone: { old: { medianMinutes: 1, ...action } },
            },
            approvals: { "Approve-prod": { approve: { medianMinutes: 600, ...action } } },
        },
    },
};

describe("npm start -- --release-time", () => {
    let folder: string;
    let durations: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "time-"));
        durations = join(folder, "durations.json");
        writeFileSync(durations, JSON.stringify(file));
    });
    after(() => rmSync(folder, { recursive: true }));

    it("has one line for each service, with what takes longest and what it waits for", () => {
        const waits = "2 approvals, 1 window, alarms watched for 10 min";
        const line = (service: string, minutes: string, longest: string) =>
            `  ${service.padEnd(10)}  ${`${minutes} min`.padStart(8)}  ${waits}  ${longest}`;
        assert.deepEqual(lines(), [
            "shop, stack prod: how long a release takes, from commit to the last environment",
            "from defaults, which are assumptions: `npm run durations` measures",
            "",
            `  service     machines  ${"waits for".padEnd(waits.length)}  longest`,
            line("catalog", "18.7", "build in Build, 6 min"),
            line("orders", "28.7", "build in Build, 6 min"),
            line("payments", "17.7", "build in Build, 6 min"),
            line("reports", "2.7", "source in Source, 0.5 min"),
            line("settlement", "13.7", "build in Build, 6 min"),
            line("web", "12.7", "build in Build, 5 min"),
            "",
            "--service NAME shows the way of one service, and what would shorten it",
        ]);
    });

    it("shows the way of one service with what was measured, what it waits for, and what is stale", () => {
        const shown = lines({ service: "web", durations });
        assert.deepEqual(shown.slice(0, 4), [
            "web of shop, stack prod: 28.7 min of machines for a release",
            "pipeline shop--web; its actions take 32 min together; the release waits for those with ●",
            `2 of 10 actions measured (${durations}, 2026-11-24), the others from defaults`,
            "stale  pipeline shop--web has no Gone/old",
        ]);
        assert.deepEqual(between(shown, /^ +2 Build/, /^ +5 /), [
            "   2 Build                       21.3 min",
            "     ●   build                     21 min  the median of 4 executions",
            "     ●   seal                     0.3 min  assumed for a function's answer",
            "   3 Suites                         5 min",
            "       ┬ lint                     3.3 min  1.7 min to spare; the median of 4 executions",
            "     ● └ unit                       5 min  assumed for a suite",
            "   4 Approve-staging",
            "         waits for an approval, 168 h to answer",
        ]);
        assert.deepEqual(between(shown, /^ {5}● {3}deploy.*copied$/, /^What/).slice(-7), [
            "     ●   deploy                   0.5 min  assumed for files to be copied",
            "         waits for window * * 8-16 ? * MON-THU * (Europe/Berlin)",
            "         waits for alarm web-prod-5xx of account 111111111111, watched for 10 min",
            "",
            "  longest  build in Build, 21 min",
            "  waits    2 approvals, 1 window, alarms watched for 10 min, which no machine shortens",
            "",
        ]);
    });

    it("shows what would shorten it: how much, at which price, by which key, and what that rests on", () => {
        const shown = lines({ service: "web", durations });
        const advice = shown.slice(shown.findIndex(line => line.startsWith("What")));
        assert.deepEqual(advice.slice(0, 6), [
            "What would shorten it, or cost less: each by itself, and tried",
            "  saves 10.8 min, costs $0.16 a release",
            "      services.web.build.compute: large",
            "      build runs on small; large has more processors (of medium no price is known); lint, unit take their machine from",
            "      it, which is counted here",
            "      assumes that they take over three fifths of its work",
        ]);
        assert.equal(advice.at(-1), "  with prices of us-east-1 where none is known for eu-west-1");
        assert.deepEqual(advice.slice(-5, -3), [
            "  as fast, is $0.005 a release cheaper",
            "      services.web.suites.lint.cache: { type: s3, paths: [ /root/.npm/**/* ] }",
        ]);
        assert.equal(lines({ service: "reports" }).at(-1), "Nothing was found in the stack file that would shorten it");
    });

    it("prints the same as one object", () => {
        const { services, advice, ...rest } = JSON.parse(answer({ service: "web", durations, json: true })) as {
            services: { stages: { name: string; actions: object[]; waits: object[] }[] }[];
            advice: object[];
        };
        assert.deepEqual(rest, {
            stack: "prod",
            durations: { file: durations, at: file.at, stale: ["pipeline shop--web has no Gone/old"] },
        });
        const [{ stages, ...web }] = services;
        assert.deepEqual(web, {
            service: "web",
            pipeline: "shop--web",
            minutes: 28.7,
            actionMinutes: 31.96,
            watchedMinutes: 10,
            approvals: 2,
            longest: { stage: "Build", action: "build", minutes: 21 },
            measured: 2,
        });
        assert.deepEqual(stages[2], {
            name: "Suites",
            purpose: "test",
            minutes: 5,
            waits: [],
            actions: [
                {
                    name: "lint",
                    runOrder: 1,
                    minutes: 3.26,
                    source: "measured",
                    reason: "the median of 4 executions",
                    slackMinutes: 1.74,
                    critical: false,
                },
                {
                    name: "unit",
                    runOrder: 1,
                    minutes: 5,
                    source: "default",
                    reason: "assumed for a suite",
                    slackMinutes: 0,
                    critical: true,
                },
            ],
        });
        assert.deepEqual(stages.at(-1)?.waits, [
            { for: "window", what: "window * * 8-16 ? * MON-THU * (Europe/Berlin)" },
            { for: "alarm", minutes: 10, what: "alarm web-prod-5xx of account 111111111111, watched for 10 min" },
        ]);
        assert.deepEqual(advice.slice(0, 1), [
            {
                kind: "larger-compute",
                changes: [{ key: "services.web.build.compute", value: "large" }],
                savesMinutes: 10.8,
                minutes: 17.9,
                costs: 0.1599,
                priceOf: "us-east-1",
                why: "build runs on small; large has more processors (of medium no price is known)",
                but: "assumes that they take over three fifths of its work",
                followers: ["lint", "unit"],
            },
        ]);
    });

    it("says whether anything is stale, which --strict takes for a problem", () => {
        const stale = (asked: Partial<AskedTime>) =>
            releaseTimeAnswer({ json: false, ...asked }, source, plan, paintFor({})).stale;
        assert.deepEqual([stale({ durations }), stale({ durations, json: true }), stale({})], [true, true, false]);
    });

    it("says of a release that waits for nothing that it does, and no more", () => {
        const other = fromFile(join(projectFolder, "Pulumi.dev.yaml"), "dev");
        const { plan: dev } = planStack(other);
        assert.ok(dev);
        const { text } = releaseTimeAnswer({ json: false, service: "web" }, other, dev, paintFor({}));
        assert.ok(text.split("\n").includes("  waits    nothing"));
    });

    it("prints a whole stack without advice, which is one service's", () => {
        const all = JSON.parse(answer({ json: true })) as { services: object[]; durations: null };
        assert.deepEqual([all.services.length, all.durations, "advice" in all], [6, null, false]);
    });

    for (const [costs, text] of [
        [undefined, "at a price that is not known"],
        [0, "at no cost"],
        [-0.0004, "at no cost"],
        [0.0164, "costs $0.016 a release"],
        [0.0998, "costs $0.10 a release"],
        [1.234, "costs $1.23 a release"],
        [-0.0054, "is $0.005 a release cheaper"],
    ] as const) {
        it(`says of ${costs} dollars: ${text}`, () => assert.equal(costText(costs), text));
    }

    it("shows values as they stand in a stack file", () => {
        assert.deepEqual([[], false, "large", { type: "s3", paths: ["/root/.npm/**/*"] }].map(yamlText), [
            "[]",
            "false",
            "large",
            "{ type: s3, paths: [ /root/.npm/**/* ] }",
        ]);
    });
});
