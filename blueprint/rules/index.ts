import type { Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";
import { actionRules } from "./actions";
import { artifactRules } from "./artifacts";
import { buildRules } from "./builds";
import { checkRules } from "./checks";
import { collisionRules } from "./collisions";
import { deployRoleRules } from "./deploy-roles";
import { descriptionRules } from "./descriptions";
import { eventRules } from "./events";
import { gateRules } from "./gates";
import { integrityRules } from "./integrity";
import { invocationRules } from "./invocations";
import { nameRules } from "./names";
import { networkRules } from "./network";
import { packageRules } from "./packages";
import { partitionRules } from "./partitions";
import { peopleRules } from "./people";
import { policyRules } from "./policies";
import { quotaRules } from "./quotas";
import { roleRules } from "./roles";
import type { FleetRule } from "./rule";
import { spreadRules } from "./spread";
import { stageRules } from "./stages";
import { startRules } from "./starts";
import { secretKeyRules } from "./secret-keys";
import { structureRules } from "./structure";
import { testingRules } from "./testing";
import { targetRules } from "./targets";
import { toldRules } from "./told";
import { variableRules } from "./variables";
import { wordRules } from "./words";

/** Every rule of a fleet. */
export const rules: readonly FleetRule[] = [
    ...structureRules,
    ...stageRules,
    ...actionRules,
    ...gateRules,
    ...nameRules,
    ...descriptionRules,
    ...artifactRules,
    ...wordRules,
    ...secretKeyRules,
    ...policyRules,
    ...collisionRules,
    ...networkRules,
    ...packageRules,
    ...buildRules,
    ...eventRules,
    ...roleRules,
    ...deployRoleRules,
    ...partitionRules,
    ...invocationRules,
    ...peopleRules,
    ...targetRules,
    ...toldRules,
    ...checkRules,
    ...testingRules,
    ...startRules,
    ...spreadRules,
    ...variableRules,
    ...integrityRules,
    ...quotaRules,
];

/** Whether `problem` is one of a service, wherever the others are. */
const isOfService = ({ path }: Problem) => path[0] === "services" && path.length > 1;

/**
 * What `fleet` breaks.
 *
 * @param whole - whether it holds all services of the stack. @default true
 * @param asked - the rules that look at it. @default all
 */
export function checkFleet(
    fleet: FleetPlan,
    whole = true,
    asked: readonly FleetRule[] = rules,
): { errors: Problem[]; warnings: Problem[] } {
    const found = (severity: FleetRule["severity"]) =>
        asked
            .filter(rule => rule.severity === severity)
            .flatMap(rule =>
                whole || rule.together !== true ? rule.check(fleet) : rule.check(fleet).filter(isOfService),
            );
    return { errors: found("error"), warnings: found("warning") };
}
