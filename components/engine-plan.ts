import * as pulumi from "@pulumi/pulumi";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromPulumi } from "../config/from-pulumi";
import { problemLines } from "../config/read";
import { refusal } from "./refusal";

/**
 * What the configuration that the Pulumi engine hands over comes to; its warnings are logged.
 *
 * @throws RunError with every problem of the stack file
 */
export async function enginePlan(): Promise<FleetPlan> {
    const { plan, problems, warnings } = planStack(fromPulumi(process.cwd()));
    if (plan === undefined) {
        throw refusal(`the stack file has problems:\n  ${problemLines(problems).join("\n  ")}`);
    }
    for (const warning of problemLines(warnings)) {
        await pulumi.log.warn(warning);
    }
    return plan;
}
