import { partitionOf } from "../../catalog/arn";
import { secretReference } from "../../catalog/codebuild/secrets";
import type { Path, Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";
import { isOutOfReach } from "./secret-keys";

/** Something outside the stack that the function that tells uses, and where the stack file names it. */
interface Named {
    readonly arn: string;
    readonly path: Path;
}

/** What targets name that there is already, and the secrets of tokens. */
function namedOf({ shared, home }: FleetPlan): Named[] {
    const { targets, statuses } = shared.operations;
    return [
        ...targets.flatMap(({ key, grants }) =>
            grants
                .flatMap(({ resources }) => resources)
                .flatMap(arn => (typeof arn === "string" ? [{ arn, path: ["targets", key] }] : [])),
        ),
        ...statuses.map(({ key, token }) => ({
            arn: secretReference(token, home).arn,
            path: ["connections", key, "statusToken"],
        })),
    ];
}

/** Why the function cannot use what is named `arn`. */
function misplaced(arn: string, fleet: FleetPlan): string | undefined {
    const { home } = fleet;
    const [, partition, service, region] = arn.split(":");
    const own = partitionOf(home.region);
    if (partition !== own) {
        return `expected an ARN that begins with "arn:${own}:", as all of ${home.region} do, found ${arn}`;
    }
    if (region !== home.region) {
        return `expected something of ${home.region}, where the function is that tells, found ${arn}`;
    }
    return service === "secretsmanager" && isOutOfReach(arn, fleet)
        ? `expected a secret of account ${home.account}, found ${arn}: one of another account is read only with a key of its own, which \`secretKeys\` names`
        : undefined;
}

/** Channels that an earlier target tells already, with that one. */
function repeatedChannels({ shared }: FleetPlan): Problem[] {
    const first = new Map<string, string>();
    return shared.operations.targets.flatMap(({ key, chat }) => {
        if (chat === undefined) {
            return [];
        }
        const channel = JSON.stringify(Object.entries(chat.channel).sort());
        const other = first.get(channel);
        first.set(channel, other ?? key);
        return other === undefined
            ? []
            : [
                  {
                      path: ["targets", key],
                      message: `is the channel of ${other} once more, and AWS configures a channel once in an account: name ${other} in \`notify\``,
                  },
              ];
    });
}

/** What AWS takes of targets. */
export const targetRules: readonly FleetRule[] = [
    {
        name: "targets-of-the-region",
        severity: "error",
        source: "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html; https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html (each of its endpoint's region); https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html (the key of another account's secret)",
        check: fleet =>
            namedOf(fleet).flatMap(({ arn, path }) => {
                const message = misplaced(arn, fleet);
                return message === undefined ? [] : [{ path, message }];
            }),
    },
    {
        name: "chat-of-the-partition",
        severity: "error",
        source: "https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-regions.html",
        check: ({ shared, home }) =>
            partitionOf(home.region) === "aws"
                ? []
                : shared.operations.targets
                      .filter(({ chat }) => chat !== undefined)
                      .map(({ key }) => ({
                          path: ["targets", key],
                          message: `Amazon Q Developer in chat applications is not offered for ${home.region}: tell a channel of Slack by its webhook, with the type slack`,
                      })),
    },
    {
        name: "channel-once",
        severity: "error",
        source: "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1155 (AWS: one configuration for a channel)",
        check: repeatedChannels,
    },
];
