import * as codepipeline from "@pulumi/aws/codepipeline";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../catalog/arn";
import type { ComponentPlan, Patterns, PullRequestTrigger, PushFilter, PushTrigger, Rule } from "../catalog/plan";
import type { ActionPlan, PipelinePlan, StagePlan } from "../blueprint/plan";
import type { RoleTerms } from "../blueprint/role-terms";
import type { OnFailure } from "../config/fleet-config";
import { BuildProject } from "./build-project";
import { EventTrigger } from "./event-trigger";
import { ImageRepository } from "./image-repository";
import { resolve, type Handles } from "./resolve";
import { RollbackAlarm } from "./rollback-alarm";
import { ScheduleTrigger } from "./schedule-trigger";
import { serviceRole } from "./service-role";

/** Arguments for {@link ServicePipeline}. */
export interface ServicePipelineArgs {
    readonly plan: PipelinePlan;
    readonly handles: Handles;

    /** Account and region of the pipeline. */
    readonly home: Location;

    /** By region the name of the artifact bucket, and the ARN of the key that artifacts are encrypted with. */
    readonly stores: Readonly<
        Record<string, { readonly bucket: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> }>
    >;

    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * One pipeline of a service, on its way to production or beside it: with the projects, triggers and roles that belong to it
 * alone.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.codepipeline.Pipeline` `<name>-pipeline`,
 * and a {@link BuildProject}, {@link EventTrigger}, {@link ImageRepository}, {@link RollbackAlarm} or {@link ScheduleTrigger}
 * for each component of the plan, by its own logical name.
 *
 * The role's trust has no condition: AWS documents none for CodePipeline, and a wrong one would stop every release.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-service-role-cli.html
 */
export class ServicePipeline extends pulumi.ComponentResource {
    /** Name of the pipeline. */
    public readonly pipelineName: pulumi.Output<string>;

    /** ARN of the pipeline. */
    public readonly pipelineArn: pulumi.Output<string>;

    constructor(name: string, args: ServicePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:ServicePipeline", name, {}, opts);
        const { plan, handles } = args;
        const tags = { ...args.tags, service: plan.service };

        const components = plan.components.map(component => make(component, { ...args, tags }, this));

        const role = serviceRole(
            name,
            {
                name: plan.role.name,
                description:
                    plan.purpose === "check" ? `Checks pull requests of ${plan.service}` : `Releases ${plan.service}`,
                trust: plan.role.trust,
                statements: plan.role.statements,
                handles,
                terms: args.terms,
                tags,
            },
            { parent: this },
        );
        const pipeline = new codepipeline.Pipeline(
            `${name}-pipeline`,
            {
                name: plan.name,
                pipelineType: "V2",
                executionMode: plan.executionMode,
                roleArn: role.arn,
                artifactStores: artifactStores(plan, args),
                stages: plan.stages.map(stage => stageArgs(stage, args.home, handles)),
                triggers: plan.triggers.map(triggerArgs),
                ...(plan.variables.length > 0 && {
                    variables: plan.variables.map(({ name: variable, default: defaultValue, description }) => ({
                        name: variable,
                        defaultValue,
                        description,
                    })),
                }),
                tags: { ...tags, ...plan.tags },
            },
            // A pipeline starts as soon as it is made: what its first execution needs must be there.
            { parent: this, dependsOn: [...role.ready, ...components] },
        );

        this.pipelineName = pipeline.name;
        this.pipelineArn = pipeline.arn;
        this.registerOutputs({ pipelineName: this.pipelineName, pipelineArn: this.pipelineArn });
    }
}

/** One store is that of the pipeline's region, and does not name it; of several each names its own. */
function artifactStores({ regions }: PipelinePlan, { stores, home }: ServicePipelineArgs) {
    return [home.region, ...regions].map(region => ({
        type: "S3",
        location: stores[region].bucket,
        encryptionKey: { type: "KMS", id: stores[region].keyArn },
        ...(regions.length > 0 && { region }),
    }));
}

/** Makes what a step needs beside its action; another kind of component is one more line. */
function make(plan: ComponentPlan, args: ServicePipelineArgs, parent: pulumi.Resource): pulumi.Resource {
    const { handles, home, terms, tags } = args;
    switch (plan.component) {
        case "BuildProject":
            return new BuildProject(plan.logicalName, { plan, handles, terms, tags }, { parent });
        case "EventTrigger":
            return new EventTrigger(plan.logicalName, { plan, handles, terms, tags }, { parent });
        case "ImageRepository":
            return new ImageRepository(plan.logicalName, { plan, home, tags }, { parent });
        case "RollbackAlarm":
            return new RollbackAlarm(plan.logicalName, { plan, tags }, { parent });
        case "ScheduleTrigger":
            return new ScheduleTrigger(plan.logicalName, { plan, handles, terms, tags }, { parent });
    }
}

/** A trigger; AWS takes at most one for each source action. */
function triggerArgs(trigger: PushTrigger | PullRequestTrigger) {
    const filters =
        "pushes" in trigger
            ? { pushes: trigger.pushes.map(pushArgs) }
            : {
                  pullRequests: [
                      {
                          events: [...trigger.pullRequests.events],
                          branches: patternArgs(trigger.pullRequests.branches),
                          ...(trigger.pullRequests.paths && { filePaths: patternArgs(trigger.pullRequests.paths) }),
                      },
                  ],
              };
    return {
        providerType: "CodeStarSourceConnection",
        gitConfiguration: { sourceActionName: trigger.action, ...filters },
    };
}

const pushArgs = (push: PushFilter) =>
    "tags" in push
        ? { tags: patternArgs(push.tags) }
        : {
              branches: patternArgs(push.branches),
              ...(push.paths && { filePaths: patternArgs(push.paths) }),
          };

const patternArgs = ({ includes, excludes }: Patterns) => ({
    ...(includes && { includes: [...includes] }),
    ...(excludes && { excludes: [...excludes] }),
});

function stageArgs(stage: StagePlan, home: Location, handles: Handles) {
    return {
        name: stage.name,
        actions: stage.actions.map(action => actionArgs(action, handles)),
        ...(stage.before.length > 0 && {
            beforeEntry: { condition: condition(stage.before, stage.otherwise === "skip" ? "SKIP" : "FAIL", home) },
        }),
        ...(stage.after.length > 0 && {
            onSuccess: {
                condition: condition(stage.after, stage.onFailure === "rollback" ? "ROLLBACK" : "FAIL", home),
            },
        }),
        ...failureArgs(stage.onFailure),
    };
}

function actionArgs(action: ActionPlan, handles: Handles) {
    const { category, owner, provider, version } = action.action;
    const { commands = [], files = {}, outputVariables = [] } = action.compute ?? {};
    return {
        name: action.name,
        category,
        owner,
        provider,
        version,
        runOrder: action.runOrder,
        configuration: resolve(action.configuration, handles),
        inputArtifacts: [...action.inputs],
        // What commands hand on, they name file by file.
        ...(action.compute === undefined
            ? { outputArtifacts: [...action.outputs] }
            : {
                  commands: [...commands],
                  outputVariables: [...outputVariables],
                  outputArtifactsForComputeActions: action.outputs.map(name => ({ name, files: [...files[name]] })),
              }),
        namespace: action.namespace,
        roleArn: action.roleArn,
        region: action.region,
        timeoutInMinutes: action.timeoutMinutes,
    };
}

/** A stage condition; AWS takes exactly one in each place, with one to five rules. */
function condition(rules: readonly Rule[], result: "FAIL" | "ROLLBACK" | "SKIP", home: Location) {
    return {
        result,
        rules: rules.map(({ name, provider, configuration }) => ({
            name,
            ruleTypeId: { category: "Rule", owner: "AWS", provider, version: "1" },
            configuration,
            inputArtifacts: [],
            region: home.region,
        })),
    };
}

function failureArgs(onFailure: OnFailure) {
    switch (onFailure) {
        case "stop":
            return {};
        case "rollback":
            return { onFailure: { result: "ROLLBACK" } };
        case "retry":
            return { onFailure: { result: "RETRY", retryConfiguration: { retryMode: "FAILED_ACTIONS" } } };
        case "retry-all":
            return { onFailure: { result: "RETRY", retryConfiguration: { retryMode: "ALL_ACTIONS" } } };
    }
}
