import { z } from "zod";
import type { Place } from "./kind";
import type { ActionType, CustomAction, Step } from "./plan";
import type { Text } from "./reference";
import { customActionKey, templateValue } from "./words";

const page = "https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html";

/**
 * What a worker can ask for jobs by.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionConfigurationProperty.html
 */
export const queryableValue = /^[A-Za-z0-9_-]{1,20}$/;

/** What a custom action is for: the word in the stack file → CodePipeline's. */
export const customCategories = { build: "Build", test: "Test", deploy: "Deploy" } as const;

export type CustomCategory = keyof typeof customCategories;

const count = z.int().min(0).max(5);

const counts = (noun: string) =>
    z.tuple([count, count]).default([0, 5]).describe(`Fewest and most ${noun} artifacts, 0 to 5. @default [0, 5]`);

const url = (description: string) =>
    z
        .string()
        .max(2048)
        .regex(/^https?:\/\/\S+$/, "a URL, such as https://tests.example.com/{Config:Project}")
        .optional()
        .describe(description);

const property = z.strictObject({
    required: z.boolean().default(true).describe("Whether every action says it. @default true"),
    key: z.boolean().default(false).describe("Whether it tells one action from another. @default false"),
    queryable: z
        .boolean()
        .default(false)
        .describe(
            "Whether a worker asks for jobs by it; of at most one property, which is required, with values of at most 20 letters, digits, `_` and `-`. @default false",
        ),
    type: z.enum(["String", "Number", "Boolean"]).default("String").describe("@default String"),
    description: z.string().min(1).max(160).optional().describe("Shown in the console. @default none"),
});

/** An entry of `customActions`: an action that workers of one's own perform. */
export const customAction = z.strictObject({
    category: z
        .enum(Object.keys(customCategories) as [CustomCategory, ...CustomCategory[]])
        .describe("What it is for."),
    provider: z
        .string()
        .regex(/^[0-9A-Za-z_-]{1,35}$/, "a provider of at most 35 letters, digits, `_` and `-`")
        .describe("Who performs it, as its workers ask for jobs."),
    version: z
        .string()
        .regex(/^[0-9A-Za-z_-]{1,9}$/, "a version of at most 9 letters, digits, `_` and `-`")
        .default("1")
        .describe(
            "Its version. One that was deleted never comes back, so another definition needs another version. @default 1",
        ),
    jenkins: z
        .string()
        .regex(/^https?:\/\/[^\s{}]+$/, "the address of a Jenkins server, such as https://jenkins.example.com")
        .optional()
        .describe("Makes the action, for the CodePipeline plugin of this Jenkins server. @default it exists"),
    create: z
        .strictObject({
            properties: z
                .record(
                    z
                        .string()
                        .regex(/^[A-Za-z][A-Za-z0-9_-]{0,49}$/, "a name of at most 50 letters, digits, `_` and `-`"),
                    property,
                )
                .refine(all => Object.keys(all).length <= 10, "at most 10 properties")
                .default({})
                .describe("What each action says in its `configuration`; never secrets, which would be in plain text."),
            inputs: counts("input"),
            outputs: counts("output"),
            entityUrl: url("Page of what the action works on; {Config:Name} is a property. @default no link"),
            executionUrl: url("Page of one run; {ExternalExecutionId} is what the worker calls it. @default no link"),
            revisionUrl: url("Page where the action's work is configured. @default no link"),
            signUpUrl: url("Page where one signs up. @default no link"),
        })
        .optional()
        .describe("Makes the action, with what its workers expect. @default it exists"),
});

/** What {@link customAction} reads as. */
export type CustomActionSettings = z.output<typeof customAction>;

/** What CodePipeline is told of a custom action that is made. */
export type CustomActionDefinition = NonNullable<CustomActionSettings["create"]>;

/**
 * The definition that the plugin of Jenkins works with, as the AWS CDK makes it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-codepipeline-actions/lib/jenkins/jenkins-provider.ts
 */
