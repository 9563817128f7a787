import type { Problem } from "../../catalog/problem";
import { isSecretName } from "../../config/plain-text";
import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";
import { fullConfiguration } from "./text";

/** Words that name a secret, or are filled in when the pipeline runs, and are none themselves. */
const reference = /^$|^arn:|^\/|^ssm:|\{\{resolve:|#\{|^\$\./;

/** What pipelines show to everybody who may look at them. */
export const secretRules: readonly FleetRule[] = [
    {
        name: "secret-in-configuration",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipeline.html",
        check: ({ pipelines }) => {
            const all = pipelines.flatMap(({ service, stages }) => stages.flatMap(stage => inStage(stage, service)));
            // A gate of an environment is the same for all services: it is told once, with the first of them.
            const key = ({ path, message }: Problem) => (path.length === 2 ? message : JSON.stringify([path, message]));
            return all.filter((one, index) => all.findIndex(other => key(other) === key(one)) === index);
        },
    },
];

function inStage(
    { actions, before, after }: FleetPlan["pipelines"][number]["stages"][number],
    service: string,
): Problem[] {
    const texts = [
        ...actions.flatMap(action =>
            fullConfiguration(action).map(([, text]) => ({ path: action.path, who: action.name, text })),
        ),
        ...[...before, ...after].flatMap(({ name, configuration }) =>
            Object.values(configuration).map(text => ({ path: ["services", service], who: `the gate ${name}`, text })),
        ),
    ];
    return texts.flatMap(({ path, who, text }) =>
        secretsIn(parsed(text)).map(key => ({
            path,
            message: `${who} is given ${key} in plain text, which by its name is a secret: whoever sees the pipeline sees it; give the name of a secret instead`,
        })),
    );
}

/** `text` as JSON; undefined where it is none. */
function parsed(text: string): unknown {
    try {
        return text.startsWith("{") ? JSON.parse(text) : undefined;
    } catch {
        return undefined;
    }
}

/** Keys below `value` that hold a secret by their name. */
const secretsIn = (value: unknown): string[] =>
    typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([key, inner]) =>
              typeof inner === "string" ? (isSecretName(key) && !reference.test(inner) ? [key] : []) : secretsIn(inner),
          );
