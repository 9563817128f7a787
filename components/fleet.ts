import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { rollbackKey } from "../blueprint/rollback-alarms";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { Approvals } from "./approvals";
import { ArtifactStore } from "./artifact-store";
import { Connections } from "./connections";
import { CustomActions } from "./custom-actions";
import { Monitoring } from "./monitoring";
import { Network } from "./network";
import { NotificationTargets } from "./notification-targets";
import { Operations } from "./operations";
import { PackageRepositories } from "./package-repositories";
import { fromNames, type NamedHandles } from "./resolve";
import { ServicePipeline } from "./service-pipeline";
import { SharedFunction } from "./shared-function";
import { SigningKey } from "./signing-key";

/** Arguments for {@link Fleet}. */
export interface FleetArgs {
    readonly plan: FleetPlan;
}

/**
 * What all pipelines of a stack share, and the pipelines themselves, which are added one by one with {@link Fleet.add}.
 *
 * Creates: {@link Network} `network`, {@link ArtifactStore} `artifacts` and, for each further region,
 * `artifacts-<region>`, {@link SigningKey} `signing` where artifacts are sealed, {@link Connections} `connection`, {@link CustomActions} `custom-action` where there are some,
 * {@link PackageRepositories} `packages` where there are some, {@link Approvals} `approve`, `aws.cloudwatch.LogGroup` `build-logs`, a {@link SharedFunction} by its key for each function,
 * {@link NotificationTargets} `tell` where something is made for those who are told, {@link Operations} `operations`, and
 * {@link Monitoring} `monitoring` where something watches.
 */
export class Fleet extends pulumi.ComponentResource {
    /** What plans refer to, by name; a stack of services that builds on this one needs nothing else of it. */
    public readonly handles: NamedHandles;

    /** Names of connections that wait to be confirmed in the console. */
    public readonly pendingConnections: pulumi.Output<string[]>;

    /** ARN of the policy that lets its holders answer approvals, by environment. */
    public readonly approverPolicies: Approvals["policyArns"];

    private readonly plan: FleetPlan;
    private readonly stores: Readonly<Record<string, ArtifactStore>>;
    private readonly shared: readonly pulumi.Resource[];
    private readonly rollback: readonly pulumi.Resource[];

    constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Fleet", name, {}, opts);
        const { plan } = args;
        const { tags, home, shared, protect, roles: terms } = plan;
        // What cannot be made again as it was: what it held, what people have confirmed, what addresses others know.
        const kept = { parent: this, protect };

        const store = new ArtifactStore("artifacts", { plan: shared.store, tags }, kept);
        const network = new Network("network", { plan: shared.network, home, keyArn: store.keyArn, terms, tags }, kept);
        // One in each further region that environments are deployed to, by the region's name.
        const abroad = shared.stores.map(
            further =>
                [
                    further.region,
                    new ArtifactStore(`artifacts-${further.region}`, { plan: further, abroad: true, tags }, kept),
                ] as const,
        );
        const signing =
            shared.signingKey === undefined
                ? undefined
                : new SigningKey("signing", { plan: shared.signingKey, tags }, kept);
        const connections = new Connections("connection", { plans: shared.connections, tags }, kept);
        const customActions =
            shared.customActions.length === 0
                ? []
                : [new CustomActions("custom-action", { plans: shared.customActions, tags }, kept)];
        const packages =
            shared.packages === undefined
                ? []
                : [new PackageRepositories("packages", { plan: shared.packages, keyArn: store.keyArn, tags }, kept)];
        const approvals = new Approvals(
            "approve",
            { plans: shared.approvals, keyArn: store.keyArn, terms, tags },
            { parent: this },
        );
        const logs = new cloudwatch.LogGroup(
            "build-logs",
            { name: shared.logs.group, retentionInDays: shared.logs.days, kmsKeyId: store.keyArn, tags },
            kept,
        );
        this.handles = {
            ...network.handles,
            artifactKey: store.keyArn,
            ...Object.fromEntries(abroad.map(([region, { keyArn }]) => [`artifactKey:${region}`, keyArn])),
            ...Object.fromEntries(
                Object.entries(connections.arns).map(([key, connection]) => [`connection:${key}`, connection]),
            ),
        };
        const { targets, monitoring } = shared.operations;
        const tell = targets.some(({ topic, queue }) => (topic ?? queue) !== undefined)
            ? new NotificationTargets("tell", { plans: targets, keyArn: store.keyArn, terms, tags }, { parent: this })
            : undefined;
        // Of a topic that is made the output, so that no alarm is made before it.
        const alarmTopics = shared.operations.alarmTopics.map(
            topic => tell?.topicArns[topic.split(":").slice(-1)[0]] ?? topic,
        );
        const functions = shared.functions.map(
            one =>
                new SharedFunction(
                    one.key,
                    {
                        plan: one,
                        keyArn: store.keyArn,
                        // The key that signs is the functions' alone: no pipeline refers to it.
                        handles: fromNames({ ...this.handles, ...(signing && { signingKey: signing.keyArn }) }),
                        alarmTopics,
                        terms,
                        tags,
                    },
                    { parent: this },
                ),
        );
        new Operations(
            "operations",
            {
                plan: shared.operations,
                keyArn: store.keyArn,
                protect,
                functions: Object.fromEntries(
                    shared.functions.map(({ key }, index) => [key, functions[index]] as const),
                ),
                tags,
            },
            { parent: this },
        );
        if (monitoring.alarms.length > 0 || monitoring.dashboard !== undefined) {
            new Monitoring("monitoring", { plan: monitoring, alarmTopics, tags }, { parent: this });
        }

        this.plan = plan;
        this.stores = { [home.region]: store, ...Object.fromEntries(abroad) };
        // The network as a whole: its ids alone are there before its rules and endpoints let a build out.
        this.shared = [
            network,
            logs,
            ...customActions,
            ...packages,
            ...approvals.topics,
            ...functions.filter((_, index) => shared.functions[index].queue === undefined),
        ];
        this.rollback = functions.filter((_, index) => shared.functions[index].key === rollbackKey);
        this.pendingConnections = connections.pending;
        this.approverPolicies = approvals.policyArns;
        this.registerOutputs({ pendingConnections: this.pendingConnections });
    }

    /** Makes one pipeline of a service. */
    add(pipeline: PipelinePlan): ServicePipeline {
        return new ServicePipeline(
            pipeline.logicalName,
            {
                plan: pipeline,
                handles: fromNames(this.handles),
                home: this.plan.home,
                stores: this.stores,
                terms: this.plan.roles,
                tags: this.plan.tags,
            },
            { parent: this, dependsOn: [...this.shared, ...(isRolledBack(pipeline) ? this.rollback : [])] },
        );
    }
}

/** Whether alarms of `pipeline` are sent to the queue of `rollback`: EventBridge gives up what it may not deliver. */
const isRolledBack = ({ components }: PipelinePlan) =>
    components.some(({ component }) => component === "RollbackAlarm");
