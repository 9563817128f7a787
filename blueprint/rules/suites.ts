import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";

/** What suites cannot do where they stand. */
export const suiteRules: readonly FleetRule[] = [
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
