import type { MonitoringPlan } from "../plan";
import { alarmsLeftOut, fleetAlarms, type Watching } from "./alarms";
import { fleetDashboard } from "./dashboard";

/** What watches a fleet. */
export function fleetMonitoring(watching: Watching): MonitoringPlan {
    const alarms = fleetAlarms(watching);
    const { metrics, dashboard } = watching.config.operations;
    return {
        metrics,
        alarms,
        ...(dashboard && { dashboard: fleetDashboard(watching, alarms) }),
        leftOut: alarmsLeftOut(watching),
    };
}
