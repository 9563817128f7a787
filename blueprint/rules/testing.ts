import type { BuildProjectPlan } from "../../catalog/plan";
import type { Problem } from "../../catalog/problem";
import { shown, type Text } from "../../catalog/reference";
import type { PipelinePlan, StagePlan } from "../plan";
import type { FleetRule } from "./rule";

const isTest = ({ action }: StagePlan["actions"][number]) => action.category === "Test";

/** What is tested, and with which secrets. */
export const testingRules: readonly FleetRule[] = [
    {
        name: "nothing-tests-before-the-last-environment",
        severity: "warning",
        source: "an environment before the last one is there to find what is wrong",
        check: ({ pipelines }) => pipelines.flatMap(untested),
    },
    {
        name: "suite-with-a-deploy-secret",
        severity: "warning",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        check: ({ pipelines }) => pipelines.flatMap(deploySecretsInSuites),
    },
];

/** Whether the commands of `project` speak of tests; a buildspec file of the service's own may well run some. */
const mayTest = ({ buildspec }: BuildProjectPlan) => !buildspec.includes("\n") || /\btest|^reports:/m.test(buildspec);

/** Whether a worker of one's own builds: as Jenkins, it may well test. */
const isForeignBuild = ({ action }: StagePlan["actions"][number]) =>
    action.owner === "Custom" && action.category === "Build";

function untested({ service, stages, components }: PipelinePlan): Problem[] {
    const environments = stages.filter(({ purpose }) => purpose === "environment");
    const last = environments.at(-1);
    const builds = components.filter(component => component.component === "BuildProject");
    // What another CI has built, it has tested.
    if (last === undefined || environments.length < 2 || !stages.some(({ purpose }) => purpose === "build")) {
        return [];
    }
    const before = stages.slice(0, stages.indexOf(last)).flatMap(({ actions }) => actions);
    return builds.some(mayTest) || before.some(action => isTest(action) || isForeignBuild(action))
        ? []
        : [
              {
                  path: ["services", service],
                  message: `nothing tests ${service} before it is deployed to ${last.name}: add a suite, or run tests in its build`,
              },
          ];
}

/** Secrets that a suite reads and that a deploy or a step changes an environment with. */
function deploySecretsInSuites({ service, stages, components }: PipelinePlan): Problem[] {
    const secretsOf = new Map(
        components.flatMap(component =>
            component.component === "BuildProject"
                ? [[component.physicalName, readSecrets(component.grants)] as const]
                : [],
        ),
    );
    const actions = stages.filter(({ purpose }) => purpose === "environment").flatMap(stage => stage.actions);
    const projectOf = ({ configuration: { ProjectName: project } }: StagePlan["actions"][number]) =>
        project === undefined ? "" : shown(project);
    const deploying = new Map(
        actions
            .filter(action => !isTest(action))
            .flatMap(action => (secretsOf.get(projectOf(action)) ?? []).map(secret => [secret, action.name] as const)),
    );
    const told = new Set<string>();
    return actions.filter(isTest).flatMap(action =>
        (secretsOf.get(projectOf(action)) ?? []).flatMap(secret => {
            const deploy = deploying.get(secret);
            if (deploy === undefined || told.has(action.name)) {
                return [];
            }
            told.add(action.name);
            return [
                {
                    path: action.path,
                    message: `${action.name} of ${service} reads ${secret.split(":").slice(5).join(":")}, which ${deploy} deploys with: give the suite a secret of its own`,
                },
            ];
        }),
    );
}

const readSecrets = (grants: readonly { readonly sid: string; readonly resources: readonly Text[] }[]): string[] =>
    grants
        .filter(({ sid }) => sid === "ReadNamedSecrets" || sid === "ReadNamedParameters")
        .flatMap(({ resources }) => resources.map(shown));
