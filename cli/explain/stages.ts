import type { ActionPlan, ApprovalPlan, FleetPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import { actionWords, gateWords } from "./actions";

/** One numbered step of an explanation. */
export interface Step {
    readonly title: string;
    readonly says: readonly string[];
}

/** What a stage is for, where its name alone does not say it. */
const purposes: Readonly<Record<StagePlan["purpose"], string>> = {
    source: "the change is fetched",
    build: "it is built",
    seal: "what was built is sealed",
    test: "it is tested, before anything is deployed",
    approval: "a person decides",
    environment: "it is deployed",
};

/** What happens in one stage, in order. */
export function stageStep(stage: StagePlan, pipeline: PipelinePlan, fleet: FleetPlan): Step {
    const { approval, environment, name, purpose } = stage;
    const goal =
        environment === undefined || purpose !== "environment" ? purposes[purpose] : `it is deployed to ${environment}`;
    return {
        title: `${name}: ${goal}`,
        says: approval === undefined ? actionsOf(stage, pipeline, fleet) : approvalWords(approval, fleet),
    };
}

function actionsOf(stage: StagePlan, pipeline: PipelinePlan, fleet: FleetPlan): string[] {
    const orders = [...new Set(stage.actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    return [
        ...stage.before.map(rule => entryWords(stage, gateWords(rule))),
        ...orders.flatMap(order =>
            together(
                stage.actions.filter(({ runOrder }) => runOrder === order),
                stage,
                pipeline,
                fleet,
            ),
        ),
        ...stage.after.map(rule => `Then comes ${gateWords(rule)}.`),
    ];
}

const entryWords = ({ otherwise }: StagePlan, gate: string) =>
    otherwise === "skip"
        ? `Only with this it is entered, and otherwise left out: ${gate}.`
        : `Before it begins there is ${gate}.`;

/** Actions of one moment; of several it is said that they run at the same time. */
function together(
    actions: readonly ActionPlan[],
    stage: StagePlan,
    pipeline: PipelinePlan,
    fleet: FleetPlan,
): string[] {
    const words = actions.map(action => actionWords(action, stage, pipeline, fleet));
    return words.length === 1
        ? words
        : [`At the same time, ${words.length} things run:`, ...words.map(one => `- ${one}`)];
}

/**
 * Who is asked, for how long, and what a silence means.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html no answer in time is a failure
 */
function approvalWords(
    { environment, notify, timeoutHours, instructions, reviewUrl }: ApprovalPlan,
    fleet: FleetPlan,
): string[] {
    const policy = fleet.shared.approvals.find(one => one.environment === environment)?.policyName;
    return [
        notify.length === 0
            ? "Nobody is told by e-mail that a yes is wanted: somebody has to look."
            : `Asked by e-mail: ${notify.join(", ")}.`,
        ...(instructions === undefined ? [] : [`They read: “${instructions}”`]),
        ...(reviewUrl === undefined ? [] : [`They are shown the page ${reviewUrl}.`]),
        `Who may answer: ${policy === undefined ? "whoever may approve in this account" : `whoever holds the permission ${policy}`}.`,
        `They have ${timeText(timeoutHours)}. A no, or no answer in that time, fails this step: nothing is deployed to ${environment}. It can be asked for again: docs/runbook.md#retry-a-stage.`,
    ];
}

const timeText = (hours: number) =>
    hours % 24 === 0 && hours > 24
        ? `${hours / 24} days (${hours} hours)`
        : `${hours} ${hours === 1 ? "hour" : "hours"}`;
