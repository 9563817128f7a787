import { z } from "zod";
import { customLimits, customShape, customStep, sampleAction } from "../custom-actions";
import { customActionsAround } from "../custom-example";
import { filledAll } from "../codebuild/variables";
import { kind } from "../kind";

/**
 * Tests by a worker of one's own, which polls CodePipeline: a custom action. It takes the artifact, by default the source.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
export const custom = kind({
    type: "custom",
    actions: [sampleAction("test", "a provider of your own", [])],
    limits: customLimits,
    settings: z.strictObject(customShape("test")),
    example: `
        type: custom
        after: deploy
        environments: [staging]
        action: device-lab
        configuration: { Target: "https://{environment}.example.com" }`,
    around: customActionsAround,
    plan: ({ action, configuration }, at) => [customStep(action, filledAll(configuration, at), at)],
});
