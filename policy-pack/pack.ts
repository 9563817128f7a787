import type {
    PolicyConfigSchema,
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { readExceptions, unexcepted, unused } from "./exceptions";
import { known } from "./known";
import { rules } from "./rules";
import { defaultsOf, isFound, resultsOf, type Resource, type Rule, type Setting, type Settings } from "./rules/rule";

/** A policy that is asked for each resource before it is made, and for the stack once all are known. */
export type PackPolicy = ResourceValidationPolicy & StackValidationPolicy;

/** What a rule may be told: its own settings, and its exceptions. */
interface Configuration {
    readonly exceptions?: unknown;
    readonly [setting: string]: unknown;
}

const schemaOf = ({ type, description, default: value }: Setting) =>
    type === "strings"
        ? { type: "array" as const, items: { type: "string" as const }, description, default: [...(value as string[])] }
        : { type, description, default: value as boolean | number };

/**
 * The schema of a rule's configuration. What is missing of an exception is reported by the rule, in words that help, and
 * not refused by the schema.
 */
const schema = ({ settings = {} }: Rule): PolicyConfigSchema => ({
    properties: {
        ...Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, schemaOf(setting)])),
        exceptions: {
            type: "array",
            description: "Resources for which the rule does not hold, each with a reason and its last day",
            items: {
                type: "object",
                properties: {
                    resource: { type: "string", description: "Logical name or URN; * stands for any characters" },
                    reason: { type: "string", description: "Why" },
                    until: { type: "string", description: "The last day, YYYY-MM-DD" },
                },
            },
            default: [],
        },
    },
});

const today = () => new Date().toISOString().slice(0, 10);

/** Properties as rules read them. */
const one = ({ type, name, urn, props }: ResourceValidationArgs): Resource => ({
    type,
    name,
    urn,
    props: known(props) as Resource["props"],
    references: {},
});

const all = ({ resources }: StackValidationArgs): readonly Resource[] =>
    resources.map(({ type, name, urn, props, propertyDependencies }: PolicyResource) => ({
        type,
        name,
        urn,
        props: known(props) as Resource["props"],
        references: Object.fromEntries(
            Object.entries(propertyDependencies).map(([key, others]) => [key, others.map(other => other.urn)]),
        ),
    }));

/** A rule's settings: those of its configuration, and else its defaults. */
const settingsOf = (rule: Rule, configuration: Configuration): Settings => ({
    ...defaultsOf(rule),
    ...(configuration as Settings),
});

/** `rule` as a policy of Pulumi. */
export const policyOf = (rule: Rule): PackPolicy => ({
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    configSchema: schema(rule),
    validateResource: (args, report) => {
        const configuration = args.getConfig<Configuration>();
        const results = rule.check?.(one(args), settingsOf(rule, configuration)) ?? [];
        const exceptions = readExceptions(configuration.exceptions, today());
        unexcepted(results.filter(isFound), exceptions).forEach(({ message }) => report(message));
    },
    validateStack: (args, report) => {
        const configuration = args.getConfig<Configuration>();
        const settings = settingsOf(rule, configuration);
        const resources = all(args);
        const exceptions = readExceptions(configuration.exceptions, today());
        const together = rule.checkStack?.(resources, settings) ?? [];
        unexcepted(together.filter(isFound), exceptions).forEach(({ message, urn }) => report(message, urn));
        const results = exceptions.holding.length === 0 ? [] : resultsOf(rule, resources, settings);
        const problems = [...exceptions.problems, ...unused(exceptions, results)];
        problems.forEach(problem => report(`${rule.name}: ${problem}`));
    },
});

/** What no rule could look at yet, one line for each rule: it is looked at again when it is deployed. */
export const notYetKnown: StackValidationPolicy = {
    name: "not-yet-known",
    description: "Rules look at what only the deployment knows when it is deployed, not in a preview",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: (args, report) => {
        const resources = all(args);
        for (const rule of rules) {
            const unseen = resultsOf(rule, resources, defaultsOf(rule)).filter(result => !isFound(result));
            const where = [...new Set(unseen.map(({ name, at }) => `${name} ${at}`))];
            if (where.length > 0) {
                const more = where.length > 3 ? `, and ${where.length - 3} more` : "";
                report(`${rule.name} looks at this once it is deployed: ${where.slice(0, 3).join(", ")}${more}`);
            }
        }
    },
};

/** Every policy of the pack. */
export const policies = [...rules.map(policyOf), notYetKnown];
