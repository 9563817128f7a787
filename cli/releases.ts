import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { hint } from "../config/suggest";
import { UsageError } from "./options";

/**
 * The pipelines that bring `service`, or all services, into environments.
 *
 * @throws UsageError for a service that the stack does not have
 */
export function releasesOf({ pipelines, stack }: FleetPlan, service?: string): PipelinePlan[] {
    const releases = pipelines.filter(({ purpose }) => purpose === "release");
    if (service === undefined) {
        return releases;
    }
    const names = releases.map(pipeline => pipeline.service);
    if (!names.includes(service)) {
        throw new UsageError(`no service ${JSON.stringify(service)} in the stack ${stack}${hint(service, names)}`);
    }
    return releases.filter(pipeline => pipeline.service === service);
}
