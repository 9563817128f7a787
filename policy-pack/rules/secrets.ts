import { parse } from "yaml";
import { credentialIn } from "../../config/plain-text/forms";
import { isSecretName } from "../../config/plain-text/names";
import { secretNameProblems } from "../../config/plain-text/variables";
import {
    below,
    found,
    isRecord,
    listed,
    ofTypes,
    texts,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
    type Settings,
} from "./rule";

const remedy = "keep it in Secrets Manager or SSM, name it there, and replace it where it is valid";

/** A value that only says where a secret is. */
const isReference = (value: string) => /^(arn:[^:]+:(secretsmanager|ssm):|\{\{resolve:|#\{)/.test(value);

/** Every text below `value`, with where it stands; {@link unknown} too. */
function* textsBelow(value: unknown, at: string): Generator<readonly [string, string | typeof unknown]> {
    if (typeof value === "string" || value === unknown) {
        yield [at, value];
    } else if (Array.isArray(value)) {
        for (const [index, inner] of value.entries()) {
            yield* textsBelow(inner, `${at}[${index}]`);
        }
    } else if (isRecord(value)) {
        for (const [key, inner] of Object.entries(value)) {
            yield* textsBelow(inner, at === "" ? key : `${at}.${key}`);
        }
    }
}

/** Properties of which values are secrets by purpose: rules of their own look at them. */
const ownRules: Readonly<Record<string, readonly string[]>> = {
    "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretBinary"],
};

/** Texts in the form of a known credential, anywhere in a resource of AWS. */
const credentials = (resource: Resource): readonly Result[] =>
    !resource.type.startsWith("aws:")
        ? []
        : [...textsBelow(resource.props, "")].flatMap(([at, text]) => {
              const credential =
                  typeof text === "string" && !ownRules[resource.type]?.includes(at) ? credentialIn(text) : undefined;
              return credential === undefined
                  ? []
                  : [found(resource, at, "no secret in plain text", `what looks like ${credential}`, remedy)];
          });

/** A variable, where it stands and what it is set to. */
interface Variable {
    readonly at: string;
    readonly name: unknown;
    readonly value: unknown;
}

/** Whether CodeBuild takes the value of a variable as it stands, and not as the name of a secret or a parameter. */
const isPlain = (variable: unknown) => ["PLAINTEXT", undefined].includes(below(variable, "type") as string | undefined);

/** Variables of builds, functions, actions and parameters that are plain text. */
function variablesOf({ type, props }: Resource): readonly Variable[] {
    switch (type) {
        case "aws:codebuild/project:Project":
            return listed(below(props, "environment", "environmentVariables"))
                .map((variable, index) => ({ variable, at: `environment.environmentVariables[${index}]` }))
                .filter(({ variable }) => isPlain(variable))
                .map(({ variable, at }) => ({ at, name: below(variable, "name"), value: below(variable, "value") }));
        case "aws:lambda/function:Function":
            return variables(below(props, "environment", "variables"), "environment.variables");
        case "aws:ssm/parameter:Parameter":
            return props.type === "SecureString"
                ? []
                : [{ at: "value", name: lastPart(props.name), value: props.value ?? props.insecureValue }];
        case "aws:codepipeline/pipeline:Pipeline":
            return [
                ...listed(props.variables).map((variable, index) => ({
                    at: `variables[${index}]`,
                    name: below(variable, "name"),
                    value: below(variable, "defaultValue"),
                })),
                ...listed(props.stages).flatMap((stage, index) =>
                    listed(below(stage, "actions")).flatMap((action, place) =>
                        ofAction(below(action, "configuration"), `stages[${index}].actions[${place}].configuration`),
                    ),
                ),
            ];
        default:
            return [];
    }
}

const lastPart = (name: unknown) => (typeof name === "string" ? name.split("/").at(-1) : name);

const variables = (map: unknown, at: string): readonly Variable[] =>
    isRecord(map) ? Object.entries(map).map(([name, value]) => ({ at: `${at}.${name}`, name, value })) : [];

/** Variables that an action hands to a build, parameters that it hands to a stack. */
function ofAction(configuration: unknown, at: string): readonly Variable[] {
    const given = read(below(configuration, "EnvironmentVariables"));
    return [
        ...listed(given)
            .filter(isPlain)
            .map(variable => ({
                at: `${at}.EnvironmentVariables`,
                name: below(variable, "name"),
                value: below(variable, "value"),
            })),
        ...variables(read(below(configuration, "ParameterOverrides")), `${at}.ParameterOverrides`),
    ];
}

/** JSON or YAML, or nothing where it is neither. */
function read(text: unknown): unknown {
    try {
        return typeof text === "string" ? (parse(text, { logLevel: "silent" }) as unknown) : undefined;
    } catch {
        return undefined;
    }
}

/** Commands of a buildspec, and its own variables. */
function buildspecOf({ type, props }: Resource): { environment: Record<string, string>; commands: string[] } {
    const spec = type === "aws:codebuild/project:Project" ? read(below(props, "source", "buildspec")) : undefined;
    const phases = below(spec, "phases");
    return {
        environment: Object.fromEntries(
            Object.entries((below(spec, "env", "variables") as object | undefined) ?? {}).map(([name, value]) => [
                name,
                String(value),
            ]),
        ),
        commands: isRecord(phases)
            ? Object.values(phases)
                  .flatMap(phase => [...listed(below(phase, "commands")), ...listed(below(phase, "finally"))])
                  .filter(command => typeof command === "string")
            : [],
    };
}

/** Names of variables that hold secrets, with a value. */
function names(resource: Resource, settings: Settings): readonly Result[] {
    const notSecret = texts(settings, "notSecret");
    const named = variablesOf(resource).flatMap(({ at, name, value }): readonly Result[] => {
        if (typeof name !== "string" || !isSecretName(name) || notSecret.includes(name)) {
            return [];
        }
        return value === unknown
            ? [unseen(resource, at)]
            : typeof value !== "string" || value === "" || isReference(value) || credentialIn(value) !== undefined
              ? []
              : [found(resource, at, "no secret in plain text", `a value of ${name}`, remedy)];
    });
    const written = secretNameProblems({ ...buildspecOf(resource), notSecret }).map(({ path }) =>
        found(
            resource,
            `source.buildspec ${path.join(" ")}`,
            "no secret in plain text",
            "a variable that holds one by its name",
            `${remedy}, or list the variable in the rule's setting \`notSecret\``,
        ),
    );
    return [...named, ...written];
}

/** What is asked of secrets. */
export const secretRules: readonly Rule[] = [
    {
        name: "no-plain-text-secret",
        description:
            "No secret stands in plain text: not in variables, build specifications, parameters or anything else",
        level: "mandatory",
        severity: "critical",
        settings: {
            notSecret: {
                type: "strings",
                description: "Names of variables that sound as if they held a secret, and hold none",
                default: [],
            },
        },
        check: (resource, settings) => [...credentials(resource), ...names(resource, settings)],
    },
    {
        name: "secret-without-value",
        description: "Values of secrets are not part of a stack, whose state and previews would hold them",
        level: "mandatory",
        severity: "high",
        check: ofTypes(["aws:secretsmanager/secretVersion:SecretVersion"], resource =>
            ["secretString", "secretBinary"]
                .filter(key => resource.props[key] !== undefined && resource.props[key] !== "")
                .map(key =>
                    resource.props[key] === unknown
                        ? unseen(resource, key)
                        : found(
                              resource,
                              key,
                              "no value",
                              "one",
                              "let the stack make the secret, and put its value there by hand or by rotation",
                          ),
                ),
        ),
    },
];
