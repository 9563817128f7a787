import type { FleetPlan } from "../blueprint/plan";
import type { Paint } from "./paint";

/** What the stack watches, what it shows, and what of it cannot be. */
export function monitoringLines({ shared }: FleetPlan, paint: Paint): string[] {
    const { alarms, dashboard, leftOut } = shared.operations.monitoring;
    const functions = shared.functions.map(({ key }) => key).join(", ");
    return [
        paint.heading("What is watched"),
        dashboard === undefined
            ? "  no dashboard (operations.dashboard: false)"
            : `  ${"dashboard".padEnd(17)} ${dashboard.name}`,
        ...alarms.map(({ key, summary }) => `  ${key.padEnd(17)} when ${summary}`),
        `  ${"dead-letters".padEnd(17)} when a function could not handle something; one alarm for each: ${functions}`,
        ...leftOut.map(line => `  ${paint.warning("weaker")}  ${line}`),
        "",
    ];
}
