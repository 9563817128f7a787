import { endpointsOfAction, type EndpointName } from "../catalog/endpoints";
import type { Grant } from "../catalog/grant";
import { once } from "../catalog/once";
import type { BuildProjectPlan } from "../catalog/plan";
import type { PipelinePlan } from "./plan";

/** Pipelines, as far as it counts what their builds reach. */
export type Callers = readonly Pick<PipelinePlan, "service" | "components" | "assumed">[];

/** A project that runs in the network, with what it may do as a role that it assumes. */
export interface Caller {
    /** The service of the stack. */
    readonly service: string;
    readonly project: BuildProjectPlan;
    /** All that it may do from inside the network. */
    readonly grants: readonly Grant[];
}

/** What a project needs an endpoint for where nothing else leads to AWS. */
export interface Need extends Pick<Caller, "service" | "project"> {
    readonly endpoints: readonly EndpointName[];
    /** In words, behind the project's name. */
    readonly what: string;
    /** Whether no page of AWS says so. */
    readonly assumed?: true;
}

/**
 * Sids of what CodeBuild itself does with a project's role, from its own network: it makes the interfaces of a build. The artifact
 * key is used by S3, for whoever reads and writes through it.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const fromElsewhere: readonly string[] = [
    "CreateInterfaceInSubnets",
    "DeleteOwnInterface",
    "LendInterfaceToCodeBuild",
    "DescribeNetwork",
    "UseArtifactKey",
];

/** Whether another service makes the calls of `grant`, for whoever asks it. */
const byAnotherService = ({ sid, conditions }: Grant) =>
    fromElsewhere.includes(sid) || conditions?.StringEquals?.["kms:ViaService"] !== undefined;

/** The projects that run in the network: what runs outside asks nothing of it. */
export const callersOf = once((pipelines: Callers): readonly Caller[] =>
    pipelines.flatMap(({ service, components, assumed }) =>
        components
            .filter(component => component.component === "BuildProject")
            .filter(({ network }) => network !== undefined)
            .map(project => ({
                service,
                project,
                grants: [...project.grants, ...(assumed[project.logicalName] ?? [])].filter(
                    grant => !byAnotherService(grant),
                ),
            })),
    ),
);

const may = (action: string) => (caller: Caller) => caller.grants.some(({ actions }) => actions.includes(action));

const has = (sid: string) => (caller: Caller) => caller.grants.some(grant => grant.sid === sid);

/** Whether a project sets up a test environment: it then asks CodeBuild which of its builds still run. */
const setsUpStacks = has("AskForOwnBuilds");

/** Sid of the grant of a project's reports. */
const reports = "WriteOwnReports";

/** Needs in words of their own. What secrets a project reads, its own and those of its actions, its grants say. */
const known: readonly ({ readonly needs: (caller: Caller) => boolean } & Omit<Need, "service" | "project">)[] = [
    { needs: () => true, endpoints: ["s3", "logs"], what: "reads and writes its artifacts and writes its logs" },
    { needs: may("secretsmanager:GetSecretValue"), endpoints: ["secretsmanager"], what: "reads secrets" },
    { needs: may("ssm:GetParameters"), endpoints: ["ssm"], what: "reads parameters" },
    { needs: setsUpStacks, endpoints: ["cloudformation", "codebuild"], what: "sets up a test environment" },
    {
        needs: caller => setsUpStacks(caller) && may("sts:AssumeRole")(caller),
        endpoints: ["sts"],
        what: "assumes the deploy role to set up a test environment",
    },
    {
        needs: ({ project }) => project.pullsImageItself,
        endpoints: ["ecr.api", "ecr.dkr"],
        what: "pulls its image from ECR",
    },
    {
        needs: caller => !caller.project.pullsImageItself && may("ecr:GetAuthorizationToken")(caller),
        endpoints: ["ecr.api", "ecr.dkr"],
        what: "logs in to a registry of ECR",
    },
    {
        needs: may("codeartifact:GetAuthorizationToken"),
        endpoints: ["codeartifact.api", "codeartifact.repositories"],
        what: "uses packages of CodeArtifact",
    },
    // That the build itself hands its reports to CodeBuild, no page says; where it does not, the endpoint is one too many.
    { needs: has(reports), endpoints: ["codebuild"], what: "writes reports", assumed: true },
];

