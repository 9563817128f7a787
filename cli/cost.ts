import { byUse, costAtRest, whose } from "../blueprint/cost";
import { figure } from "../blueprint/monthly-cost";
import { madePipelines } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { tableDate } from "../blueprint/prices/table";
import { releaseCost, type ReleaseCost } from "../blueprint/release-cost";
import type { Paint } from "./paint";

/** What a stack costs: at rest, by use and for each release; of one service for a release alone. */
export function costLines(fleet: FleetPlan, service: string | undefined, paint: Paint): string[] {
    return service === undefined
        ? [
              ...restLines(fleet, paint),
              ...(madePipelines(fleet).length === 0 ? [] : [...releaseLines(fleet, undefined, paint), ""]),
          ]
        : ["", ...releaseLines(fleet, service, paint)];
}

function restLines(fleet: FleetPlan, paint: Paint): string[] {
    const { monthlyIdle, items } = costAtRest(fleet);
    const { region } = fleet.home;
    return [
        paint.heading(`Cost at rest: about ${dollars(monthlyIdle)} a month`),
        ...items.map(
            ({ what, count, monthly, priceOf }) =>
                `  ${dollars(monthly).padStart(9)} ${count} × ${what}${whose({ of: priceOf })}`,
        ),
        ...byUse(fleet).map(line => `  ${"by use".padStart(9)} ${line}`),
        paint.quiet(`  prices of ${tableDate}, ${region}`),
        ...(items.some(({ priceOf }) => priceOf !== undefined)
            ? [paint.quiet(`  where another region's price is named, none is known for ${region}`)]
            : []),
        "",
    ];
}

/** One line a pipeline: what a release comes to, and what of it is actions, builds and the rest. */
function releaseLines(fleet: FleetPlan, service: string | undefined, paint: Paint): string[] {
    const costs = fleet.pipelines
        .filter(pipeline => service === undefined || pipeline.service === service)
        .map(pipeline => releaseCost(fleet, pipeline));
    const others = [...new Set(costs.flatMap(({ items }) => items.flatMap(({ priceOf }) => priceOf ?? [])))];
    return [
        paint.heading("Cost per release, with assumed durations"),
        ...costs.map(releaseLine),
        ...(others.length === 0
            ? []
            : [paint.quiet(`  with prices of ${others.join(", ")} where none is known for ${fleet.home.region}`)]),
    ];
}

function releaseLine(cost: ReleaseCost): string {
    const { pipeline, usd, actionMinutes, actionUsd, buildMinutes, buildUsd, machines } = cost;
    const unknown = machines.filter(machine => machine.usd === undefined);
    return `  ${cents(usd).padStart(9)} ${pipeline}: ${cents(actionUsd)} for ${figure(actionMinutes)} action minutes, ${cents(buildUsd)} for ${figure(buildMinutes)} build minutes, ${cents(usd - actionUsd - buildUsd)} for the rest${unknown
        .map(({ environmentType, computeType }) => `; no price is known for ${environmentType} ${computeType}`)
        .join("")}`;
}

/** US dollars, to the cent. */
export const dollars = (usd: number) => `${usd < 0 ? "-" : ""}$${Math.abs(usd).toFixed(2)}`;

/** US dollars of something small. */
const cents = (usd: number) => `$${Math.abs(usd).toFixed(4)}`;
