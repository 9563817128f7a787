import { emf } from "../lib/emf";
import type { FleetMetric } from "../metrics/metric";
import type { Waiting } from "./kept/approvals";
import type { World } from "./world";

const hour = 60 * 60 * 1000;

/**
 * Lines of the log that are metrics: for each environment how many approvals wait, and how many hours the oldest has. Where
 * none waits they say so too, or an alarm would go on to show what was last.
 */
export const measured = (waiting: readonly Waiting[], { settings, now }: World): string[] =>
    settings.environments.map(({ name }) => {
        const ages = waiting
            .filter(({ environment }) => environment === name)
            .map(({ since }) => Math.max(0, now() - Date.parse(since)));
        const values = {
            ApprovalsWaiting: ages.length,
            OldestApproval: Math.max(0, ...ages) / hour,
        } as const satisfies Record<FleetMetric, number>;
        return emf({
            namespace: `service-pipelines/${settings.prefix}`,
            time: new Date(now()),
            declared: [{ dimensions: ["Environment"], metrics: { ApprovalsWaiting: "Count", OldestApproval: "None" } }],
            fields: { Environment: name, ...values },
        });
    });
