import type { ConfigurationKeys, Rule } from "../../catalog/plan";
import type { FleetRule } from "./rule";

const page = (name: string) =>
    `https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-${name}.html` as const;

/** The rules that conditions of this project hold, and their keys as their pages name them. */
const known: Readonly<Record<string, ConfigurationKeys>> = {
    CloudWatchAlarm: { required: ["AlarmName"], optional: ["AlarmStates", "WaitTime"] },
    DeploymentWindow: { required: ["Cron"], optional: ["TimeZone"] },
    LambdaInvoke: { required: ["FunctionName"], optional: ["UserParameters"] },
    VariableCheck: { required: ["Operator", "Value", "Variable"], optional: [] },
};

/** What is wrong with the keys of one gate, in words. */
function wrongKeys({ name, provider, configuration }: Rule): string[] {
    if (!Object.hasOwn(known, provider)) {
        return [`the gate ${name} is a ${provider}, of ${Object.keys(known).join(", ")}`];
    }
    const { required, optional } = known[provider];
    const given = Object.keys(configuration);
    return [
        ...given
            .filter(key => !required.includes(key) && !optional.includes(key))
            .map(key => `the gate ${name} (${provider}) has no configuration key ${key}: ${page(provider)}`),
        ...required
            .filter(key => !given.includes(key))
            .map(key => `the gate ${name} (${provider}) needs the configuration key ${key}: ${page(provider)}`),
    ];
}

/** What gates may say. */
export const gateRules: readonly FleetRule[] = [
    {
        name: "gate-keys",
        severity: "error",
        source: Object.keys(known).map(page).join("; "),
        check: ({ pipelines }) =>
            pipelines.flatMap(({ service, stages }) =>
                stages.flatMap(({ before, after }) =>
                    [...before, ...after].flatMap(wrongKeys).map(message => ({ path: ["services", service], message })),
                ),
            ),
    },
];
