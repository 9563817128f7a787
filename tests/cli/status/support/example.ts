import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { home } from "../../../support/plans";
import { ago, condition, id, type Did, type World } from "./world";

/** The page of the command; its services are those of the example. */
export const page = readFileSync(join(__dirname, "../../../../docs/how-to/status.md"), "utf8");

/** The blocks of {@link page} in `language`. */
export const blocks = (language: string) =>
    [...page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, of, text]) => (of === language ? [text] : []));

/** A stack file with those services. JSON is YAML. */
export const exampleFile = () =>
    JSON.stringify({
        config: {
            "aws:region": home.region,
            "aws:allowedAccountIds": [home.account],
            "service-pipelines:prefix": "shop",
            "service-pipelines:connections": { github: { provider: "GitHub" } },
            "service-pipelines:network": { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } },
            "service-pipelines:environments": [
                { name: "staging", onFailure: "rollback" },
                {
                    name: "prod",
                    freezable: true,
                    approval: { notify: ["release@shop.example", "on-call@shop.example"], timeoutHours: 48 },
                    before: [{ type: "window", cron: "* * 8-16 ? * MON-THU *", timeZone: "Europe/Berlin" }],
                },
            ],
            "service-pipelines:defaults": { source: { type: "connection", connection: "github", branch: "main" } },
            "service-pipelines:services": parse(blocks("yaml")[0], { merge: true }) as unknown,
        },
    });

const day = 24 * 60;
const deployed = (stage: string, minutes: number): Did => [stage, "deploy", "Succeeded", minutes + 5, minutes];
const passed = (stage: string, minutes: number): Did[] => [
    deployed(stage, minutes + 4),
    [stage, "smoke", "Succeeded", minutes + 3, minutes],
];
const approval = { input: { actionTypeId: { category: "Approval" } } } as Did[5];

/** Production waits for a yes, the next release is being tested, and staging has gone back once. */
const orders: World = {
    version: 7,
    executions: [
        {
            number: 5,
            began: 20,
            message: "Round totals half to even",
            did: [deployed("staging", 8), ["staging", "smoke", "InProgress", 7, 7]],
            more: { status: "InProgress" },
        },
        {
            number: 4,
            began: 200,
            message: "Add gift cards",
            did: [...passed("staging", 180), ["Approve-prod", "approve", "InProgress", 179, 179, approval]],
            more: { status: "InProgress" },
        },
        {
            number: 3,
            began: 4 * day,
            message: "Keep the cart for a month",
            did: [...passed("staging", 4 * day - 20), deployed("prod", 4 * day - 300)],
        },
        {
            number: 2,
            began: 9 * day,
            message: "Show delivery dates",
            did: [...passed("staging", 9 * day - 20), deployed("prod", 9 * day - 300)],
        },
    ],
    stages: {
        staging: { latest: [5, "InProgress"], succeeded: [4, 3, 2] },
        "Approve-prod": { latest: [4, "InProgress"] },
        prod: { latest: [3, "Succeeded"], succeeded: [3, 2] },
    },
};

/** Staging has gone back by itself; nothing gets to production, which has never been deployed to. */
const web: World = {
    version: 3,
    executions: [
        {
            number: 13,
            began: 80,
            message: "Use the old header",
            did: passed("staging", 70),
            more: {
                executionType: "ROLLBACK",
                trigger: { triggerType: "AutomatedRollback" },
                rollbackMetadata: { rollbackTargetPipelineExecutionId: id(11) },
            },
        },
        { number: 12, began: 100, message: "Use the new header", did: [["staging", "deploy", "Failed", 90, 81]] },
        { number: 11, began: 2 * day, message: "Use the old header", did: passed("staging", 2 * day - 10) },
    ],
    stages: {
        staging: { latest: [13, "Succeeded"], succeeded: [13, 11] },
        "Approve-prod": {
            more: {
                inboundTransitionState: {
                    enabled: false,
                    lastChangedBy: `arn:aws:sts::${home.account}:assumed-role/operator/ada`,
                    lastChangedAt: ago(3 * day),
                    disabledReason: "Not public before the fair.",
                },
            },
        },
        prod: {},
    },
};

/** The window is closed, and the tests of the next release have failed. */
const reports: World = {
    version: 12,
    executions: [
        {
            number: 22,
            began: 300,
            message: "Count returns",
            did: [
                deployed("staging", 280),
                [
                    "staging",
                    "smoke",
                    "Failed",
                    279,
                    275,
                    {
                        output: {
                            executionResult: {
                                errorDetails: {
                                    message:
                                        "Error while executing command: npm run smoke.\nReason: exit status 1 (Service: CodeBuild)",
                                },
                            },
                        },
                    },
                ],
            ],
            more: { status: "Failed" },
        },
        {
            number: 21,
            began: day,
            message: "Export as CSV",
            did: [...passed("staging", day - 20), ["Approve-prod", "approve", "Succeeded", day - 30, 840, approval]],
            more: { status: "InProgress" },
        },
        {
            number: 20,
            began: 30 * day,
            message: "Draw charts",
            did: [...passed("staging", 30 * day - 20), deployed("prod", 30 * day - 600)],
            version: 11,
        },
    ],
    stages: {
        staging: { latest: [22, "Failed"], succeeded: [21] },
        "Approve-prod": { latest: [21, "Succeeded"], succeeded: [21] },
        prod: {
            latest: [20, "Succeeded"],
            inbound: [[21, "InProgress"]],
            more: { beforeEntryConditionState: condition("window", "InProgress", 840) },
        },
    },
};

/** What CodePipeline knows of the services of the page; the pipeline of `payments` has not been made. */
export const worlds: Readonly<Record<string, World>> = {
    "shop--orders": orders,
    "shop--reports": reports,
    "shop--web": web,
};
