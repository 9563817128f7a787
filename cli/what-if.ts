import { figure, monthlyCost, type Month, type WhatIf } from "../blueprint/monthly-cost";
import { makesShared } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { tableDate } from "../blueprint/prices/table";
import { hint } from "../config/suggest";
import { dollars } from "./cost";
import { UsageError } from "./options";
import type { Paint } from "./paint";
import { plural } from "./plural";

/** What `--what-if` takes, and the most of each. */
const most = { releases: 1_000, checks: 1_000, minutes: 1_440, services: 100_000 } as const;

const keys = Object.keys(most) as (keyof typeof most)[];

const example = `such as "releases=3 services=200"`;

/**
 * Reads `--what-if`: pairs of key and number, with blanks or commas between them.
 *
 * @throws UsageError for what is none, with what was meant
 */
export function whatIfOf(text: string): WhatIf {
    const asked: Partial<Record<keyof WhatIf, number>> = {};
    for (const pair of text.split(/[\s,]+/).filter(part => part !== "")) {
        const [, key = "", value = ""] =
            /^([^=]*)=(.*)$/.exec(pair) ??
            refuse(`${JSON.stringify(pair)} has no value; expected pairs of key and number, ${example}`);
        const known = keys.find(name => name === key) ?? refuse(`unknown key ${JSON.stringify(key)}${hint(key, keys)}`);
        if (asked[known] !== undefined) {
            refuse(`${known} is there twice`);
        }
        asked[known] = numberOf(known, value);
    }
    const { releases, ...rest } = asked;
    return {
        releases: releases ?? refuse(`expected releases=NUMBER, how often each service is released a day, ${example}`),
        ...rest,
    };
}

function numberOf(key: keyof typeof most, value: string): number {
    const whole = key === "services";
    const number = Number(value);
    const fits = (whole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(value) && number <= most[key] && (!whole || number > 0);
    return fits
        ? number
        : refuse(
              `expected ${whole ? "a whole number from 1" : "a number from 0"} to ${most[key]} for ${key}, found ${JSON.stringify(value)}${nearest(key, value, whole)}`,
          );
}

/** The number nearest to what was said. */
function nearest(key: keyof typeof most, value: string, whole: boolean): string {
    const said = Number.parseFloat(value);
    if (Number.isNaN(said)) {
        return "";
    }
    const least = whole ? 1 : 0;
    const within = Math.min(Math.max(whole ? Math.round(said) : said, least), most[key]);
    return `; did you mean ${key}=${within}?`;
}

function refuse(problem: string): never {
    throw new UsageError(`--what-if: ${problem}`);
}

/**
 * The month that is asked about.
 *
 * @throws UsageError for fewer services than there are, and for one service of a fleet that has grown
 */
export function monthOf(fleet: FleetPlan, asked: WhatIf, service?: string): Month {
    const count = new Set(fleet.pipelines.map(pipeline => pipeline.service)).size;
    if (asked.services !== undefined && service !== undefined) {
        refuse("expected either services=NUMBER or --service, found both");
    }
    if (asked.services !== undefined && asked.services < count) {
        refuse(
            `the stack has ${plural(count, "service")} already, found services=${asked.services}; did you mean services=${count}?`,
        );
    }
    return monthlyCost(fleet, asked, service);
}

/** A month's bill, for people. */
export function monthText(fleet: FleetPlan, month: Month, service: string | undefined, paint: Paint): string {
    const { spread } = fleet;
    const { asked, byService, days, items, services, unpriced, usd, v1 } = month;
    const checks = asked.checks === undefined ? "" : ` and ${figure(asked.checks)} checks of pull requests`;
    const minutes = asked.minutes === undefined ? "" : `, each action ${figure(asked.minutes)} minutes`;
    const whose = service === undefined ? `each of ${plural(services, "service")}` : service;
    return [
        paint.heading(
            `${fleet.prefix}, stack ${fleet.stack}: about ${dollars(usd)} a month with ${figure(asked.releases)} releases${checks} of ${whose} a day${minutes}`,
        ),
        ...items.map(item => `  ${dollars(item.usd).padStart(10)} ${item.what}`),
        ...(service === undefined && makesShared(fleet)
            ? []
            : [
                  `  what all services share, and what is free once an account, is in the bill of the ${spread.role === "services" ? `platform ${spread.platform}` : "stack"} alone`,
              ]),
        ...unpriced.map(
            ({ environmentType, computeType, minutes: count }) =>
                `  ${paint.warning("not in it")}  ${figure(count)} minutes on ${environmentType} ${computeType}, of which no price is known`,
        ),
        paint.quiet(
            `  ${days} days, prices of ${tableDate}, ${fleet.home.region}; other free tiers, transfer to the internet and what is deployed are not in it`,
        ),
        "",
        paint.heading("By service, before what is free"),
        ...byService.map(
            ({ service: name, usd: own, actionMinutes, buildMinutes, v1CheaperFromReleases: from }) =>
                `  ${dollars(own).padStart(10)} ${name}: ${figure(actionMinutes)} action minutes, ${figure(buildMinutes)} build minutes${from === undefined ? "" : `; V1 cheaper from ${figure(from)} releases a month`}`,
        ),
        "",
        v1Line(v1),
    ].join("\n");
}

const v1Line = ({ minutes, monthly, lacks }: Month["v1"]) =>
    `A pipeline of type V1 costs ${dollars(monthly)} a month once a change runs through it, so it is cheaper from ${figure(minutes)} action minutes a month on${lacks.length === 0 ? "" : `; it lacks ${lacks.join(", ")}, which this stack uses`}.`;

/** The same as an object, for `--json`: millionths of a dollar and of a minute are enough. */
export const monthJson = (month: Month): Month =>
    JSON.parse(
        JSON.stringify(month, (_, value: unknown) =>
            typeof value === "number" ? Math.round(value * 1_000_000) / 1_000_000 : value,
        ),
    ) as Month;
