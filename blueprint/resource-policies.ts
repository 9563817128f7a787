import { iamArn, type Location } from "../catalog/arn";

/**
 * Pulling the images of a repository by other accounts; a repository's policy speaks of it alone, and names no resource.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export const pullByAccounts = (accounts: readonly string[], home: Location) => ({
    Sid: "PullByAccounts",
    Effect: "Allow" as const,
    Principal: { AWS: accounts.map(account => iamArn("root", { ...home, account })) },
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
});

/** Writing who did what into the log group by EventBridge, which has no role there. */
export const writeByRules = (groupArn: string) => ({
    Sid: "WriteByRules",
    Effect: "Allow" as const,
    Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: [`${groupArn}:*`],
});
