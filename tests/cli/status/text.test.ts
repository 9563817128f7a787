import * as assert from "node:assert/strict";
import type { EnvironmentStatus, FleetStatus, PipelineStatus, Run } from "../../../cli/status/fleet-status";
import { statusText } from "../../../cli/status/text";
import { paintFor } from "../../../cli/paint";
import { ago, now } from "./support/world";

const run = (revision: string, summary?: string): Run => ({
    execution: "12345678-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
    revisions: [{ source: "source", id: revision, ...(summary !== undefined && { summary }) }],
});
const commit = run("a".repeat(40), "Change");

const fleet = (status: Partial<PipelineStatus>): FleetStatus => ({
    stack: "prod",
    prefix: "shop",
    account: "111111111111",
    region: "eu-west-1",
    at: now,
    problems: [],
    services: [
        {
            service: "orders",
            pipeline: "shop--orders",
            url: "https://console.example",
            state: "read",
            version: 7,
            executionMode: "QUEUED",
            environments: [],
            waiting: [],
            running: [],
            failed: [],
            disabled: [],
            ...status,
        },
    ],
});

const environment = (more: Partial<EnvironmentStatus>): Partial<PipelineStatus> => ({
    environments: [
        {
            environment: "prod",
            stage: "prod",
            exists: true,
            frozen: [],
            rollbackTarget: { possible: false, why: "because" },
            ...more,
        },
    ],
});

/** The lines of `status` below those that every service has. */
const lines = (status: Partial<PipelineStatus>) => statusText(fleet(status), paintFor({})).split("\n").slice(5);

describe("the screen of a status", () => {
    for (const [title, status, expected] of [
        [
            "says of a stage that is not there yet that it comes",
            environment({ exists: false }),
            ["  prod      the pipeline does not have this stage yet: run `pulumi up`"],
        ],
        [
            "says why it is not known what is deployed, and of a freeze that has no reason",
            environment({ unknown: "it is too old", frozen: [{ what: "prod", reason: "" }] }),
            ["  prod      it is too old", "  frozen    prod: no reason was given"],
        ],
        [
            "gives a long name a line of its own",
            environment({ environment: "production-eu" }),
            ["  production-eu", "            nothing has been deployed"],
        ],
        [
            "says of a rollback who asked for it",
            environment({
                deployed: { ...commit, passed: true, rollback: { automatic: false, to: "9".repeat(36), by: "ada" } },
            }),
            [
                "  prod      aaaaaaa “Change”",
                "            execution 12345678",
                "            rolled back to execution 99999999 by ada",
                "            cannot go back: because",
            ],
        ],
        [
            "says of a rollback of which nothing is known that it was one",
            environment({ deployed: { ...commit, revisions: [], passed: true, rollback: { automatic: false } } }),
            [
                "  prod      revision not known",
                "            execution 12345678",
                "            rolled back by hand or by an alarm",
                "            cannot go back: because",
            ],
        ],
        [
            "says of an approval that nobody is asked, and that its time is over",
            {
                waiting: [
                    {
                        ...commit,
                        for: "approval",
                        stage: "Approve-prod",
                        names: ["approve"],
                        asked: [],
                        expires: ago(5),
                    },
                ],
            },
            [
                "  waits     aaaaaaa “Change” for a yes in Approve-prod",
                "            execution 12345678",
                "            asked: nobody; expires 2026-11-24 09:55 (over for 5 min)",
            ],
        ],
        [
            "says what holds an execution",
            {
                waiting: [
                    { ...commit, for: "gate", stage: "prod", names: ["window", "alarm"], since: ago(5) },
                    { ...commit, for: "transition", stage: "prod", names: [] },
                    { ...commit, for: "turn", stage: "prod", names: [] },
                ],
            },
            [
                "  waits     aaaaaaa “Change” for window and alarm of prod",
                "            since 2026-11-24 09:55 (5 min ago), execution 12345678",
                "  waits     aaaaaaa “Change” before prod, which lets nothing in",
                "            execution 12345678",
                "  waits     aaaaaaa “Change” for its turn in prod",
                "            execution 12345678",
            ],
        ],
        [
            "calls the version of an object by its beginning, and a stage between two actions by its name",
            { running: [{ ...run("PHtexPGjH2y.zBgT8LmB7wwv2mDbLMqz"), stage: "Build" }] },
            ["  runs      PHtexPGjH2y.zBgT8Lm… in Build", "            execution 12345678"],
        ],
        [
            "says who said no, and calls stopped and cancelled what is",
            {
                failed: [
                    {
                        ...commit,
                        stage: "Approve-prod",
                        status: "Failed",
                        at: "approve",
                        by: "ada",
                        done: [],
                        error: "no",
                    },
                    { ...commit, stage: "dev", status: "Stopped", done: [], since: ago(180) },
                    { ...commit, stage: "qa", status: "Cancelled", done: ["api", "web"] },
                ],
            },
            [
                "  failed    aaaaaaa “Change” in Approve-prod at approve",
                "            by ada, execution 12345678",
                "            no",
                "  stopped   aaaaaaa “Change” in dev",
                "            2026-11-24 07:00 (3 h ago), execution 12345678",
                "  cancelled aaaaaaa “Change” in qa",
                "            execution 12345678; before that api, web was done",
            ],
        ],
        [
            "says that a transition is disabled, though not by whom",
            { disabled: [{ stage: "prod" }] },
            ["  disabled  the transition to prod: no reason was given"],
        ],
    ] as const satisfies readonly (readonly [string, Partial<PipelineStatus>, readonly string[]])[]) {
        it(title, () => {
            assert.deepEqual(lines(status), expected);
        });
    }

    it("cuts long messages and errors, and never in the middle of a character", () => {
        const shown = lines({
            failed: [
                {
                    ...run("b".repeat(40), "😀".repeat(400)),
                    stage: "dev",
                    status: "Failed",
                    done: [],
                    error: "x ".repeat(400),
                },
            ],
        });
        assert.equal(
            shown.join("").replaceAll(" ", ""),
            `failedbbbbbbb“${"😀".repeat(59)}…”indevexecution12345678${"x".repeat(150)}…`,
        );
        assert.deepEqual(
            shown.filter(line => line.length > 100 || /\p{Surrogate}/u.test(line)),
            [],
        );
    });
});
