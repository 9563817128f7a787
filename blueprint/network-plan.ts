import { arn } from "../catalog/arn";
import { endpointServiceName, isGateway, type EndpointName } from "../catalog/endpoints";
import { allow } from "../catalog/grant";
import type { BuildNetwork } from "../catalog/plan";
import type { FleetConfig } from "../config/fleet-config";
import { endpointPolicy, ownersText } from "./endpoint-policies";
import { chosenEndpoints } from "./network";
import { endpointsNeeded, type Callers } from "./network-needs";
import type { Ground } from "./place";
import type { RolePlan } from "./plan";
import { roleArn } from "./role-terms";
import { flowLogTrust } from "./trust";
import { statements, type Statement } from "./policy";

/** An endpoint of a created network. */
export interface EndpointPlan {
    readonly endpoint: EndpointName;
    /** AWS's own name of it. */
    readonly serviceName: string;
    readonly gateway: boolean;
    /** Who may ask for what through it; absent where it takes no policy. */
    readonly policy?: readonly Statement[];
}

/** Who connected where in a created network. */
export interface FlowLogPlan {
    readonly group: string;
    readonly days: number;
    readonly traffic: "ALL" | "REJECT";
    readonly role: RolePlan;
}

/** The network that builds run in. */
export type NetworkPlan = FleetConfig["network"] & {
    readonly builds: BuildNetwork;
    readonly name: string;
    readonly endpoints: readonly EndpointPlan[];
    /** Whose roles may use the endpoints, in words. */
    readonly owners: string;
    readonly flowLog?: FlowLogPlan;
};

/** The network, and of the pipelines what their builds need of it. */
export function planNetwork(config: FleetConfig, ground: Ground, pipelines: Callers): NetworkPlan {
    const flowLog = planFlowLog(config, ground);
    return {
        ...config.network,
        builds: ground.network,
        name: ground.names.shared(255, "builds"),
        endpoints: planEndpoints(config, ground, pipelines),
        owners: ownersText({ ...config, home: ground.home }),
        ...(flowLog && { flowLog }),
    };
}

function planEndpoints(config: FleetConfig, { home, names, regions }: Ground, pipelines: Callers): EndpointPlan[] {
    const { create } = config.network;
    if (create === undefined) {
        return [];
    }
    const chosen = chosenEndpoints(create);
    const { environments, roles } = config;
    const buckets = [home.region, ...regions].map(region => names.bucket(home.account, region));
    const whose = { environments, roles, home, buckets };
    return (chosen === "auto" ? endpointsNeeded(pipelines) : chosen).map(endpoint => {
        const policy = endpointPolicy(endpoint, whose, pipelines);
        return {
            endpoint,
            serviceName: endpointServiceName(endpoint, home.region),
            gateway: isGateway(endpoint),
            ...(policy && { policy }),
        };
    });
}

/**
 * The log group of the network's traffic, and the role that writes it. The group is made here, so the role makes none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
function planFlowLog(config: FleetConfig, { names, home, roles }: Ground): FlowLogPlan | undefined {
    const { create } = config.network;
    if (create === undefined || create.skipFlowLogs !== undefined) {
        return undefined;
    }
    const name = names.shared(64, "flow-logs");
    const group = `${names.folderOfStack}/network`;
    return {
        group,
        days: config.retention.logDays,
        traffic: create.flowLogs === "all" ? "ALL" : "REJECT",
        role: {
            name,
            arn: roleArn(roles, name),
            of: "flow log of the build network",
            statements: statements([
                allow(
                    "WriteFlowLog",
                    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    [arn("logs", `log-group:${group}`, home), arn("logs", `log-group:${group}:*`, home)],
                ),
            ]),
            trust: flowLogTrust(home),
            path: ["network", "create"],
        },
    };
}
