import * as codeconnections from "@pulumi/aws/codeconnections";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectionPlan } from "../blueprint/plan";

/** Arguments for {@link Connections}. */
export interface ConnectionsArgs {
    readonly plans: readonly ConnectionPlan[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The connections to repositories that this stack makes. Each waits for a person: until it is confirmed once in the
 * console, no pipeline can read from it.
 *
 * Creates: `aws.codeconnections.Connection` `<name>-<key>` for each.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export class Connections extends pulumi.ComponentResource {
    /** ARN of each connection, by its key. */
    public readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

    /** Names of those that waited for confirmation when they were last read; `pulumi refresh` reads them again. */
    public readonly pending: pulumi.Output<string[]>;

    constructor(name: string, args: ConnectionsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Connections", name, {}, opts);

        const made = args.plans.map(
            plan =>
                [
                    plan,
                    new codeconnections.Connection(
                        `${name}-${plan.key}`,
                        // A host knows its provider itself; AWS takes one or the other.
                        {
                            name: plan.name,
                            ...(plan.host === undefined ? { providerType: plan.provider } : { hostArn: plan.host }),
                            tags: args.tags,
                        },
                        { parent: this },
                    ),
                ] as const,
        );

        this.arns = Object.fromEntries(made.map(([plan, connection]) => [plan.key, connection.arn]));
        this.pending = pulumi
            .all(
                made.map(([plan, connection]) =>
                    connection.connectionStatus.apply(status => ({ name: plan.name, status })),
                ),
            )
            .apply(all => all.filter(({ status }) => status !== "AVAILABLE").map(connection => connection.name));
        this.registerOutputs({ pending: this.pending });
    }
}
