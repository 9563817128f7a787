import type { FleetPlan, StagePlan } from "../../blueprint/plan";
import { askedOf } from "../../blueprint/asked";
import { gateWords } from "./actions";

/** What can stop a release in `stages`, where, and what follows. */
export function stopWords(stages: readonly StagePlan[], fleet: FleetPlan): string[] {
    return stages.flatMap(stage => stopsOf(stage, fleet).map(text => `In ${stage.name}: ${text}`));
}

function stopsOf(stage: StagePlan, fleet: FleetPlan): string[] {
    const { approval, check, otherwise } = stage;
    if (approval !== undefined) {
        return ["somebody says no, or nobody answers in time."];
    }
    const named = (fits: (action: StagePlan["actions"][number]) => boolean) =>
        stage.actions.filter(fits).map(({ name }) => name);
    const kinds = {
        Source: named(({ action }) => action.category === "Source"),
        Build: named(({ action }) => action.category === "Build" || action.category === "Compute"),
        Test: named(({ action }) => action.category === "Test"),
        Deploy: named(({ action }) => action.category === "Deploy"),
        Invoke: named(action => action.action.category === "Invoke" && askedOf(action, fleet) === undefined),
    };
    const asks = (what: string) => stage.actions.some(action => askedOf(action, fleet) === what);
    const failed = (names: readonly string[], what: string) =>
        names.length === 0 ? [] : [`${what} (${names.join(", ")}).`];
    return [
        ...stage.before.map(rule =>
            otherwise === "skip"
                ? `this is not so, and the stage is left out: ${gateWords(rule)}.`
                : rule.provider === "DeploymentWindow"
                  ? `${gateWords(rule)}. Outside of it the release waits.`
                  : `${gateWords(rule)}.`,
        ),
        ...(check === undefined || Object.keys(check.freezes).length === 0
            ? []
            : [
                  `it is frozen: somebody has closed ${Object.keys(check.freezes).join(" or ")} with \`npm run freeze\`.`,
              ]),
        ...(check === undefined || check.alarms.length === 0 ? [] : [`the alarm ${check.alarms.join(" or ")} rings.`]),
        ...failed(kinds.Source, "what changed cannot be fetched"),
        ...failed(kinds.Build, "commands fail"),
        ...(asks("seal") ? ["no fingerprint can be taken of what was built."] : []),
        ...(asks("verify") ? ["what is to be deployed is not what was built (verification of artifacts)."] : []),
        ...failed(kinds.Deploy, "the deploy fails"),
        ...failed(kinds.Test, "a test fails"),
        ...failed(kinds.Invoke, "what is called says no or fails"),
        ...stage.after.map(rule => `${gateWords(rule)}, after the deploy.`),
    ];
}

/**
 * What brings each environment of `stages` back after a failure.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 */
export function backWords(stages: readonly StagePlan[]): string[] {
    const environments = stages.filter(({ purpose }) => purpose === "environment");
    return [
        ...environments.flatMap(stage => [
            `${stage.name}: ${onFailure(stage)}`,
            ...((stage.rollbackOn ?? []).length === 0
                ? []
                : [
                      `${stage.name}: if the alarm ${stage.rollbackOn?.join(" or ")} rings after a release, the stage goes back to the release that succeeded there before, without anybody asking.`,
                  ]),
        ]),
        ...(environments.some(goesBack)
            ? [
                  "There has to be such a release: after the first release, and after each edit of the pipeline itself, there is none until the next success.",
              ]
            : []),
        "By hand: docs/runbook.md#roll-back-by-hand says how, and `npm run status` whether it is possible now.",
    ];
}

const goesBack = ({ onFailure: answer, rollbackOn = [] }: StagePlan) => answer === "rollback" || rollbackOn.length > 0;

function onFailure({ onFailure: answer, after }: StagePlan): string {
    const when = "if an action fails";
    // AWS takes a rollback for what a gate after the deploy says, or a failure, and no second try.
    const gates =
        after.length === 0 || answer === "stop"
            ? ""
            : " A gate after the deploy that closes is a failure, which is not tried again.";
    switch (answer) {
        case "rollback":
            return `${after.length === 0 ? when : `${when}, or a gate after the deploy closes`}, it goes back by itself: the last release that succeeded in this stage is deployed once more.`;
        case "retry":
            return `${when}, what failed is tried once more. After that it stays as it is, and nothing goes back by itself.${gates}`;
        case "retry-all":
            return `${when}, the whole stage is tried once more. After that it stays as it is, and nothing goes back by itself.${gates}`;
        case "stop":
            return `${when}, the release stops there. Nothing goes back by itself: what was deployed stays.`;
    }
}
