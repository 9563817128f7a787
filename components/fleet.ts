import * as pulumi from "@pulumi/pulumi";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { makeFoundation, type Foundation, type SharedOutputs } from "./foundation";
import { Safeguard } from "./safeguard";
import { ServicePipeline } from "./service-pipeline";

/** Arguments for {@link Fleet}. */
export interface FleetArgs {
    readonly plan: FleetPlan;

    /** What another stack has made that the pipelines stand on. @default it is made here */
    readonly foundation?: Foundation;
}

/**
 * What all pipelines of a stack share, and the pipelines themselves, which are added one by one with {@link Fleet.add}. Of a stack of
 * services, the pipelines alone: what they share is of another stack.
 *
 * Creates: what {@link makeFoundation} makes, unless another stack has made it; and of a platform a {@link Safeguard}
 * `safeguard`.
 */
export class Fleet extends pulumi.ComponentResource {
    /** What the stack tells of what is shared; empty where another stack makes it. */
    public readonly outputs: SharedOutputs;

    private readonly plan: FleetPlan;
    private readonly foundation: Foundation;

    constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Fleet", name, {}, opts);
        this.plan = args.plan;
        this.foundation = args.foundation ?? makeFoundation(args.plan, this);
        if (args.plan.spread.role === "platform") {
            new Safeguard("safeguard", { around: this.foundation.made, protect: args.plan.protect }, { parent: this });
        }
        this.outputs = this.foundation.outputs;
        this.registerOutputs({ pendingConnections: this.outputs.pendingConnections });
    }

    /** Makes one pipeline of a service. */
    add(pipeline: PipelinePlan): ServicePipeline {
        const { handles, stores, ready, rollback } = this.foundation;
        return new ServicePipeline(
            pipeline.logicalName,
            {
                plan: pipeline,
                handles,
                home: this.plan.home,
                stores,
                terms: this.plan.roles,
                tags: this.plan.tags,
            },
            {
                parent: this,
                dependsOn: [...ready, ...(isRolledBack(pipeline) ? rollback : [])],
                // Where `pulumi state move` puts it on its way from another stack.
                aliases: [{ parent: pulumi.rootStackResource }],
            },
        );
    }
}

/** Whether alarms of `pipeline` are sent to the queue of `rollback`: EventBridge gives up what it may not deliver. */
const isRolledBack = ({ components }: PipelinePlan) =>
    components.some(({ component }) => component === "RollbackAlarm");
