import * as pulumi from "@pulumi/pulumi";

/** Arguments for {@link Safeguard}. */
export interface SafeguardArgs {
    /** What is not to be deleted. */
    readonly around: readonly pulumi.Resource[];

    /** Whether it guards; where it does not, it can be deleted itself. */
    readonly protect: boolean;
}

/**
 * What makes `pulumi destroy` stop before it has deleted anything: where it is protected, it stands on all of `around`, so it is
 * the first that would be deleted, also where no preview is asked for. What is around it can still be changed, replaced and
 * removed one by one, as far as it is not protected itself.
 *
 * Creates: nothing beside itself.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/protect/
 */
export class Safeguard extends pulumi.ComponentResource {
    constructor(name: string, { around, protect }: SafeguardArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Safeguard", name, {}, { ...opts, protect, dependsOn: [...around] });
        this.registerOutputs();
    }
}
