import { sealKey, verifyKey } from "./integrity/actions";
import { natGatewaysOf } from "./network";
import { monitoringLines } from "./operations/cost";
import { madePipelines, makesShared } from "./part";
import type { FleetPlan } from "./plan";
import { anotherOf, hoursOfMonth, priceIn, tableDate, type Found, type PriceKey } from "./prices/table";
import { releaseCost, roundedRelease, type ReleaseCost } from "./release-cost";

/** One line of the bill. */
export interface CostItem {
    readonly what: string;
    readonly count: number;
    /** US dollars a month for all of them. */
    readonly monthly: number;
    /** Set where no price is known for the region: whose it is instead. */
    readonly priceOf?: string;
}

/** US dollars a month of a NAT gateway with its public address, in `region`. */
export const natGatewayMonth = (region: string): Found => monthOf(region, "natGatewayHour", "publicIpv4Hour");

/** US dollars a month of an interface endpoint in one zone of `region`. */
export const endpointMonth = (region: string): Found => monthOf(region, "endpointHour");

/** Prices by the hour, together and for a month. */
function monthOf(region: string, ...keys: readonly PriceKey[]): Found {
    const found = keys.map(key => priceIn(key, region));
    const of = anotherOf(found);
    return { usd: hoursOfMonth * found.reduce((sum, { usd }) => sum + usd, 0), ...(of && { of }) };
}

/** What a fleet costs when nobody releases anything. */
export interface CostAtRest {
    readonly monthlyIdle: number;
    readonly items: readonly CostItem[];
}

/** What a fleet costs: at rest, by use, and for each release. */
export interface Cost extends CostAtRest {
    readonly currency: "USD";
    readonly prices: { readonly date: string; readonly region: string };
    /** What is paid by use, in words. */
    readonly byUse: readonly string[];
    /** What one execution of each pipeline comes to. */
    readonly perRelease: readonly ReleaseCost[];
}

/**
 * The monthly cost at rest of what the stack of `fleet` makes, by item: of a platform with what is measured of all its services, so
 * that stacks add up to the fleet.
 */
export function costAtRest(fleet: FleetPlan): CostAtRest {
    const items = [
        line("pipelines (V2: nothing at rest)", madePipelines(fleet).length, 0),
        ...(makesShared(fleet) ? sharedItems(fleet) : []),
    ].filter(item => item.count > 0);
    return { monthlyIdle: round(items.reduce((sum, item) => sum + item.monthly, 0)), items };
}

/** All that `fleet` costs. */
export function costOf(fleet: FleetPlan): Cost {
    return {
        currency: "USD",
        prices: { date: tableDate, region: fleet.home.region },
        ...costAtRest(fleet),
        byUse: byUse(fleet),
        perRelease: madePipelines(fleet)
            .map(pipeline => releaseCost(fleet, pipeline))
            .map(roundedRelease),
    };
}

const line = (what: string, count: number, monthly: number, of?: string): CostItem => ({
    what,
    count,
    monthly: round(monthly),
    ...(of !== undefined && { priceOf: of }),
});

/** What all services share. */
function sharedItems(fleet: FleetPlan): CostItem[] {
    const { region } = fleet.home;
    const { network, store, stores, signingKey } = fleet.shared;
    const zones = network.create?.availabilityZones ?? 0;
    const natGateways = network.create === undefined ? 0 : natGatewaysOf(network.create);
    const interfaces = network.endpoints.filter(({ gateway }) => !gateway).length;
    const keys = [store, ...stores].map(({ region: where }) => priceIn("keyMonth", where));
    const signing = priceIn("keyMonth", region);
    const nat = natGatewayMonth(region);
    const endpoint = endpointMonth(region);
    return [
        line(
            stores.length === 0 ? "artifact key" : "artifact keys, one a region",
            keys.length,
            keys.reduce((sum, { usd }) => sum + usd, 0),
            anotherOf(keys),
        ),
        line("signing key", signingKey === undefined ? 0 : 1, signing.usd, signing.of),
        line("NAT gateways", natGateways, natGateways * nat.usd, nat.of),
        line(`interface endpoints, each in ${zones} zones`, interfaces, interfaces * zones * endpoint.usd, endpoint.of),
        ...monitoringLines(fleet).map(([what, count, monthly, of]) => line(what, count, monthly, of)),
    ];
}

/** What is paid by use, in words. */
export function byUse(fleet: FleetPlan): string[] {
    const { region } = fleet.home;
    const guards = guardsOf(fleet);
    const action = priceIn("actionMinute", region);
    return [
        `each action $${action.usd} a minute${whose(action)}; approvals nothing`,
        ...(guards === 0
            ? []
            : [
                  `what seals and verifies: up to ${guards} of these actions a release, $${round(guards * action.usd)} at a minute each; its functions, requests of the key`,
              ]),
        "build minutes by compute size; storage of artifacts and logs, nothing while there are none; data through NAT gateways and endpoints",
        ...(makesShared(fleet) ? byUseOfShared(fleet) : []),
    ];
}

/** What is paid by use of what all services share. */
function byUseOfShared({ home: { region }, shared: { network, operations, packages } }: FleetPlan): string[] {
    const log = priceIn("vendedLogGb", region);
    const trail = priceIn("trailEvent", region);
    const stored = priceIn("packageGbMonth", region);
    const asked = priceIn("packageRequest", region);
    return [
        "what tells and measures: functions, queues, the table, the key and topics by request, logs by size; events of AWS nothing",
        ...(network.flowLog === undefined
            ? []
            : [`the log of the network's traffic $${log.usd.toFixed(2)} a GB${whose(log)}`]),
        ...(operations.audit?.trail === undefined
            ? []
            : [
                  `the trail $${round(trail.usd * 100_000)} for 100,000 management events${whose(trail)}, where the account has another; its files by size`,
              ]),
        ...(packages === undefined
            ? []
            : [
                  `packages $${stored.usd} a GB and month, and $${Number((asked.usd * 10_000).toFixed(4))} for 10,000 requests${whose(stored)}`,
              ]),
        "of dashboards, metrics and alarms an account has some free: see aws.amazon.com/cloudwatch/pricing",
    ];
}

/** Behind a figure: whose price it is, where none is known for the region itself. */
export const whose = ({ of }: { readonly of?: string }): string => (of === undefined ? "" : ` (${of}'s price)`);

/** Actions that seal or verify in the pipeline that has the most of them. */
function guardsOf({ pipelines, shared }: FleetPlan): number {
    const asked = shared.functions.filter(({ key }) => key === sealKey || key === verifyKey).map(({ name }) => name);
    const counts = pipelines.map(
        ({ stages }) =>
            stages
                .flatMap(({ actions }) => actions)
                .filter(({ configuration: { FunctionName } }) => asked.some(name => name === FunctionName)).length,
    );
    return Math.max(0, ...counts);
}

const round = (dollars: number) => Math.round(dollars * 100) / 100;
