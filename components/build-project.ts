import * as codebuild from "@pulumi/aws/codebuild";
import * as pulumi from "@pulumi/pulumi";
import type { BuildProjectPlan } from "../catalog/plan";
import type { RoleTerms } from "../blueprint/role-terms";
import { componentRoles, type ComponentRole } from "../blueprint/roles";
import { resolve, type Handles } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link BuildProject}. */
export interface BuildProjectArgs {
    readonly plan: BuildProjectPlan;
    readonly handles: Handles;

    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A CodeBuild project that runs in the VPC, or outside where its plan says so, under a role of its own.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.codebuild.Project` `<name>-project`;
 * with batches also `aws.iam.Role` `<name>-batch-role` and `aws.iam.RolePolicy` `<name>-batch-policy`.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 */
export class BuildProject extends pulumi.ComponentResource {
    /** Name of the project, as an action's `ProjectName`. */
    public readonly projectName: pulumi.Output<string>;

    constructor(name: string, args: BuildProjectArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:BuildProject", name, {}, opts);
        const { tags } = args;
        const plan = resolve(args.plan, args.handles);

        const [own, batches] = componentRoles(args.plan, args.terms.home) as [ComponentRole, ComponentRole?];
        const role = serviceRole(
            name,
            {
                ...own,
                description: plan.description,
                handles: args.handles,
                terms: args.terms,
                tags,
            },
            { parent: this },
        );

        const batchRole =
            batches &&
            serviceRole(
                `${name}-batch`,
                {
                    ...batches,
                    description: `${plan.description}: batches`,
                    handles: args.handles,
                    terms: args.terms,
                    tags,
                },
                { parent: this },
            );

        const project = new codebuild.Project(
            `${name}-project`,
            {
                name: plan.physicalName,
                description: plan.description,
                serviceRole: role.arn,
                source: { type: "CODEPIPELINE", buildspec: plan.buildspec },
                artifacts: { type: "CODEPIPELINE" },
                environment: {
                    type: plan.environmentType,
                    computeType: plan.computeType,
                    image: plan.image,
                    imagePullCredentialsType: plan.pullsImageItself ? "SERVICE_ROLE" : "CODEBUILD",
                    privilegedMode: plan.privileged,
                    environmentVariables: plan.variables,
                },
                ...(plan.network && {
                    vpcConfig: {
                        vpcId: plan.network.vpcId,
                        subnets: plan.network.subnetIds,
                        securityGroupIds: [plan.network.securityGroupId],
                    },
                }),
                ...(plan.batch &&
                    batchRole && {
                        buildBatchConfig: {
                            serviceRole: batchRole.arn,
                            restrictions: {
                                computeTypesAlloweds: plan.batch.computeTypes,
                                maximumBuildsAllowed: plan.batch.mostBuilds,
                            },
                            timeoutInMins: plan.batch.timeoutMinutes,
                        },
                    }),
                cache:
                    plan.cacheLocation === undefined
                        ? { type: "NO_CACHE" }
                        : { type: "S3", location: plan.cacheLocation },
                logsConfig: {
                    cloudwatchLogs: { status: "ENABLED", groupName: plan.logs.group, streamName: plan.logs.stream },
                    s3Logs: { status: "DISABLED" },
                },
                encryptionKey: plan.key,
                buildTimeout: plan.timeoutMinutes,
                queuedTimeout: plan.queuedTimeoutMinutes,
                tags,
            },
            // CodeBuild checks when it makes the project that the role may use the VPC.
            { parent: this, dependsOn: [...role.ready, ...(batchRole?.ready ?? [])] },
        );

        this.projectName = project.name;
        this.registerOutputs({ projectName: this.projectName });
    }
}
