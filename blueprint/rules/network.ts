import type { BuildProjectPlan } from "../../catalog/plan";
import { isIsolated, missingEndpoints, networkProblems } from "../network";
import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";

/** The projects that run in the network: what runs outside asks nothing of it. */
const projectsOf = (fleet: FleetPlan): BuildProjectPlan[] =>
    fleet.pipelines
        .flatMap(({ components }) => components)
        .filter(component => component.component === "BuildProject")
        .filter(({ network }) => network !== undefined);

const may = (action: string) => (project: BuildProjectPlan) =>
    project.grants.some(({ actions }) => actions.includes(action));

/** Whether `project` sets up a test environment: it then asks CodeBuild which of its builds still run. */
const setsUpStacks = ({ grants }: BuildProjectPlan) => grants.some(({ sid }) => sid === "AskForOwnBuilds");

/** Endpoints that some projects need. What secrets a project reads, its own and those of its actions, its grants say. */
const neededBy: readonly [(project: BuildProjectPlan) => boolean, services: readonly string[], what: string][] = [
    [may("secretsmanager:GetSecretValue"), ["secretsmanager"], "reads secrets"],
    [may("ssm:GetParameters"), ["ssm"], "reads parameters"],
    [setsUpStacks, ["cloudformation", "codebuild"], "sets up a test environment"],
    [
        project => setsUpStacks(project) && may("sts:AssumeRole")(project),
        ["sts"],
        "assumes the deploy role to set up a test environment",
    ],
    [({ pullsImageItself }) => pullsImageItself, ["ecr.api", "ecr.dkr"], "pulls its image from ECR"],
    [
        project => !project.pullsImageItself && may("ecr:GetAuthorizationToken")(project),
        ["ecr.api", "ecr.dkr"],
        "logs in to a registry of ECR",
    ],
    [
        may("codeartifact:GetAuthorizationToken"),
        ["codeartifact.api", "codeartifact.repositories"],
        "uses packages of CodeArtifact",
    ],
];

/** What a network cannot be, what builds miss in it, and what would go around it. */
export const networkRules: readonly FleetRule[] = [
    {
        name: "network",
        severity: "error",
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html; Pulumi refuses two resources with one URN",
        check: ({ shared }) => networkProblems(shared.network),
    },
    {
        name: "endpoints-of-builds",
        severity: "error",
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html; https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html; https://docs.aws.amazon.com/codeartifact/latest/ug/create-vpc-endpoints.html",
        check: fleet =>
            neededBy.flatMap(([needs, services, what]) => {
                const [project] = projectsOf(fleet).filter(needs);
                return project === undefined
                    ? []
                    : missingEndpoints(fleet.shared.network, services, `the project ${project.physicalName} ${what}`);
            }),
    },
    {
        name: "builds-without-internet",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html",
        check: fleet =>
            isIsolated(fleet.shared.network) && projectsOf(fleet).length > 0
                ? [
                      {
                          path: ["network", "create", "natGateways"],
                          message:
                              "builds have no way to the internet: package registries and other servers there are out of reach",
                      },
                  ]
                : [],
    },
    {
        name: "outside-the-network",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html; each action's own page",
        check: ({ shared, pipelines }) =>
            pipelines
                .filter(() => isIsolated(shared.network))
                .flatMap(({ stages }) => stages.flatMap(({ actions }) => actions))
                .flatMap(({ name, action, path }) =>
                    action.outsideVpc === undefined
                        ? []
                        : [
                              {
                                  path,
                                  message: `expected nothing outside the build network, which lets builds reach AWS alone (network.create.natGateways: None), found the action ${name}: ${action.outsideVpc}; leave it out, or give the network a NAT gateway`,
                              },
                          ],
                ),
    },
];
