import * as assert from "node:assert/strict";
import { runSimulation, type SimulationIdentityPolicy } from "@cloud-copilot/iam-simulate";
import { computed } from "../../cli/computed";
import { matches } from "./iam";
import { noun, type Registration } from "./recordings";

/** Somebody who asks AWS for something. */
export interface Principal {
    readonly arn: string;

    /** Policies of the principal itself. */
    readonly policies: readonly SimulationIdentityPolicy[];
    readonly boundary?: SimulationIdentityPolicy;
}

/** What is asked for. */
export interface Question {
    readonly action: string;
    readonly resource: string;

    /** Account of the resource. @default the principal's */
    readonly account?: string;

    /** Condition keys that the request brings, beside those of the principal. */
    readonly context?: Readonly<Record<string, string | string[]>>;

    /** The endpoint of the build network that the request goes through. @default none */
    readonly through?: string;
}

export type Policy = Readonly<Record<string, unknown>>;

const accountOf = (arn: string) => arn.split(":")[4];

/** ARN of what has the policy that holds for `resource`: the bucket of an object, the repository of a package. */
function holderOf(resource: string): string {
    const [base, ...rest] = resource.split("/");
    return /^arn:aws:codeartifact:.*:package$/.test(base)
        ? `${base.replace(/package$/, "repository")}/${rest.slice(0, 2).join("/")}`
        : base;
}

/** A policy as it was recorded: an object, or its text. */
const policyOf = (value: unknown): Policy => (typeof value === "string" ? JSON.parse(value) : value) as Policy;

/**
 * `policy` with what `resource` begins with in place of a pattern of it: of an ARN such as `shop--*` + `/prod` the library takes
 * `shop--*` for the name of a resource type, in which AWS knows no wildcards.
 */
function spelled(policy: unknown, resource: string): unknown {
    const first = (arn: string) => /^((?:[^:]*:){5})([^/:]+)(.*)$/s.exec(arn)?.slice(1) ?? [];
    const [place, word] = first(resource);
    return JSON.parse(
        JSON.stringify(policy, (_, value: unknown) => {
            const [ownPlace, pattern = "", rest = ""] = typeof value === "string" ? first(value) : [];
            return place !== undefined && ownPlace === place && pattern.includes("*") && matches(pattern, word)
                ? `${place}${word}${pattern.endsWith("*") && rest === "" ? "*" : ""}${rest}`
                : value;
        }),
    ) as unknown;
}

/**
 * Policies and requests with the encryption context of KMS as a tag: the library leaves a key out whose name goes on behind a colon,
 * and compares a tag alike.
 */
const contextAsTag = <T>(value: T): T =>
    JSON.parse(
        JSON.stringify(value).replaceAll('"kms:EncryptionContext:', '"aws:RequestTag/kms:EncryptionContext:'),
    ) as T;

/** A policy that allows everything. */
export const everything: SimulationIdentityPolicy = {
    name: "everything",
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** A policy of a resource or an endpoint that lets everybody do everything. */
export const open: Policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
};

/** What is recorded of a stack, as IAM sees it: roles with their policies, and the policies of resources by their ARNs. */
export class RecordedAccess {
    /** ARNs of what has a policy of its own, each with it. */
    readonly resourcePolicies: ReadonlyMap<string, Policy>;

    /**
     * @param elsewhere - policies of what this stack does not make: the trust of foreign roles, permissions boundaries, policies
     * of foreign buckets, by their ARNs
     */
    constructor(
        private readonly registrations: readonly Registration[],
        private readonly home: { readonly account: string; readonly region: string },
        private readonly elsewhere: ReadonlyMap<string, Policy> = new Map(),
    ) {
        this.resourcePolicies = new Map([
            ...elsewhere,
            ...this.ofType("Key").map(one => [this.arnOf(one), policyOf(one.inputs.policy)] as const),
            ...this.ofType("BucketPolicy").map(
                ({ inputs }) => [`arn:aws:s3:::${String(inputs.bucket)}`, policyOf(inputs.policy)] as const,
            ),
            ...this.ofType("QueuePolicy").map(({ inputs }) => {
                const name = String(inputs.queueUrl).split("/").at(-1);
                return [`arn:aws:sqs:${home.region}:${home.account}:${name}`, policyOf(inputs.policy)] as const;
            }),
            ...this.ofType("TopicPolicy").map(({ inputs }) => [String(inputs.arn), policyOf(inputs.policy)] as const),
            ...this.ofType("RepositoryPermissionsPolicy").map(({ inputs }) => {
                const repository = `repository/${String(inputs.domain)}/${String(inputs.repository)}`;
                const owner = (inputs.domainOwner as string | undefined) ?? home.account;
                return [
                    `arn:aws:codeartifact:${home.region}:${owner}:${repository}`,
                    policyOf(inputs.policyDocument),
                ] as const;
            }),
        ]);
    }

