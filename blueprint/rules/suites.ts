import type { ActionPlan, FleetPlan } from "../plan";
import type { FleetRule } from "./rule";

/** Whether `action` runs a build that hands a role over: to CloudFormation, which sets up its test environment. */
const setsUpStacks = ({ action, passes }: ActionPlan) => action.provider === "CodeBuild" && passes.length > 0;

/** What suites cannot do where they stand. */
export const suiteRules: readonly FleetRule[] = [
    {
        name: "test-environment-in-another-account",
        severity: "error",
        source: "docs/decisions/0020-disposable-test-environments.md",
        check: ({ pipelines, accounts, home }: FleetPlan) =>
            pipelines
                .flatMap(({ stages }) => stages)
                .flatMap(({ environment = "", actions }) =>
                    (accounts[environment] ?? home.account) === home.account
                        ? []
                        : actions.filter(setsUpStacks).map(({ name, path }) => ({
                              path: [...path, "testEnvironment"],
                              message: `expected only environments of the pipeline's account ${home.account}, found ${environment} of ${accounts[environment]}, where ${name} cannot set up a stack: list others in \`environments\``,
                          })),
                ),
    },
    {
        name: "inspector-scan-in-china",
        severity: "error",
        source: "https://docs.amazonaws.cn/en_us/codepipeline/latest/userguide/action-reference-InspectorScan.html (the action is not there)",
        check: ({ pipelines, home }: FleetPlan) =>
            home.region.startsWith("cn-")
                ? pipelines
                      .flatMap(({ stages }) => stages.flatMap(({ actions }) => actions))
                      .filter(({ action }) => action.provider === "InspectorScan")
                      .map(({ path }) => ({
                          path,
                          message: `CodePipeline has no InspectorScan action in ${home.region}: leave it out, or scan with a suite of commands`,
                      }))
                : [],
    },
];
