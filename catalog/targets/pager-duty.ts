import { z } from "zod";
import { targetKind } from "../kind";
import { readSecrets, secretText, secretTextOf } from "../secret-text";

/** PagerDuty's own address. */
const pagerDutyUrl = "https://events.pagerduty.com/v2/enqueue";

/**
 * A service of PagerDuty, or of whoever takes the events of its API of version 2: what fails opens an incident, and what
 * recovers closes it.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2-overview
 */
export const pagerDuty = targetKind({
    type: "pager-duty",
    limits: ["A secret that is encrypted with a key of its own is read only if `secretKeys` names that key."],
    docs: "https://developer.pagerduty.com/docs/events-api-v2-overview",
    settings: z.strictObject({
        routingKey: secretText("The integration key of the service."),
        url: z
            .string()
            .max(1000)
            .regex(/^https:\/\/[^\s@]+$/, "a URL that begins with https://")
            .default(pagerDutyUrl)
            .describe(`Where events are sent: PagerDuty's, or another that takes the same. @default ${pagerDutyUrl}`),
    }),
    example: `
        type: pager-duty
        routingKey: pager-duty:shop`,
    plan: ({ routingKey, url }, { home }) => ({
        delivery: { type: "pager", url, key: secretTextOf(routingKey) },
        grants: [readSecrets([routingKey], home)],
        summary: `${url === pagerDutyUrl ? "PagerDuty" : `PagerDuty's events to ${url}`}, secret ${routingKey}`,
    }),
});
