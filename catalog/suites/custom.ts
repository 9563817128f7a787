import { z } from "zod";
import { customLimits, customShape, customStep, sampleAction } from "../custom-actions";
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
    around: {
        stack: `
            customActions:
              device-lab:
                category: test
                provider: DeviceLab
                create:
                  properties: { Target: { key: true, description: What is tested } }
                  inputs: [1, 1]
                  outputs: [0, 0]
                  executionUrl: "https://lab.example.com/runs/{ExternalExecutionId}"`,
    },
    plan: ({ action, configuration }, at) => [customStep(action, filledAll(configuration, at), at)],
});
