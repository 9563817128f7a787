import * as assert from "node:assert/strict";
import type { FleetPlan, StagePlan } from "../../../blueprint/plan";
import { rules } from "../../../blueprint/rules";
import type { Problem } from "../../../catalog/problem";
import { action } from "./parts";
import { ecsService, fleetOf, pipelineOf, reference, threeEnvironments, withPipeline } from "./fleet";

/** A fleet that breaks no rule. */
export const fleet = fleetOf({
    environments: threeEnvironments,
    services: { orders: reference, "orders-api": { ...ecsService("orders-api"), build: { commands: ["npm test"] } } },
});
/** The first stages of orders. */
export const [source, build, dev] = pipelineOf(fleet).stages;
/** The deploy to dev. */
export const deploy = action(dev, "deploy");

/** What the rule `name` says of a fleet. */
export const check = (name: string, changed: FleetPlan): readonly Problem[] => {
    const rule = rules.find(candidate => candidate.name === name);
    assert.ok(rule, `no rule ${name}`);
    return rule.check(changed);
};

/** The fleet with the stages of orders changed. */
export const staged = (...stages: StagePlan[]) => withPipeline(fleet, () => ({ stages }));

/** The fleet with the dev stage of orders changed. */
export const inDev = (change: Partial<StagePlan>) => staged(source, build, { ...dev, ...change });

/** The fleet with the deploy to dev of orders changed. */
export const inDeploy = (change: Partial<StagePlan["actions"][number]>) =>
    inDev({ actions: [{ ...deploy, ...change }] });
