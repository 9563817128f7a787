import type { ActionType } from "./plan";

/**
 * The check that is the first action of an environment's stage: a Lambda function of this program, invoked.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
export const checkAction: ActionType = {
    category: "Invoke",
    owner: "AWS",
    provider: "Lambda",
    version: "1",
    inputs: [0, 5],
    outputs: [0, 5],
    configuration: { required: ["FunctionName"], optional: ["UserParameters"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html",
};
