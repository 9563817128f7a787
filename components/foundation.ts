import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { provided } from "../blueprint/provided";
import { rollbackKey } from "../blueprint/rollback-alarms";
import type { FleetPlan } from "../blueprint/plan";
import { Approvals } from "./approvals";
import { ArtifactStore } from "./artifact-store";
import { Connections } from "./connections";
import { CustomActions } from "./custom-actions";
import { Monitoring } from "./monitoring";
import { Network } from "./network";
import { NotificationTargets } from "./notification-targets";
import { Operations } from "./operations";
import { PackageRepositories } from "./package-repositories";
import { fromNames, type Handles, type NamedHandles } from "./resolve";
import type { ServicePipelineArgs } from "./service-pipeline";
import { SharedFunction } from "./shared-function";
import { SigningKey } from "./signing-key";

/** What the pipelines of a stack stand on. */
export interface Foundation {
    /** What plans refer to. */
    readonly handles: Handles;

    readonly stores: ServicePipelineArgs["stores"];

    /** What each pipeline waits for. */
    readonly ready: readonly pulumi.Resource[];

    /** What a pipeline waits for whose alarms roll it back. */
    readonly rollback: readonly pulumi.Resource[];

    /** All of it. */
    readonly made: readonly pulumi.Resource[];

    /** What the stack tells of it. */
    readonly outputs: SharedOutputs;
}

/** What a stack tells that makes what all services share. */
export interface SharedOutputs {
    /** Names of connections that wait to be confirmed in the console. */
    readonly pendingConnections?: pulumi.Output<string[]>;

    /** ARN of the policy that lets its holders answer approvals, by environment. */
    readonly approverPolicies?: Approvals["policyArns"];

    /** What plans refer to, by name; a stack of services that stands on this one needs nothing else of it. */
    readonly handles?: NamedHandles;

    /** Of a platform: what else stacks of services can only stand on when it is there, by name. */
    readonly provides?: readonly string[];
}

/**
 * Makes what all services share.
 *
 * Creates: {@link Network} `network`, {@link ArtifactStore} `artifacts` and, for each further region,
 * `artifacts-<region>`, {@link SigningKey} `signing` where artifacts are sealed, {@link Connections} `connection`, {@link CustomActions} `custom-action` where there are some,
 * {@link PackageRepositories} `packages` where there are some, {@link Approvals} `approve`, `aws.cloudwatch.LogGroup` `build-logs`, a {@link SharedFunction} by its key for each function,
 * {@link NotificationTargets} `tell` where something is made for those who are told, {@link Operations} `operations`, and
 * {@link Monitoring} `monitoring` where something watches.
 */
export function makeFoundation(plan: FleetPlan, parent: pulumi.Resource): Foundation {
    const { tags, home, shared, protect, roles: terms } = plan;
    // What cannot be made again as it was: what it held, what people have confirmed, what addresses others know.
    const kept = { parent, protect };

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
        { parent },
    );
    const logs = new cloudwatch.LogGroup(
        "build-logs",
        { name: shared.logs.group, retentionInDays: shared.logs.days, kmsKeyId: store.keyArn, tags },
        kept,
    );
    const handles: NamedHandles = {
        ...network.handles,
        artifactKey: store.keyArn,
        ...Object.fromEntries(abroad.map(([region, { keyArn }]) => [`artifactKey:${region}`, keyArn])),
        ...Object.fromEntries(
            Object.entries(connections.arns).map(([key, connection]) => [`connection:${key}`, connection]),
        ),
    };
    const { targets, monitoring } = shared.operations;
    const tell = targets.some(({ topic, queue }) => (topic ?? queue) !== undefined)
        ? new NotificationTargets("tell", { plans: targets, keyArn: store.keyArn, terms, tags }, { parent })
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
                    handles: fromNames({ ...handles, ...(signing && { signingKey: signing.keyArn }) }),
                    alarmTopics,
                    terms,
                    tags,
                },
                { parent },
            ),
    );
    const operations = new Operations(
        "operations",
        {
            plan: shared.operations,
            keyArn: store.keyArn,
            protect,
            functions: Object.fromEntries(shared.functions.map(({ key }, index) => [key, functions[index]] as const)),
            tags,
        },
        { parent },
    );
    const watching =
        monitoring.alarms.length > 0 || monitoring.dashboard !== undefined
            ? [new Monitoring("monitoring", { plan: monitoring, alarmTopics, tags }, { parent })]
            : [];

    return {
        handles: fromNames(handles),
        stores: { [home.region]: store, ...Object.fromEntries(abroad) },
        // The network as a whole: its ids alone are there before its rules and endpoints let a build out.
        ready: [
            network,
            logs,
            ...customActions,
            ...packages,
            ...approvals.topics,
            ...functions.filter((_, index) => shared.functions[index].queue === undefined),
        ],
        made: [
            network,
            store,
            ...abroad.map(([, further]) => further),
            ...(signing === undefined ? [] : [signing]),
            connections,
            ...customActions,
            ...packages,
            approvals,
            logs,
            ...(tell === undefined ? [] : [tell]),
            ...functions,
            operations,
            ...watching,
        ],
        rollback: functions.filter((_, index) => shared.functions[index].key === rollbackKey),
        outputs: {
            pendingConnections: connections.pending,
            approverPolicies: approvals.policyArns,
            handles,
            ...(plan.spread.role === "platform" && { provides: provided(shared) }),
        },
    };
}