/** A call that a grant allows. */
interface Call {
    readonly action: string;
    /** What it is called with. */
    readonly grant: Grant;
}

const callsOf = ({ grants }: Caller): Call[] =>
    grants.flatMap(grant => grant.actions.map(action => ({ action, grant })));

/** The part of `action` that names the service. */
const prefixOf = (action: string) => action.split(":")[0];

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** What is needed beside {@link known}, by the service that is called: scripts say in their `permissions` what they call. */
function called({ grants }: Caller): Omit<Need, "service" | "project">[] {
    const found = new Map<string, Set<EndpointName>>();
    // Reports are handed on by CodeBuild's own tools: that is said above.
    for (const { actions } of grants.filter(({ sid }) => sid !== reports)) {
        for (const action of actions) {
            const prefix = prefixOf(action);
            const endpoints = found.get(prefix) ?? new Set();
            found.set(prefix, endpoints);
            endpointsOfAction(action)?.forEach(endpoint => endpoints.add(endpoint));
        }
    }
    return [...found]
        .filter(([, { size }]) => size > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([prefix, endpoints]) => ({ endpoints: [...endpoints], what: `calls ${prefix}` }));
}

/** All that the builds of `pipelines` need endpoints for, the plainest reasons first. */
export const needsOf = once((pipelines: Callers): readonly Need[] => {
    const callers = callersOf(pipelines);
    return [
        ...known.flatMap(({ needs, ...need }) =>
            callers.filter(needs).map(({ service, project }) => ({ ...need, service, project })),
        ),
        ...callers.flatMap(caller =>
            called(caller).map(need => ({ ...need, service: caller.service, project: caller.project })),
        ),
    ];
});

/** The endpoints that the builds of `pipelines` need, sorted. */
export const endpointsNeeded = (pipelines: Callers): EndpointName[] =>
    unique(needsOf(pipelines).flatMap(({ endpoints }) => endpoints)).sort();

/** By endpoint which services of the stack need it, sorted. */
export function neededBy(pipelines: Callers): Map<EndpointName, string[]> {
    const found = new Map<EndpointName, Set<string>>();
    for (const { endpoints, service } of needsOf(pipelines)) {
        for (const endpoint of endpoints) {
            found.set(endpoint, (found.get(endpoint) ?? new Set()).add(service));
        }
    }
    return new Map([...found].map(([endpoint, services]) => [endpoint, [...services].sort()]));
}

/** Something that a project may do and no endpoint of the network leads to. */
export interface OutOfReach extends Pick<Caller, "service" | "project"> {
    /** In words, behind the project's or service's name. */
    readonly what: string;
}

/** The region in which a resource is, as its ARN says; nothing where it does not. */
const regionOf = (resource: Grant["resources"][number]) =>
    typeof resource === "string" ? /^arn:[^:]+:[^:]+:([a-z0-9-]+):/.exec(resource)?.[1] : undefined;

/**
 * What the builds of `pipelines` may call that no endpoint of `region` leads to: services that have none that is known, and regions
 * that endpoints do not reach.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html (no requests to other regions)
 */
export function outOfReach(pipelines: Callers, region: string): OutOfReach[] {
    return callersOf(pipelines).flatMap(caller => {
        const calls = callsOf(caller);
        const without = calls
            .filter(({ action }) => endpointsOfAction(action) === undefined && !clones(action))
            .map(({ action }) => `calls ${prefixOf(action)}, of which no endpoint is known`);
        const abroad = calls.flatMap(({ action, grant }) =>
            grant.resources
                .map(regionOf)
                .filter(there => there !== undefined && there !== region)
                .map(there => `calls ${prefixOf(action)} in ${there}, where endpoints do not lead`),
        );
        return unique([...without, ...abroad])
            .sort()
            .map(what => ({ service: caller.service, project: caller.project, what }));
    });
}

/** Whether `action` lets a build clone its source with its history, from AWS's own address for the repository's host. */
export const clones = (action: string): boolean =>
    /^(codeconnections|codestar-connections):UseConnection$/.test(action);
