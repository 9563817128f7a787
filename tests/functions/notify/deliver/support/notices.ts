import type { Happening } from "../../../../../functions/lib/happenings";
import type { Commit, Notice } from "../../../../../functions/notify/notice";

const execution = "4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10";
const console_ = "https://eu-west-1.console.aws.amazon.com";
const pipelineLink = `${console_}/codesuite/codepipeline/pipelines/shop--orders/view?region=eu-west-1`;
const executionLink = `${console_}/codesuite/codepipeline/pipelines/shop--orders/executions/${execution}/timeline?region=eu-west-1`;

export const commit: Commit = {
    id: "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
    message: "Take orders of more than one customer\n\nCloses 12.",
    author: "Ana Lopez",
    repository: "acme/orders",
    url: "https://github.com/acme/orders/commit/1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
};

const older: Commit = { id: "ffffffffffffffffffffffffffffffffffffffff", message: "Fix a typo" };

const runbook = (happening: Happening) => `https://acme.example/runbook#${happening}`;

const ofOrders = (happening: Happening, title: string) =>
    ({
        version: 1,
        id: `6d1a0d5a-1b8e-4b0c-8f35-cf0f0e1c2d3e#${happening}`,
        happening,
        time: "2026-11-27T08:15:30.000Z",
        service: "orders",
        environment: "prod",
        pipeline: "shop--orders",
        execution,
        stage: "prod",
        title,
        commit,
        links: { pipeline: pipelineLink, execution: executionLink, runbook: runbook(happening) },
    }) as const satisfies Notice;

const { environment: _, stage: __, ...start } = ofOrders("started", "orders 1a2b3c4 has started");
const failed = ofOrders("failed", "orders 1a2b3c4 has failed in prod: deploy");
const needed = ofOrders("approval-needed", "orders 1a2b3c4 waits for a yes for prod");
const expiring = ofOrders("approval-expiring", "orders 1a2b3c4 has waited for a yes for prod: 2 h are left");
const approval = { stage: "approve-prod", action: "approve", expires: "2026-12-04T08:15:30.000Z" } as const;
const answer = `${console_}/codesuite/codepipeline/pipelines/shop--orders/view?region=eu-west-1#approve`;

/** A notice of each happening, with all that it may say. */
export const notices: Readonly<Record<Happening, Notice>> = {
    started: { ...start, reason: "a push has started it", by: "ana (Release)" },
    succeeded: { ...ofOrders("succeeded", "orders 1a2b3c4 is in prod"), durationSeconds: 3725 },
    failed: {
        ...failed,
        action: "deploy",
        reason: "The deployment failed because 2 of <3> tasks & their health checks did not pass.",
        advice: "Retry the stage when the cause is gone, or release a fix.",
        durationSeconds: 200,
        links: {
            ...failed.links,
            log: "https://eu-west-1.console.aws.amazon.com/ecs/home?region=eu-west-1&tab=events",
        },
    },
    recovered: { ...ofOrders("recovered", "orders 1a2b3c4 works again in prod, after 2 h"), durationSeconds: 7200 },
    "approval-needed": {
        ...needed,
        ...approval,
        instructions: "Check the staging dashboard first.\nThen ask support.",
        commitsSinceRelease: [commit, older],
        furtherCommits: 3,
        links: { ...needed.links, approval: answer, review: "https://acme.example/dashboard?a=1&b=2" },
    },
    "approval-answered": {
        ...ofOrders("approval-answered", "ana said yes to orders 1a2b3c4 for prod"),
        ...approval,
        reason: "Looks fine.",
        by: "ana (Release)",
    },
    "approval-expiring": {
        ...expiring,
        ...approval,
        durationSeconds: 166 * 3600,
        links: { ...expiring.links, approval: answer },
    },
    "rolled-back": {
        ...ofOrders("rolled-back", "orders went back to 1a2b3c4 in prod"),
        from: older,
        reason: "the alarm orders-5xx is raised",
    },
    stuck: {
        ...ofOrders("stuck", "orders 1a2b3c4 is stuck in prod: deploy has run for 3 h"),
        action: "deploy",
        durationSeconds: 10_800,
    },
    alarm: {
        version: 1,
        id: "0b1c2d3e-1b8e-4b0c-8f35-cf0f0e1c2d3e#alarm",
        happening: "alarm",
        time: "2026-11-27T08:15:30.000Z",
        title: "The alarm shop--fleet--dead-letters is raised",
        reason: "Threshold Crossed: 1 datapoint [2.0] was greater than the threshold (0.0).",
        alarm: { name: "shop--fleet--dead-letters", state: "ALARM" },
        links: { alarm: `${console_}/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/shop--fleet--dead-letters` },
    },
};

/** The same alarm, when it is over. */
export const alarmOver: Notice = {
    ...notices.alarm,
    title: "The alarm shop--fleet--dead-letters is raised no more",
    alarm: { name: "shop--fleet--dead-letters", state: "OK" },
};

/** Says as little as a notice can. */
export const bare: Notice = {
    version: 1,
    id: "bare",
    happening: "failed",
    time: "2026-11-27T08:15:30.000Z",
    title: "Something has failed",
    links: {},
};

const address = 'https://evil.example/<!channel>|x>"`';

const attack = `<!channel> <@U123> <${address}|log in> @here [log in](${address}) \`\`\` *b* & &lt; \u0000\u001b[31m\uD83D `;

/** Says as much as others can put into it, and all of it hostile. */
export const hostile: Notice = {
    ...notices["approval-needed"],
    service: attack,
    environment: attack,
    stage: attack.repeat(10),
    action: attack,
    title: attack.repeat(100),
    reason: attack.repeat(1000),
    instructions: attack.repeat(100),
    advice: attack.repeat(100),
    by: attack,
    commit: { id: attack, message: attack, author: attack, url: "javascript:alert(1)" },
    from: { id: attack, message: attack.repeat(10), author: attack, url: address.repeat(100) },
    commitsSinceRelease: Array.from({ length: 500 }, () => ({
        id: attack,
        message: attack,
        author: attack,
        repository: attack,
        url: address,
    })),
    links: {
        execution: address,
        log: "data:text/html,x",
        review: "not a link",
        approval: `https://evil.example/?q=${"ä".repeat(3000)}`,
    },
};