    /** The role with this physical name. */
    role(name: string): Principal {
        const role = this.ofType("Role").find(({ inputs }) => inputs.name === name);
        assert.ok(role, `no role ${name}`);
        const policies = this.ofType("RolePolicy").filter(({ inputs }) => inputs.role === name);
        return {
            arn: this.arnOf(role),
            policies: policies.map(({ name: policy, inputs }) => ({ name: policy, policy: policyOf(inputs.policy) })),
            ...this.boundaryOf(role),
        };
    }

    /** Trust policies of all roles, by their ARNs: who assumes a role from another stack is asked by them. */
    get trusts(): Map<string, Policy> {
        return new Map(this.ofType("Role").map(one => [this.arnOf(one), policyOf(one.inputs.assumeRolePolicy)]));
    }

    /** The permissions boundary of a role: a policy that somebody else makes, so it has to be known from elsewhere. */
    private boundaryOf({ name, inputs }: Registration): Pick<Principal, "boundary"> {
        const arn = inputs.permissionsBoundary as string | undefined;
        if (arn === undefined) {
            return {};
        }
        const policy = this.elsewhere.get(arn);
        assert.ok(policy, `nothing is known of ${arn}, the boundary of ${name}`);
        return { boundary: { name: arn, policy } };
    }

    /** Physical names of all roles. */
    get roleNames(): string[] {
        return this.ofType("Role").map(({ inputs }) => String(inputs.name));
    }

    /** ARNs of the subnets that builds run in. */
    get buildSubnets(): string[] {
        const conditions = this.ofType("RolePolicy").flatMap(({ inputs }) =>
            (policyOf(inputs.policy).Statement as { Condition?: Record<string, Record<string, string[]>> }[]).flatMap(
                ({ Condition = {} }) => Object.values(Condition).flatMap(keys => keys["ec2:Subnet"] ?? []),
            ),
        );
        return [...new Set(conditions)];
    }

    /** Somebody of the account who holds only the managed policy with this physical name. */
    holder(policyName: string): Principal {
        const policy = this.ofType("Policy").find(({ inputs }) => inputs.name === policyName);
        assert.ok(policy, `no policy ${policyName}`);
        return {
            arn: `arn:aws:iam::${this.home.account}:role/holder`,
            policies: [{ name: policyName, policy: policyOf(policy.inputs.policy) }],
        };
    }

    /** ARN of the one resource of this type and logical name. */
    arn(type: string, name: string): string {
        const found = this.ofType(type).find(one => one.name === name);
        assert.ok(found, `no ${type} ${name}`);
        return this.arnOf(found);
    }

    /** Whether IAM lets `principal` do what `question` asks, and all policies around it together. */
    async allows(principal: Principal, { action, resource, account, context, through }: Question): Promise<boolean> {
        const owner = account ?? accountOf(principal.arn);
        const resourcePolicy = this.resourcePolicies.get(resource) ?? this.resourcePolicies.get(holderOf(resource));
        const answer = await runSimulation(
            {
                request: {
                    principal: principal.arn,
                    action,
                    resource: { resource, accountId: owner },
                    contextVariables: {
                        "aws:PrincipalArn": principal.arn,
                        "aws:PrincipalAccount": accountOf(principal.arn),
                        "aws:PrincipalIsAWSService": "false",
                        "aws:ResourceAccount": owner,
                        "aws:SecureTransport": "true",
                        ...contextAsTag(context ?? {}),
                    },
                },
                identityPolicies: principal.policies.map(({ name, policy }) => ({
                    name,
                    policy: contextAsTag(spelled(policy, resource)),
                })),
                ...(principal.boundary && { permissionBoundaryPolicies: [principal.boundary] }),
                ...(resourcePolicy && { resourcePolicy: contextAsTag(resourcePolicy) }),
                ...(through !== undefined && { vpcEndpointPolicies: [this.endpointPolicy(through)] }),
                serviceControlPolicies: [],
                resourceControlPolicies: [],
            },
            {},
        );
        assert.notEqual(
            answer.resultType,
            "error",
            `${action} on ${resource}: ${JSON.stringify("errors" in answer && answer.errors)}`,
        );
        if (answer.resultType !== "single") {
            assert.fail(`${action} on ${resource}: expected one answer`);
        }
        // A key that the library does not know for this action would be left out, and its condition with it.
        assert.deepEqual(answer.result.ignoredContextKeys ?? [], [], `${action} on ${resource}`);
        return answer.overallResult === "Allowed";
    }

    /** The policy of the endpoint of the build network; of one without, that of everything, as AWS has it. */
    private endpointPolicy(endpoint: string): SimulationIdentityPolicy {
        const found = this.ofType("VpcEndpoint").find(({ name }) => name === `network-${endpoint}`);
        assert.ok(found, `no endpoint ${endpoint}`);
        const { policy } = found.inputs;
        return { name: endpoint, policy: policy === undefined ? open : policyOf(policy) };
    }

    private ofType(type: string): Registration[] {
        return this.registrations.filter(one => noun(one) === type);
    }

    private arnOf({ type, name, urn, inputs }: Registration): string {
        return String(computed({ type, name, urn, inputs, ...this.home }).outputs.arn);
    }
}
