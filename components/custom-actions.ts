import * as codepipeline from "@pulumi/aws/codepipeline";
import * as pulumi from "@pulumi/pulumi";
import type { CustomActionPlan } from "../blueprint/plan";

/** Arguments for {@link CustomActions}. */
export interface CustomActionsArgs {
    readonly plans: readonly CustomActionPlan[];
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The custom actions that this stack makes: what workers of one's own perform, Jenkins among them.
 *
 * A version that was deleted can never be made again, and every change of a definition makes a new one: so it has to come with
 * another version.
 *
 * Creates: `aws.codepipeline.CustomActionType` `<name>-<key>` for each.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_DeleteCustomActionType.html
 */
export class CustomActions extends pulumi.ComponentResource {
    /** ARN of each custom action, by its key. */
    public readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: CustomActionsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:CustomActions", name, {}, opts);

        this.arns = Object.fromEntries(
            args.plans.map(plan => [
                plan.key,
                new codepipeline.CustomActionType(
                    `${name}-${plan.key}`,
                    { ...typeArgs(plan), tags: args.tags },
                    { parent: this },
                ).arn,
            ]),
        );
        this.registerOutputs({ arns: this.arns });
    }
}

function typeArgs({ category, provider, version, definition }: CustomActionPlan) {
    const { properties, inputs, outputs, entityUrl, executionUrl, revisionUrl, signUpUrl } = definition;
    const counts = ([minimumCount, maximumCount]: readonly [number, number]) => ({ minimumCount, maximumCount });
    const settings = {
        ...(entityUrl !== undefined && { entityUrlTemplate: entityUrl }),
        ...(executionUrl !== undefined && { executionUrlTemplate: executionUrl }),
        ...(revisionUrl !== undefined && { revisionUrlTemplate: revisionUrl }),
        ...(signUpUrl !== undefined && { thirdPartyConfigurationUrl: signUpUrl }),
    };
    return {
        category,
        providerName: provider,
        version,
        inputArtifactDetails: counts(inputs),
        outputArtifactDetails: counts(outputs),
        configurationProperties: Object.entries(properties).map(([name, property]) => ({
            name,
            ...property,
            // A secret would be in plain text in the stack file and in the state.
            secret: false,
        })),
        ...(Object.keys(settings).length > 0 && { settings }),
    };
}
