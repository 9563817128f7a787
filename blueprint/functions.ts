import { arn, iamArn } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import type { Ground } from "./place";
import type { FunctionPlan } from "./plan";
import { statements } from "./policy";

/** Longest name of a Lambda function, and of an IAM role. */
const longestName = 64;

/** Name of the function whose code lies in `functions/<key>/`, and of its role. */
export const functionName = (ground: Ground, key: string) => ground.names.shared(longestName, key);

/** Its ARN. */
export const functionArn = (ground: Ground, key: string) =>
    arn("lambda", `function:${functionName(ground, key)}`, ground.home);

/** What one function differs in from the others. */
export interface FunctionWords extends Pick<FunctionPlan, "key" | "description" | "timeoutSeconds" | "memoryMb"> {
    readonly grants: readonly Grant[];
}

/** A function with its log group, and its role, which writes there and may do what `grants` say. */
export function functionPlan({ grants, ...words }: FunctionWords, logDays: number, ground: Ground): FunctionPlan {
    const name = functionName(ground, words.key);
    const group = `${ground.logGroup}/functions/${words.key}`;
    return {
        ...words,
        name,
        arn: functionArn(ground, words.key),
        logs: { group, days: logDays },
        role: {
            name,
            arn: iamArn(`role/${name}`, ground.home),
            of: `function ${name}`,
            statements: statements([
                allow(
                    "WriteOwnLogs",
                    ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [arn("logs", `log-group:${group}:log-stream:*`, ground.home)],
                ),
                ...grants,
            ]),
            path: ["environments"],
        },
    };
}
