import { isGateway, type EndpointName } from "../catalog/endpoints";
import { endpointMonth, natGatewayMonth } from "./cost";
import { chosenEndpoints, natGatewaysOf } from "./network";
import { callersOf, clones, endpointsNeeded, outOfReach } from "./network-needs";
import type { FleetPlan } from "./plan";
import { anotherOf } from "./prices/table";

/** One way to the internet that a created network can have, or none, and what it costs. */
export interface EgressChoice {
    readonly natGateways: "None" | "Single" | "OnePerAz";
    readonly chosen: boolean;
    /** The endpoints that the network has with it, sorted. */
    readonly endpoints: readonly EndpointName[];
    /** US dollars a month at rest, of NAT gateways and endpoints. */
    readonly monthly: number;
    /** Set where a price of the region is not known: whose it is instead. */
    readonly priceOf?: string;
}

/** What the network of `fleet` costs with each way to the internet; nothing of a network that is there already. */
export function egressChoices({ shared, pipelines }: Pick<FleetPlan, "shared" | "pipelines">): EgressChoice[] {
    const { create } = shared.network;
    if (create === undefined) {
        return [];
    }
    const { region } = shared.store;
    const nat = natGatewayMonth(region);
    const endpoint = endpointMonth(region);
    const needed = endpointsNeeded(pipelines);
    return (["Single", "OnePerAz", "None"] as const).map(natGateways => {
        const asked = chosenEndpoints({ ...create, natGateways });
        // Without a way to the internet those that are needed are there, or the stack file is refused.
        const all = [...(asked === "auto" ? [] : asked), ...(asked === "auto" || natGateways === "None" ? needed : [])];
        const endpoints = [...new Set(all)].sort();
        const interfaces = endpoints.filter(endpoint => !isGateway(endpoint)).length;
        const gateways = natGatewaysOf({ ...create, natGateways });
        const monthly = gateways * nat.usd + interfaces * create.availabilityZones * endpoint.usd;
        const of = anotherOf([...(gateways > 0 ? [nat] : []), ...(interfaces > 0 ? [endpoint] : [])]);
        return {
            natGateways,
            chosen: natGateways === create.natGateways,
            endpoints,
            monthly: Math.round(monthly * 100) / 100,
            ...(of !== undefined && { priceOf: of }),
        };
    });
}

/** Something of a service that needs the internet. */
export interface InternetNeed {
    readonly service: string;
    /** In words, behind "would lack". */
    readonly what: string;
}

/**
 * What services would lack in a network without a way to the internet, as far as the stack file says it. What commands download is
 * not known; the hosts that they, their variables and their images name are. A host inside the network is there all the same.
 */
export function internetNeeds({ pipelines, home }: Pick<FleetPlan, "pipelines" | "home">): InternetNeed[] {
    const outside = pipelines.flatMap(({ service, stages }) =>
        stages.flatMap(({ actions }) =>
            actions
                .filter(({ action }) => action.outsideVpc !== undefined)
                .map(({ name }) => ({ service, what: `the action ${name}, which runs outside the network` })),
        ),
    );
    const inBuilds = callersOf(pipelines).flatMap(({ service, project, grants }) =>
        [
            ...(isPublic(project.image) ? [`the image ${project.image}`] : []),
            ...(grants.some(({ actions }) => actions.some(clones)) ? ["its source, which is cloned in the build"] : []),
            ...hostsIn([project.buildspec, ...project.variables.map(({ value }) => value)]),
        ].map(what => ({ service, what })),
    );
    const given = pipelines.flatMap(({ service, stages }) =>
        stages.flatMap(({ actions }) =>
            actions
                .flatMap(({ configuration }) => hostsIn([configuration.EnvironmentVariables]))
                .map(what => ({ service, what })),
        ),
    );
    const reach = outOfReach(pipelines, home.region).map(({ service, what }) => ({
        service,
        what: what.replace("calls ", "calls of "),
    }));
    const all = [...outside, ...inBuilds, ...given, ...reach];
    const told = new Map(all.map(need => [JSON.stringify([need.service, need.what]), need]));
    return [...told.values()].sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}

/** Whether `image` is neither of AWS's own for builds nor in a private registry of ECR. */
const isPublic = (image: string) => !/^aws\/codebuild\/|^\d{12}\.dkr\.ecr\./.test(image);

/** Hosts in `texts` that are not AWS's own, in the order in which they are named. */
const hostsIn = (texts: readonly unknown[]): string[] => [
    ...new Set(
        texts
            .filter(text => typeof text === "string")
            .flatMap(text => [...text.matchAll(/\bhttps?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)])
            .map(([, host]) => host.toLowerCase())
            .filter(host => !/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)),
    ),
];
