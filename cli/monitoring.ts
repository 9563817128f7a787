import type { FleetPlan } from "../blueprint/plan";
import type { Paint } from "./paint";

/** What the stack watches, what it shows, and what of it cannot be. */
export function monitoringLines({ shared }: FleetPlan, paint: Paint): string[] {
    const { alarms, dashboard, leftOut } = shared.operations.monitoring;
    return [
        paint.heading("What is watched"),
        dashboard === undefined
            ? "  no dashboard (operations.dashboard: false)"
            : `  ${"dashboard".padEnd(17)} ${dashboard.name}`,
        ...(alarms.length === 0
            ? ["  no alarms but those of dead letters"]
            : alarms.map(({ key, summary }) => `  ${key.padEnd(17)} when ${summary}`)),
        ...leftOut.map(line => `  ${paint.warning("weaker")}  ${line}`),
        "",
    ];
}
