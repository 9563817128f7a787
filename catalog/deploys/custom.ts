import { z } from "zod";
import { customLimits, customShape, customStep, sampleAction } from "../custom-actions";
import { kind } from "../kind";

/**
 * A deploy by a worker of one's own, which polls CodePipeline: a custom action.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
export const custom = kind({
    type: "custom",
    actions: [sampleAction("deploy", "a provider of your own", [])],
    limits: customLimits,
    settings: z.strictObject(customShape("deploy")),
    example: `
        type: custom
        action: mainframe
        configuration: { Region: "{environment}" }`,
    around: {
        stack: `
            customActions:
              mainframe: { category: deploy, provider: Mainframe, create: { properties: { Region: {} }, outputs: [0, 0] } }`,
    },
    plan: ({ action, configuration }, at) => [customStep(action, configuration, at)],
});
