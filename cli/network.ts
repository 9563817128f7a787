import type { EndpointName } from "../catalog/endpoints";
import { whose } from "../blueprint/cost";
import { egressChoices, internetNeeds, type EgressChoice } from "../blueprint/egress";
import { callersOf, neededBy } from "../blueprint/network-needs";
import type { FleetPlan } from "../blueprint/plan";
import { priceIn } from "../blueprint/prices/table";
import type { Paint } from "./paint";
import { plural } from "./plural";

/** What the network of builds is, what each way to the internet costs, and what would not work without one. */
export function networkLines(fleet: FleetPlan, paint: Paint): string[] {
    const { create } = fleet.shared.network;
    return [
        paint.heading("Network"),
        ...(create === undefined ? existingLines(fleet) : createdLines(create, fleet, paint)),
        "",
    ];
}

const line = (word: string, text: string) => `  ${word.padEnd(9)} ${text}`;

const ways = {
    None: "to the VPC's endpoints alone",
    Single: "by HTTPS, through a NAT gateway",
    OnePerAz: "by HTTPS, through a NAT gateway in each zone",
} as const;

function createdLines(
    create: NonNullable<FleetPlan["shared"]["network"]["create"]>,
    fleet: FleetPlan,
    paint: Paint,
): string[] {
    const { flowLog, endpoints } = fleet.shared.network;
    const logs = priceIn("vendedLogGb", fleet.home.region);
    const policies = endpoints.filter(({ policy }) => policy !== undefined).length;
    return [
        line(
            "subnets",
            `private, of ${create.cidrBlock} in ${plural(create.availabilityZones, "zone")}; nothing in, out ${ways[create.natGateways]}`,
        ),
        flowLog === undefined
            ? `  ${paint.warning("weaker")}    nobody logs where builds connect to: ${create.skipFlowLogs}`
            : line(
                  "flow log",
                  `${flowLog.traffic === "ALL" ? "all traffic" : "what is refused"}, in ${flowLog.group} for ${flowLog.days} days; $${logs.usd.toFixed(2)} a GB${whose(logs)}`,
              ),
        ...endpointLines(
            endpoints.map(({ endpoint }) => endpoint),
            fleet,
        ),
        ...(policies === 0 ? [] : [line("policies", `through endpoints ask ${whoseText(fleet.shared.network)}`)]),
        ...egressChoices(fleet).map(choice => line(choice.natGateways, choiceText(choice))),
        ...withoutLines(fleet),
    ];
}

/** Whose roles may use the endpoints, as their policies say. */
function whoseText({ owners, endpoints }: FleetPlan["shared"]["network"]): string {
    const open = endpoints.filter(({ policy }) => policy === undefined).map(({ endpoint }) => endpoint);
    return `roles of ${owners} for what is theirs${open.length === 0 ? "" : `; ${open.join(", ")} without a policy`}`;
}

function choiceText({ natGateways, chosen, endpoints, monthly, priceOf }: EgressChoice): string {
    const what = {
        Single: "one NAT gateway: without its zone no build has a way out",
        OnePerAz: "a NAT gateway in each zone",
        None: `no way to the internet${endpoints.length === 0 ? "" : `; endpoints ${endpoints.join(", ")}`}`,
    }[natGateways];
    return `$${monthly.toFixed(2)} a month${whose({ of: priceOf })}${chosen ? ", chosen" : ""}: ${what}`;
}

/** Endpoints with the services that need them, those of the same services in one line. */
function endpointLines(endpoints: readonly EndpointName[], { pipelines }: FleetPlan): string[] {
    const needed = neededBy(pipelines);
    const all = new Set(callersOf(pipelines).map(({ service }) => service));
    const lines = new Map<string, EndpointName[]>();
    for (const endpoint of endpoints) {
        const services = needed.get(endpoint) ?? [];
        const who =
            services.length === 0
                ? "needed by nobody"
                : services.length === all.size
                  ? "every build"
                  : services.join(", ");
        lines.set(who, [...(lines.get(who) ?? []), endpoint]);
    }
    return [...lines].map(([who, names]) => line("endpoints", `${names.join(", ")}: ${who}`));
}

/** What services would lack without a way to the internet, a line for each. */
function withoutLines(fleet: FleetPlan): string[] {
    const byService = new Map<string, string[]>();
    for (const { service, what } of internetNeeds(fleet)) {
        byService.set(service, [...(byService.get(service) ?? []), what]);
    }
    return [
        ...[...byService].map(([service, all]) => line("", `${service} would lack ${all.join("; ")}`)),
        ...(callersOf(fleet.pipelines).length === 0
            ? []
            : [
                  line(
                      "",
                      "not known: what commands download; without the internet, CodeArtifact, ECR and S3 are there",
                  ),
              ]),
    ];
}

/** What a network must have that is not made here. */
function existingLines(fleet: FleetPlan): string[] {
    const { existing } = fleet.shared.network;
    const { pipelines } = fleet;
    return [
        line(
            "subnets",
            `${existing?.subnetIds.join(", ")} of ${existing?.vpcId}, which is there already; of the stack is the group of builds alone: nothing in, out by HTTPS`,
        ),
        ...(callersOf(pipelines).length === 0
            ? []
            : [
                  line(
                      "needs",
                      "a NAT gateway, or endpoints with private DNS that let these services in, and flow logs of its own:",
                  ),
                  ...endpointLines([...neededBy(pipelines).keys()].sort(), fleet),
                  ...withoutLines(fleet),
              ]),
    ];
}

/** The same as an object, for `--json`. */
export function networkJson(fleet: FleetPlan) {
    const needed = neededBy(fleet.pipelines);
    return {
        egress: egressChoices(fleet),
        endpoints: fleet.shared.network.endpoints.map(({ endpoint, serviceName }) => ({
            endpoint,
            serviceName,
            neededBy: needed.get(endpoint) ?? [],
        })),
        withoutInternet: internetNeeds(fleet),
    };
}
