import { sealKey, verifyKey } from "./integrity/actions";
import { natGatewaysOf } from "./network";
import { monitoringLines } from "./operations/cost";
import type { FleetPlan } from "./plan";

/** Prices in US dollars, us-east-1. Other regions differ by some percent. */
export const prices = {
    date: "2026-11",
    region: "us-east-1",
    /** https://aws.amazon.com/kms/pricing/ */
    keyMonth: 1,
    /** https://aws.amazon.com/vpc/pricing/: 730 h × $0.045, and its public IPv4 address 730 h × $0.005. */
    natGatewayMonth: 36.5,
    /** https://aws.amazon.com/privatelink/pricing/: 730 h × $0.01 in each zone. */
    interfaceEndpointMonth: 7.3,
    /** https://aws.amazon.com/cloudwatch/pricing/: logs of AWS services, each GB that is taken in, up to 10 TB. */
    flowLogGb: 0.5,
    /** https://aws.amazon.com/codepipeline/pricing/: V2, each minute begun; approvals are free. */
    actionMinute: 0.002,
    /** https://aws.amazon.com/cloudtrail/pricing/: each further copy of 100,000 management events; the first is free. */
    trailEvents: 2,
    /** https://aws.amazon.com/codeartifact/pricing/: a GB and month, and 10,000 requests. */
    packages: 0.05,
} as const;

/** One line of the bill. */
export interface CostItem {
    readonly what: string;
    readonly count: number;
    /** US dollars a month for all of them. */
    readonly monthly: number;
}

/** What a fleet costs when nobody releases anything. */
export interface Cost {
    readonly currency: "USD";
    readonly prices: { readonly date: string; readonly region: string };
    readonly monthlyIdle: number;
    readonly items: readonly CostItem[];
    /** What is paid by use, in words. */
    readonly byUse: readonly string[];
}

/** The monthly cost of `fleet` at rest, by item. */
export function costOf(fleet: FleetPlan): Cost {
    const { network, stores, signingKey } = fleet.shared;
    const guards = guardsOf(fleet);
    const zones = network.create?.availabilityZones ?? 0;
    const natGateways = network.create === undefined ? 0 : natGatewaysOf(network.create);
    const interfaces = network.endpoints.filter(({ gateway }) => !gateway).length;
    const line = (what: string, count: number, each: number): CostItem => ({
        what,
        count,
        monthly: round(count * each),
    });
    const items = [
        line("pipelines (V2: nothing at rest)", fleet.pipelines.length, 0),
        line(stores.length === 0 ? "artifact key" : "artifact keys, one a region", 1 + stores.length, prices.keyMonth),
        line("signing key", signingKey === undefined ? 0 : 1, prices.keyMonth),
        line("NAT gateways", natGateways, prices.natGatewayMonth),
        line(`interface endpoints, each in ${zones} zones`, interfaces, prices.interfaceEndpointMonth * zones),
        ...monitoringLines(fleet).map(([what, count, monthly]) => ({ what, count, monthly: round(monthly) })),
    ].filter(item => item.count > 0);
    return {
        currency: "USD",
        prices: { date: prices.date, region: prices.region },
        monthlyIdle: round(items.reduce((sum, item) => sum + item.monthly, 0)),
        items,
        byUse: [
            `each action $${prices.actionMinute} a minute; approvals nothing`,
            ...(guards === 0
                ? []
                : [
                      `what seals and verifies: up to ${guards} of these actions a release, $${round(guards * prices.actionMinute)} at a minute each; its functions, requests of the key`,
                  ]),
            "build minutes by compute size; storage of artifacts and logs; data through NAT gateways and endpoints",
            "what tells and measures: functions, queues, the table, the key and topics by request, logs by size; events of AWS nothing",
            ...(network.flowLog === undefined
                ? []
                : [`the log of the network's traffic $${prices.flowLogGb.toFixed(2)} a GB`]),
            ...(fleet.shared.operations.audit?.trail === undefined
                ? []
                : [
                      `the trail $${prices.trailEvents} for 100,000 management events, where the account has another; its files by size`,
                  ]),
            ...(fleet.shared.packages === undefined
                ? []
                : [`packages $${prices.packages} a GB and month, and $${prices.packages} for 10,000 requests`]),
            "of dashboards, metrics and alarms an account has some free: see aws.amazon.com/cloudwatch/pricing",
        ],
    };
}

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
