import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../blueprint/policy";
import { roleArn, type RoleTerms } from "../blueprint/role-terms";
import { trustPolicy, type Trust } from "../blueprint/trust";
import { resolve, type Handles } from "./resolve";

/** What an AWS service may do in our name. */
export interface ServiceRoleArgs {
    /** Physical name: policies elsewhere match it by pattern. */
    readonly name: string;

    /** In words: whose role it is. */
    readonly description: string;

    /** Who may assume the role. */
    readonly trust: Trust;

    /** Statements of the role's one inline policy; at least one. */
    readonly statements: readonly Statement[];

    readonly handles: Handles;

    /** What all roles have in common. */
    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/** A role that another resource may run with. */
export interface ServiceRole {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;

    /** What a resource that runs with the role has to wait for: AWS tries the permissions when it is created. */
    readonly ready: pulumi.Resource[];
}

/**
 * Registers an IAM role and its one inline policy; nothing where somebody else makes it, who gives it the same name.
 *
 * A function, not a component: it adds no noun of its own, and every registration costs time in every fleet.
 *
 * @param name - logical name of the owner; the children are `<name>-role` and `<name>-policy`
 * @throws RunError when `statements` is empty
 */
export function serviceRole(name: string, args: ServiceRoleArgs, opts: pulumi.CustomResourceOptions): ServiceRole {
    if (args.statements.length === 0) {
        throw new pulumi.RunError(`serviceRole "${name}": statements must hold at least one statement, got []`);
    }
    if (args.terms.existing) {
        return { arn: pulumi.output(roleArn(args.terms, args.name)), ready: [] };
    }
    const role = new iam.Role(
        `${name}-role`,
        {
            name: args.name,
            description: args.description,
            assumeRolePolicy: resolve(trustPolicy(args.trust), args.handles),
            ...termsArgs(args.terms),
            tags: args.tags,
        },
        opts,
    );
    const policy = new iam.RolePolicy(
        `${name}-policy`,
        {
            name: args.name,
            role: role.name,
            policy: resolve(policyDocument(args.statements), args.handles) as iam.PolicyDocument,
        },
        opts,
    );
    return { arn: role.arn, ready: [policy] };
}

/** What every role is made with. */
export const termsArgs = ({
    path,
    boundary,
}: Pick<RoleTerms, "path" | "boundary">): Pick<iam.RoleArgs, "path" | "permissionsBoundary"> => ({
    ...(path !== "/" && { path }),
    ...(boundary !== undefined && { permissionsBoundary: boundary }),
});
