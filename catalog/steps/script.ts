import { codebuildAction } from "../codebuild/project";
import { checkScript, planScript, scriptSettings } from "../codebuild/script";
import { kind } from "../kind";

const action = codebuildAction("Build");

/**
 * Commands beside the deploy: a database migration, a cache that is warmed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const script = kind({
    type: "script",
    actions: [action],
    settings: scriptSettings,
    example: `
        type: script
        when: before
        commands: [npm ci, npm run migrate]
        secrets: { DATABASE_URL: "orders-{environment}:url" }`,
    plan: (settings, at) => [
        planScript(settings, at, action, `Runs ${at.unit} of ${at.service} in ${at.environment?.name}`),
    ],
    check: checkScript,
});
