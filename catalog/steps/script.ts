import { allActions, codebuildActions } from "../codebuild/compute";
import { checkScript, planScript, scriptSettings } from "../codebuild/script";
import { kind } from "../kind";

const actions = codebuildActions("Build");

/**
 * Commands beside the deploy: a database migration, a cache that is warmed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const script = kind({
    type: "script",
    actions: allActions(actions),
    settings: scriptSettings,
    example: `
        type: script
        when: before
        commands: [npm ci, npm run migrate]
        secrets: { DATABASE_URL: "orders-{environment}:url" }`,
    plan: (settings, at) => [
        planScript(settings, at, actions, `Runs ${at.unit} of ${at.service} in ${at.environment?.name}`),
    ],
    check: checkScript,
});
