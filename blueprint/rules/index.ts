import type { Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";
import { actionRules } from "./actions";
import { artifactRules } from "./artifacts";
import { collisionRules } from "./collisions";
import { invocationRules } from "./invocations";
import { nameRules } from "./names";
import { networkRules } from "./network";
import { peopleRules } from "./people";
import { policyRules } from "./policies";
import { roleRules } from "./roles";
import type { FleetRule } from "./rule";
import { startRules } from "./starts";
import { structureRules } from "./structure";
import { suiteRules } from "./suites";
import { testingRules } from "./testing";
import { variableRules } from "./variables";
import { wordRules } from "./words";

/** Every rule of a fleet. */
export const rules: readonly FleetRule[] = [
    ...structureRules,
    ...actionRules,
    ...nameRules,
    ...artifactRules,
    ...wordRules,
    ...policyRules,
    ...collisionRules,
    ...networkRules,
    ...roleRules,
    ...invocationRules,
    ...peopleRules,
    ...suiteRules,
    ...testingRules,
    ...startRules,
    ...variableRules,
];

/** What `fleet` breaks. */
export function checkFleet(fleet: FleetPlan): { errors: Problem[]; warnings: Problem[] } {
    const found = (severity: FleetRule["severity"]) =>
        rules.filter(rule => rule.severity === severity).flatMap(rule => rule.check(fleet));
    return { errors: found("error"), warnings: found("warning") };
}
