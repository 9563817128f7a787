import type { Path, Problem } from "../../catalog/problem";
import type { FleetPlan, PipelinePlan, StagePlan } from "../plan";
import { actionsOf, eachAction } from "./each";
import type { FleetRule } from "./rule";

const model = "API model of codepipeline 2015-07-09";
const commandsPage = "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html";
const variablesPage = "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html";

const ofService = (pipeline: PipelinePlan): Path => ["services", pipeline.service];

const eachRule = (fleet: FleetPlan, messages: (rule: StagePlan["before"][number]) => readonly string[]): Problem[] =>
    fleet.pipelines.flatMap(pipeline =>
        pipeline.stages.flatMap(({ before, after }) =>
            [...before, ...after].flatMap(rule =>
                messages(rule).map(message => ({ path: ofService(pipeline), message })),
            ),
        ),
    );

/** Messages for what is more than `most`. */
const over = (what: string, found: number, most: number, remedy: string): string[] =>
    found > most ? [`${what}: ${found}, of at most ${most}: ${remedy}`] : [];

const namespace = /^[A-Za-z0-9@_-]{1,100}$/;

/** Namespaces that CodePipeline has itself: of the execution, and of the pipeline's variables. */
const reservedNamespaces = ["codepipeline", "variables"];

/** What single actions and gates may not be. */
export const actionRules: readonly FleetRule[] = [
    {
        name: "action-type",
        severity: "error",
        source: model,
        check: fleet =>
            eachAction(fleet, ({ name, action: { provider, version } }) => [
                ...(/^[0-9A-Za-z_-]{1,35}$/.test(provider)
                    ? []
                    : [`${name} has the provider ${JSON.stringify(provider)}: at most 35 of A-Z a-z 0-9 _ -`]),
                ...(/^[0-9A-Za-z_-]{1,9}$/.test(version)
                    ? []
                    : [`${name} has the version ${JSON.stringify(version)}: at most 9 of A-Z a-z 0-9 _ -`]),
            ]),
    },
    {
        name: "configuration-key-length",
        severity: "error",
        source: model,
        check: fleet =>
            eachAction(fleet, ({ name, configuration }) =>
                Object.keys(configuration)
                    .filter(key => key.length > 50)
                    .map(key => `${name} has the configuration key ${key} of ${key.length} characters, of at most 50`),
            ),
    },
    {
        name: "gate-configuration",
        severity: "error",
        source: model,
        check: fleet =>
            eachRule(fleet, ({ name, configuration }) => [
                ...over(
                    `configuration keys of the gate ${name}`,
                    Object.keys(configuration).length,
                    200,
                    "say less in one gate",
                ),
                ...Object.keys(configuration)
                    .filter(key => key.length > 50)
                    .map(
                        key =>
                            `the gate ${name} has the configuration key ${key} of ${key.length} characters, of at most 50`,
                    ),
                ...Object.entries(configuration)
                    .filter(([, value]) => value.length < 1 || value.length > 10_000)
                    .map(([key, value]) => `${key} of the gate ${name} has ${value.length} characters, of 1 to 10000`),
            ]),
    },
    {
        name: "role-arn-length",
        severity: "error",
        source: model,
        check: fleet =>
            eachAction(fleet, ({ name, roleArn = "" }) =>
                over(`characters of the role ARN of ${name}`, roleArn.length, 1024, "choose a shorter role name"),
            ),
    },
    {
        name: "namespaces",
        severity: "error",
        source: variablesPage,
        check: fleet => fleet.pipelines.flatMap(namespaceProblems),
    },
    {
        name: "commands",
        severity: "error",
        source: `${commandsPage}; ${model}`,
        check: fleet =>
            eachAction(fleet, ({ name, compute }) =>
                compute === undefined
                    ? []
                    : [
                          ...(compute.commands.length === 0 ? [`${name} has no command, of at least 1`] : []),
                          ...over(`commands of ${name}`, compute.commands.length, 50, "put them into a script"),
                          ...compute.commands.flatMap(command => [
                              ...over(
                                  `characters of a command of ${name}`,
                                  command.length,
                                  1000,
                                  "put it into a script",
                              ),
                              ...(/[\r\n]/.test(command)
                                  ? [`a command of ${name} has several lines: each has to be a single line`]
                                  : []),
                          ]),
                      ],
            ),
    },
    {
        name: "commands-output",
        severity: "error",
        source: `${commandsPage}; ${model}`,
        check: fleet =>
            eachAction(fleet, ({ name, compute }) => [
                ...over(`output variables of ${name}`, compute?.outputVariables.length ?? 0, 15, "export fewer"),
                ...(compute?.outputVariables ?? []).flatMap(variable =>
                    over(
                        `characters of the output variable ${variable} of ${name}`,
                        variable.length,
                        128,
                        "shorten it",
                    ),
                ),
                ...Object.values(compute?.files ?? {}).flatMap(files => [
                    ...(files.length === 0 ? [`${name} hands on no file, of at least 1`] : []),
                    ...over(`files of ${name}`, files.length, 10, "name a folder"),
                    ...files.flatMap(file => over(`characters of a file of ${name}`, file.length, 128, "shorten it")),
                ]),
            ]),
    },
];

/** Namespaces of one pipeline that AWS does not take, that stand twice, or that are an artifact's name. */
function namespaceProblems(pipeline: PipelinePlan): Problem[] {
    const all = actionsOf(pipeline);
    const artifacts = new Set(all.flatMap(({ outputs }) => outputs));
    const first = new Set<string>();
    return all.flatMap(({ name, namespace: own, path }) => {
        if (own === undefined) {
            return [];
        }
        const problem = (what: string) => [
            { path, message: `the namespace ${JSON.stringify(own)} of ${name} ${what}` },
        ];
        if (first.has(own)) {
            return problem("stands twice in the pipeline");
        }
        first.add(own);
        return !namespace.test(own)
            ? problem("is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 @ _ -")
            : reservedNamespaces.includes(own)
              ? problem("is CodePipeline's own: choose another name")
              : artifacts.has(own)
                ? problem("is the name of an artifact too: choose another name")
                : [];
    });
}
