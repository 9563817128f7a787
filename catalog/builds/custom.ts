import { z } from "zod";
import { customLimits, customShape, customStep, sampleAction } from "../custom-actions";
import { kind } from "../kind";
import { buildsAnew } from "./codebuild";

/**
 * A build by a worker of one's own, which polls CodePipeline: a custom action.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
export const custom = kind({
    type: "custom",
    actions: [sampleAction("build", "a provider of your own", [])],
    limits: customLimits,
    settings: z.strictObject(customShape("build")),
    example: `
        type: custom
        action: firmware
        configuration: { Board: orders }`,
    around: {
        stack: `
            customActions:
              firmware: { category: build, provider: Firmware, version: "2", create: { properties: { Board: {} } } }`,
    },
    plan: ({ action, configuration }, at) => [
        { ...customStep(action, configuration, at, [at.output()]), weakens: buildsAnew(at) },
    ],
});
