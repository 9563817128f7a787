import { allActions, codebuildActions } from "../codebuild/compute";
import { checkScript, planScript, scriptSettings } from "../codebuild/script";
import { whatRuns } from "../codebuild/settings";
import { kind } from "../kind";

const actions = codebuildActions("Build");

/**
 * Commands that deploy.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const script = kind({
    type: "script",
    actions: allActions(actions),
    settings: scriptSettings,
    oneOf: [whatRuns],
    example: `
        type: script
        commands: ["./deploy.sh"]
        permissions:
          - actions: [batch:RegisterJobDefinition]
            resources: ["arn:aws:batch:{region}:{account}:job-definition/settlement-{environment}*"]
            reason: The deploy registers a new revision of the job.`,
    plan: (settings, at) => [
        planScript(settings, at, actions, `Deploys ${at.service} to ${at.environment?.name}: ${at.unit}`),
    ],
    check: checkScript,
});
