import { makesShared } from "../part";
import type { FleetPlan } from "../plan";
import { fleetWeaknesses } from "../weaknesses";
import { factChanges, type Fact, type SettingChange } from "./fact";
import { tagFacts, weaknessFact } from "./pipelines";

/** What is different of two stacks beside their pipelines, in words. */
export const stackSettings = (was: FleetPlan, now: FleetPlan): SettingChange[] =>
    factChanges("stack", stackFacts(was), stackFacts(now));

function stackFacts(plan: FleetPlan): Fact[] {
    const { prefix, home, environments, retention, tags } = plan;
    return [
        { what: "prefix", text: prefix },
        { what: "account", text: home.account },
        { what: "region", text: home.region },
        { what: "environments", text: environments.join(", ") },
        ...(makesShared(plan)
            ? Object.entries(retention).map(([what, days]): Fact => ({ what, text: String(days) }))
            : []),
        ...tagFacts(tags),
        ...fleetWeaknesses(plan).map(weaknessFact),
    ];
}
