import * as assert from "node:assert/strict";
import type { ActionPlan, StagePlan } from "../../../blueprint/plan";
import { shown } from "../../../catalog/reference";
import { fleetOf, pipelineOf, type Words } from "./fleet";

/** The pipeline of orders, as `service` says it. */
export const planned = (service: Words, environments: readonly object[] = [{ name: "dev" }, { name: "prod" }]) =>
    pipelineOf(fleetOf({ environments, services: { orders: service } }));

/** Name, run order, inputs and outputs of each action of a stage. */
export const outline = ({ actions }: StagePlan) =>
    actions.map(({ name, runOrder, inputs, outputs }) => [name, runOrder, inputs.join(" "), outputs.join(" ")]);

/** The action `name` of `stage`. */
export const action = (stage: StagePlan, name: string): ActionPlan => {
    const found = stage.actions.find(candidate => candidate.name === name);
    assert.ok(found, `no action ${name}`);
    return found;
};

/** The variables that an action gives to its project's run. */
export const given = ({ configuration }: ActionPlan): unknown => JSON.parse(shown(configuration.EnvironmentVariables));

/** A deploy that needs nothing more. */
export const site = { type: "s3", bucket: "site-{environment}" };
/** A source that needs nothing more. */
export const source = { repository: "acme/orders" };