function jenkinsDefinition(server: string): CustomActionDefinition {
    const job = `${server.replace(/\/+$/, "")}/job/{Config:ProjectName}`;
    return {
        properties: {
            ProjectName: {
                required: true,
                key: true,
                queryable: true,
                type: "String",
                description: "The project in Jenkins",
            },
        },
        inputs: [0, 5],
        outputs: [0, 5],
        entityUrl: job,
        executionUrl: `${job}/{ExternalExecutionId}`,
    };
}

/** What is made of `settings`; undefined when the action exists. */
export const definitionOf = ({ create, jenkins }: CustomActionSettings): CustomActionDefinition | undefined =>
    jenkins === undefined ? create : jenkinsDefinition(jenkins);

/** The action of `settings`, as pipelines use it: of one that exists, nobody here knows the properties. */
export function customActionOf(settings: CustomActionSettings): CustomAction {
    const { category, provider, version } = settings;
    const definition = definitionOf(settings);
    return {
        category: customCategories[category],
        provider,
        version,
        inputs: definition?.inputs ?? [0, 5],
        outputs: definition?.outputs ?? [0, 5],
        ...(definition && { properties: definition.properties }),
    };
}

/** The type of an action that says `configuration`. */
function actionTypeOf(action: CustomAction, configuration: object): ActionType {
    const { category, provider, version, inputs, outputs, properties } = action;
    const named = Object.entries(properties ?? {});
    return {
        category,
        owner: "Custom",
        provider,
        version,
        inputs,
        outputs,
        configuration:
            properties === undefined
                ? { required: [], optional: Object.keys(configuration) }
                : {
                      required: named.filter(([, { required }]) => required).map(([name]) => name),
                      optional: [...named.filter(([, { required }]) => !required).map(([name]) => name), "JobList"],
                  },
        docs: page,
    };
}

/** Actions of any custom type, for `Kind.actions`. */
export const sampleAction = (category: CustomCategory, provider: string, required: readonly string[]): ActionType => ({
    category: customCategories[category],
    owner: "Custom",
    provider,
    version: "1",
    inputs: [0, 5],
    outputs: [0, 5],
    configuration: { required, optional: ["JobList"] },
    docs: page,
});

/** Keys of a kind whose action is any custom one. */
export const customShape = (category: CustomCategory) => ({
    action: customActionKey("The action: its key in `customActions`.", category),
    configuration: z
        .record(z.string().min(1).max(50), templateValue("A value; not a secret.", z.string().min(1).max(1000)))
        .default({})
        .describe("What the action is told, by its properties. @default nothing"),
});

/** Keys of a kind whose action is one of Jenkins. */
export const jenkinsShape = (category: CustomCategory) => ({
    server: customActionKey("The action of the Jenkins server: its key in `customActions`.", category),
    project: z
        .string()
        .regex(
            queryableValue,
            "the name of a project of at most 20 letters, digits, `_` and `-`: by it the plugin asks for jobs",
        )
        .describe("The project in Jenkins."),
});

/** What custom actions can never do, in words. */
export const customLimits = [
    "its worker polls CodePipeline for jobs, in the pipeline's account and region: no custom action crosses them",
    "at most 50 custom actions in a region",
] as const;

/** One custom action, with the artifact that it works on, and `outputs` where it hands on something. */
export function customStep(
    key: string,
    configuration: Readonly<Record<string, Text>>,
    at: Place,
    outputs: Step["outputs"] = [],
): Step {
    const action = at.customActions[key];
    const { category, provider, version } = action;
    const type = actionTypeOf(action, configuration);
    const said = Object.values(configuration).filter(value => typeof value === "string");
    return {
        name: at.unit,
        action: type,
        summary: [`${provider} (custom action)`, ...said].join(" "),
        configuration,
        inputs: at.inputs.slice(0, Math.min(1, type.inputs[1])).map(({ name }) => name),
        outputs,
        grants: [],
        prerequisites: [
            `a worker of the custom action ${category} ${provider} ${version} polls CodePipeline in ${at.home.region}, as the policy AWSCodePipelineCustomActionAccess lets it`,
        ],
    };
}
