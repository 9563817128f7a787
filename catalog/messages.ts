import { z } from "zod";
import { dnsSuffix, one, viaService, type Location } from "./arn";
import { allow, type Grant } from "./grant";
import type { Text } from "./reference";
import { template } from "./words";

/** What a role may do with `key` for queues and topics that are encrypted with it. */
export const useKey = (key: Text, service: "sns" | "sqs", { region }: Pick<Location, "region">): Grant =>
    allow(
        service === "sqs" ? "OpenAndSealMessages" : "SealNotifications",
        ["kms:Decrypt", "kms:GenerateDataKey"],
        [key],
        { StringEquals: { "kms:ViaService": one(viaService(service, region)) } },
    );

/** ARN of an existing topic or queue, of the pipelines' account or another; may hold placeholders. */
export const messageArn = (service: "sns" | "sqs", noun: string, description: string) =>
    template(
        description,
        z
            .string()
            .max(512)
            .regex(
                new RegExp(`^arn:aws(-[a-z]+)*:${service}:[a-z0-9{}-]+:(\\d{12}|\\{account\\}):[A-Za-z0-9_{}-]+$`),
                `the ARN of a standard ${noun}, such as "arn:aws:${service}:eu-west-1:111111111111:deployments"`,
            ),
    );

/** URL of the queue with this ARN. */
export function queueUrl(arn: string): string {
    const [, , , region, account, name] = arn.split(":");
    return `https://sqs.${region}.${dnsSuffix(region)}/${account}/${name}`;
}

/** A list of texts of which none may stand twice; each becomes part of a name. */
export const distinct = <T extends z.ZodString | z.ZodEmail | z.ZodURL>(item: T, description: string) =>
    z
        .array(item)
        .default([])
        .superRefine((all, context) =>
            all.forEach((one, index) => {
                if (all.indexOf(one) < index) {
                    context.addIssue({ code: "custom", path: [index], message: "each once" });
                }
            }),
        )
        .describe(description);
