import type { Problem } from "../../catalog/problem";
import { retiredImage } from "../../catalog/age";
import type { FleetPlan } from "../plan";
import { projectsOf, runsOf, type PlacedProject } from "./projects";
import type { FleetRule } from "./rule";

const troubleshooting =
    "https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html#troubleshooting-large-env-vars";

const eachProject = (fleet: FleetPlan, messages: (placed: PlacedProject) => readonly string[]): Problem[] =>
    projectsOf(fleet).flatMap(placed => messages(placed).map(message => ({ path: placed.path, message })));

/** Longest of the minutes that AWS has named for an action that runs CodeBuild; whether it waits longer by now is not known. */
const actionMinutes = 480;

/** Characters, names and values together, at about which CodeBuild begins to fail. */
const mostCharacters = 5_500;

/** Characters that a single variable was refused with more of. */
const longestValue = 4_096;

/** Names of secrets and of parameters, which variables refer to. */
const longestReference = {
    SECRETS_MANAGER: { what: "secret", most: 512 },
    PARAMETER_STORE: { what: "parameter", most: 2_048 },
} as const;

/** Of a reference to a secret only its name: not what the ARN or the build adds to it. */
const nameOf = (reference: string) =>
    reference.startsWith("arn:") ? reference.split(":")[6].slice(0, -"-AbCdEf".length) : reference.split(":")[0];

/** What CodeBuild does with a project when it runs, and what it was when its image was made. */
export const buildRules: readonly FleetRule[] = [
    {
        name: "retired-image",
        severity: "warning",
        source: "catalog/age.ts; https://docs.aws.amazon.com/codebuild/latest/userguide/deprecated-images.html",
        together: true,
        check: retiredImages,
    },
    {
        name: "length-of-variables",
        severity: "warning",
        source: `${troubleshooting}; https://github.com/wolfeidau/buildkite-serverless-agent/issues/35 (4,096 characters of one)`,
        check: fleet =>
            eachProject(fleet, placed => {
                const { physicalName } = placed.project;
                const runs = runsOf(placed);
                const length = Math.max(
                    ...runs.map(run => run.reduce((sum, { name, value }) => sum + name.length + value.length, 0)),
                );
                const long = new Set(
                    runs.flatMap(run => run.filter(({ value }) => value.length > longestValue).map(({ name }) => name)),
                );
                return [
                    ...(length > mostCharacters
                        ? [
                              `the variables of ${physicalName} have ${length} characters, of about ${mostCharacters}, names and values together: keep long values in the Parameter Store, and read them in the commands`,
                          ]
                        : []),
                    ...[...long].map(
                        name =>
                            `the variable ${name} of ${physicalName} has more than ${longestValue} characters: keep it in a file of the source`,
                    ),
                ];
            }),
    },
    {
        name: "length-of-secret-names",
        severity: "error",
        source: "API models of secretsmanager 2017-10-17 and ssm 2014-11-06",
        check: fleet =>
            eachProject(fleet, placed =>
                placed.project.variables.flatMap(({ name, type, value }) => {
                    if (type === "PLAINTEXT") {
                        return [];
                    }
                    const { what, most } = longestReference[type];
                    const { length } = type === "SECRETS_MANAGER" ? nameOf(value) : value;
                    return length <= most
                        ? []
                        : [
                              `the ${what} that ${name} of ${placed.project.physicalName} refers to has a name of ${length} characters, of at most ${most}: no ${what} is called so`,
                          ];
                }),
            ),
    },
    {
        name: "report-group-name",
        severity: "error",
        source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateReportGroup.html",
        check: fleet =>
            eachProject(fleet, ({ project }) =>
                reportGroups(project)
                    .filter(({ length }) => length > 128)
                    .map(
                        name =>
                            `the report group ${name} would have ${name.length} characters, of at most 128: choose a shorter name for the service or the suite`,
                    ),
            ),
    },
    {
        name: "reports-of-a-project",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html (5 reports a project in a copy of 2020; not confirmed since)",
        check: fleet =>
            eachProject(fleet, ({ project }) => {
                const { length } = reportGroups(project);
                return length <= 5
                    ? []
                    : [
                          `${project.physicalName} makes ${length} reports; AWS once named 5 as the most of a project: split the suite, or try it before you rely on it`,
                      ];
            }),
    },
    {
        name: "build-outlasts-its-action",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html (8 hours for a CodeBuild action in a copy of 2022; not confirmed since)",
        check: fleet =>
            eachProject(fleet, ({ project: { physicalName, timeoutMinutes = 0, batch } }) => {
                const minutes = Math.max(timeoutMinutes, batch?.timeoutMinutes ?? 0);
                return minutes <= actionMinutes
                    ? []
                    : [
                          `${physicalName} may run for ${minutes} minutes; AWS once named ${actionMinutes} as the most that CodePipeline waits for a build: split it, or try it before you rely on it`,
                      ];
            }),
    },
];

/** Report groups that the role of `project` may make, by name. */
const reportGroups = ({ grants }: PlacedProject["project"]): string[] =>
    grants
        .filter(({ actions }) => actions.includes("codebuild:CreateReportGroup"))
        .flatMap(({ resources }) => resources.map(String))
        .map(resource => resource.replace(/^.*report-group\//, ""));

/** Each image that is retired once, however many projects run in it. */
function retiredImages(fleet: FleetPlan): Problem[] {
    const all = projectsOf(fleet);
    return [...new Set(all.map(({ project }) => project.image))].flatMap(image => {
        const retirement = retiredImage(image);
        if (retirement === undefined) {
            return [];
        }
        const { since, why, successor } = retirement;
        const [{ project, path }, ...others] = all.filter(placed => placed.project.image === image);
        const more = others.length === 0 ? "" : ` and ${others.length} more`;
        return [
            {
                path: [...path, "image"],
                message: `${project.physicalName}${more} would run in ${image}: since ${since} ${why}; write ${successor}`,
            },
        ];
    });
}
