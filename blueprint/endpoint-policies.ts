import { s3Arn, partitionOf, type Location } from "../catalog/arn";
import { endpointOf, type EndpointName } from "../catalog/endpoints";
import type { Conditions } from "../catalog/grant";
import { once } from "../catalog/once";
import type { FleetConfig } from "../config/fleet-config";
import { callersOf, type Callers } from "./network-needs";
import type { Statement } from "./policy";

/** Longest policy of an endpoint: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html. */
export const longestEndpointPolicy = 20_480;

/** What a policy is made from. */
interface Whose extends Pick<FleetConfig, "environments" | "roles"> {
    readonly home: Location;
    /** Buckets of artifacts: the stack's own. */
    readonly buckets: readonly string[];
}

/**
 * Who may ask for what through `endpoint`: roles of the stack's accounts, or of the organization that the stack file names, for
 * what belongs to the same; and what AWS documents beside that. So credentials that somebody brings into a build lead nowhere, and
 * what a build knows goes to no foreign account. Nothing where the endpoint takes no policy.
 *
 * A policy allows nobody anything by itself: a role's own policy must allow it as well. Whose a resource is, a few actions do not
 * say: they are let through for the stack's own roles.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies
 */
export function endpointPolicy(endpoint: EndpointName, whose: Whose, pipelines: Callers): Statement[] | undefined {
    const { prefix, policy } = endpointOf(endpoint);
    if (policy === "none") {
        return undefined;
    }
    const everything = [`${prefix}:*`];
    const { principals, resources } = ownOf(whose);
    const foreign = foreignResources(prefix, whose, pipelines);
    return [
        allowed("AskAsOwn", everything, ["*"], {
            StringEquals: principals,
            ...(policy === "principals and resources" && { StringEqualsIfExists: resources }),
        }),
        // Services of AWS that work in a network ask in their own name, for what is AWS's.
        allowed("AskAsServiceOfAws", everything, ["*"], { Bool: { "aws:PrincipalIsAWSService": "true" } }),
        ...(foreign.length > 0 && policy === "principals and resources"
            ? [allowed("AskForNamedByStackFile", everything, foreign, { StringEquals: principals })]
            : []),
        ...exceptions(endpoint, whose.home.region, principals),
    ];
}

const allowed = (
    Sid: string,
    Action: readonly string[],
    Resource: readonly string[],
    Condition?: Conditions,
): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: "*",
    Action,
    Resource,
    ...(Condition && { Condition }),
});

type Values = Readonly<Record<string, string | readonly string[]>>;

/** Whose roles and whose resources are the stack's own: the organization's, or those of the accounts that the stack file names. */
function ownOf(whose: Whose): { principals: Values; resources: Values } {
    const { organization } = whose.roles;
    if (organization !== undefined) {
        return {
            principals: { "aws:PrincipalOrgID": organization },
            resources: { "aws:ResourceOrgID": organization },
        };
    }
    const accounts = accountsOf(whose);
    return { principals: { "aws:PrincipalAccount": accounts }, resources: { "aws:ResourceAccount": accounts } };
}

/** The same in words. */
export function ownersText(whose: Pick<Whose, "environments" | "roles" | "home">): string {
    const accounts = accountsOf(whose);
    return whose.roles.organization === undefined
        ? `the account${accounts.length === 1 ? "" : "s"} ${accounts.join(", ")}`
        : `the organization ${whose.roles.organization}`;
}

const accountsOf = ({ environments, home }: Pick<Whose, "environments" | "home">): string[] =>
    [...new Set([home.account, ...environments.map(({ account }) => account)])].sort();

/** The ARNs of what builds are allowed, each once, by the part that names the service. */
const resourcesNamed = once((pipelines: Callers): ReadonlyMap<string, readonly string[]> => {
    const resources = new Set(callersOf(pipelines).flatMap(({ grants }) => grants.flatMap(grant => grant.resources)));
    const found = new Map<string, string[]>();
    for (const resource of resources) {
        const service = typeof resource === "string" ? resource.split(":").at(2) : undefined;
        if (typeof resource === "string" && service !== undefined) {
            const known = found.get(service) ?? [];
            known.push(resource);
            found.set(service, known);
        }
    }
    return found;
});

/**
 * What builds are allowed, by the stack file, of other accounts: an image's repository, a domain of packages. A bucket's ARN names
 * no account, so each bucket that is not the stack's own counts as one of another account.
 */
function foreignResources(prefix: string, whose: Whose, pipelines: Callers): string[] {
    const accounts = accountsOf(whose);
    const { region } = whose.home;
    const named = resourcesNamed(pipelines).get(prefix) ?? [];
    const found =
        prefix === "s3"
            ? named
                  .map(resource => resource.split(":")[5].split("/")[0])
                  .filter(bucket => !whose.buckets.includes(bucket))
                  .flatMap(bucket => [s3Arn(bucket, region), s3Arn(`${bucket}/*`, region)])
            : named.filter(resource => {
                  const account = resource.split(":")[4];
                  return /^\d{12}$/.test(account) && !accounts.includes(account);
              });
    return [...new Set(found)].sort();
}

/** Accounts of AWS in which CodeArtifact keeps packages: https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html. */
const packageAccounts: Readonly<Record<string, string>> = {
    "us-east-1": "193858265520",
    "us-east-2": "250872398865",
    "us-west-2": "787052242323",
    "eu-west-1": "438097961670",
    "eu-west-2": "247805302724",
    "eu-west-3": "762466490029",
    "eu-north-1": "611884512288",
    "eu-south-1": "484130244270",
    "eu-central-1": "769407342218",
    "ap-northeast-1": "660291247815",
    "ap-southeast-1": "421485864821",
    "ap-southeast-2": "860415559748",
    "ap-south-1": "681137435769",
};

/**
 * What AWS says must be let through beside what is the stack's own. Layers of images and files of packages are fetched with
 * addresses that ECR and CodeArtifact have signed, packages of Amazon Linux without a name.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 * @see https://docs.aws.amazon.com/linux/al2023/ug/live-patching.html
 * @see https://docs.aws.amazon.com/linux/al2/ug/al2-live-patching.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md
 */
function exceptions(endpoint: EndpointName, region: string, principals: Values): Statement[] {
    const partition = partitionOf(region);
    const ofAws = { StringEquals: principals };
    switch (endpoint) {
        case "s3": {
            const packages = packageAccounts[region];
            const buckets = [
                `prod-${region}-starport-layer-bucket`,
                `al2023-${region}`,
                `al2023-repos-${region}-de612dc2`,
                `amazonlinux-2-repos-${region}`,
                `amazonlinux.${region}.amazonaws.com`,
                ...(packages === undefined ? [] : [`assets-${packages}-${region}`]),
            ];
            return [
                allowed(
                    "GetWhatAwsKeeps",
                    ["s3:GetObject"],
                    buckets.map(bucket => s3Arn(`${bucket}/*`, region)),
                ),
            ];
        }
        case "ssm":
            return [
                allowed(
                    "ReadPublicParameters",
                    ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
                    [`arn:${partition}:ssm:${region}::parameter/aws/*`],
                    ofAws,
                ),
            ];
        case "cloudformation":
            return [
                allowed(
                    "UseTransformsOfAws",
                    ["cloudformation:CreateChangeSet"],
                    [`arn:${partition}:cloudformation:${region}:aws:transform/*`],
                    ofAws,
                ),
            ];
        case "codeartifact.api":
        case "codeartifact.repositories":
            return [allowed("TokenOfPackages", ["sts:GetServiceBearerToken"], ["*"], ofAws)];
        default:
            return [];
    }
}
