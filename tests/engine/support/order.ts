import { needsOf, type Need } from "./provider/rules";
import { plainProperties } from "./provider/values";
import type { Deployment, StateResource } from "./stack";

/** What belongs to a thing without being named by those who use the thing. */
interface Companion {
    readonly type: string;
    /** The input of the companion that names the thing. */
    readonly of: string;
    /** Whether a user of the thing has to find the companion there. */
    readonly wanted: (need: Need, user: StateResource) => boolean;
}

/** What releases start with as soon as they are made: the first execution has to find all of it. */
const released = ["aws:codebuild/project:Project", "aws:codepipeline/pipeline:Pipeline"];

const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const versioning = "aws:s3/bucketVersioning:BucketVersioning";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const companions: readonly Companion[] = [
    ...["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"].map(type => ({
        type,
        of: "role",
        // A rule of EventBridge has its role tried only by an event, which may come at once.
        wanted: ({ use }: Need) => use !== undefined,
    })),
    ...[
        { type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", of: "securityGroupId" },
        { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", of: "securityGroupId" },
        { type: "aws:ec2/vpcEndpoint:VpcEndpoint", of: "vpcId" },
        { type: bucketPolicy, of: "bucket" },
    ].map(companion => ({ ...companion, wanted: (_: Need, user: StateResource) => released.includes(user.type) })),
    // Rules for old versions mean nothing while there are none.
    { type: versioning, of: "bucket", wanted: (_, user) => user.type === lifecycle },
];

/** S3 takes one change of who may access a bucket at a time, and answers the others with a conflict. */
const oneAtATime = [
    bucketPolicy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
];

interface Node {
    readonly resource: StateResource;
    readonly names: readonly unknown[];
}

function node(resource: StateResource): Node {
    const { arn, name } = plainProperties(resource.outputs ?? {});
    return { resource, names: [resource.id, arn, name].filter(value => value !== undefined) };
}

/** Everything that the engine makes before this resource, because the program says so. */
function before(urn: string, byUrn: ReadonlyMap<string, StateResource>): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [urn];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { dependencies = [], parent = "" } = byUrn.get(next) ?? {};
        for (const earlier of [...dependencies, parent].filter(candidate => !found.has(candidate))) {
            found.add(earlier);
            waiting.push(earlier);
        }
    }
    return found;
}

/** The resources of the stack that answer to a need: what is named, and what belongs to it. */
function answering(need: Need, user: StateResource, nodes: readonly Node[]): readonly Node[] {
    const named = nodes.filter(({ resource, names }) => need.to.includes(resource.type) && names.includes(need.value));
    const belonging = nodes.filter(({ resource }) =>
        companions.some(
            ({ type, of, wanted }) =>
                resource.type === type &&
                resource.urn !== user.urn &&
                wanted(need, user) &&
                named.some(({ names }) => names.includes(resource.inputs?.[of])),
        ),
    );
    return [...named, ...belonging];
}

/** The account that the stack's resources are in: an ARN has it. */
function accountOf(nodes: readonly Node[]): string {
    const accounts = nodes.flatMap(({ names }) => names).map(name => String(name).split(":")[4] ?? "");
    return accounts.find(account => /^\d{12}$/.test(account)) ?? "";
}

/** Pairs that change the same bucket and could do it at the same time. */
function together(nodes: readonly Node[], earlierOf: (urn: string) => ReadonlySet<string>): readonly string[] {
    const settings = nodes.map(({ resource }) => resource).filter(({ type }) => oneAtATime.includes(type));
    return settings.flatMap((one, i) =>
        settings
            .slice(i + 1)
            .filter(({ inputs }) => inputs?.bucket === one.inputs?.bucket)
            .filter(({ urn }) => !earlierOf(urn).has(one.urn) && !earlierOf(one.urn).has(urn))
            .map(({ urn }) => `${one.urn} and ${urn} change one bucket at the same time`),
    );
}

/**
 * Resources of a stack that need another one which nothing makes the engine wait for: a name that is written out, and
 * no `dependsOn`. Such a deployment works while the timing is kind. Names both resources and the input.
 */
export function unordered(deployment: Deployment): readonly string[] {
    const resources = deployment.resources ?? [];
    const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
    const nodes = resources.filter(({ type }) => type.startsWith("aws:")).map(node);
    const account = accountOf(nodes);
    const missing = nodes.flatMap(({ resource }) => {
        const earlier = before(resource.urn, byUrn);
        return needsOf(resource.type, plainProperties(resource.inputs ?? {}), account).flatMap(need =>
            answering(need, resource, nodes)
                .filter(needed => !earlier.has(needed.resource.urn))
                .map(needed => `${resource.urn} does not wait for ${needed.resource.urn} (${need.path})`),
        );
    });
    return [...missing, ...together(nodes, urn => before(urn, byUrn))];
}
