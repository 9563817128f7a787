import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "../../lib/claims";
import type { Way } from "../../lib/http";
import type { Notice } from "../notice";
import type { Delivery } from "../settings";
import { inTurn } from "./alerts";
import { pagerEvent } from "./pager";
import { toQueue } from "./queue";
import { send } from "./send";
import { slackMessage } from "./slack";
import { toTopic } from "./topic";
import { fitting } from "./words";

/** What deliveries are made with. */
export interface World extends Pick<Way, "fetch" | "timeout"> {
    readonly sns: SNSClient;
    readonly sqs: SQSClient;
    readonly secrets: SecretsManagerClient;
    readonly table: Table;
}

/**
 * Tells the target called `target` of `notice`, as `delivery` says. Whether it has been told before is not looked at: that is
 * `once`'s business.
 *
 * @throws Later when the target wants to be left alone for now
 * @throws Misconfigured when somebody has to mend the target first
 * @throws Error when another try may help
 */
export async function deliver(notice: Notice, target: string, delivery: Delivery, world: World): Promise<void> {
    const told = fitting(notice);
    switch (delivery.type) {
        case "slack":
            return send(target, world, async secret => ({
                url: await secret(delivery.webhook),
                body: slackMessage(told),
            }));
        case "topic":
            return toTopic(told, target, delivery, world.sns);
        case "queue":
            return toQueue(told, target, delivery.url, world.sqs);
        case "pager": {
            const event = pagerEvent(told);
            if (event === undefined) {
                return;
            }
            const page = (body: object) => () =>
                send(target, world, async secret => ({
                    url: delivery.url,
                    body: { routing_key: await secret(delivery.key), ...body },
                }));
            const { dedup_key, event_action } = event;
            const turn = {
                alert: `${target}#${dedup_key}`,
                closes: event_action === "resolve",
                time: told.time,
            };
            return inTurn(world.table, turn, page(event), page({ event_action: "resolve", dedup_key }));
        }
        case "webhook":
            return send(target, world, async secret => ({
                url: await secret(delivery.url),
                headers: {
                    ...Object.fromEntries(
                        await Promise.all(
                            Object.entries(delivery.headers).map(
                                async ([name, text]) => [name, await secret(text)] as const,
                            ),
                        ),
                    ),
                    "idempotency-key": told.id,
                },
                body: told,
            }));
    }
}
