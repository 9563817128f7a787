import type { PipelinePlan } from "../plan";
import type { FleetRule } from "./rule";
import { silenceProblems, silences } from "./told";

/** What nobody would hear of, and what nobody could do. */
export const peopleRules: readonly FleetRule[] = [
    {
        name: "approval-nobody-hears-of",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html",
        together: true,
        check: fleet => {
            // All who approve an environment are asked on one topic.
            const asked = new Set(
                fleet.shared.approvals.filter(({ notify }) => notify.length > 0).map(({ environment }) => environment),
            );
            const waits = ({ stages }: PipelinePlan, environment: string) =>
                !asked.has(environment) && stages.some(({ approval }) => approval?.environment === environment);
            return silenceProblems(
                silences(fleet, "approval-needed", waits),
                (environment, service) =>
                    `nobody is told that ${service === undefined ? environment : `${service} in ${environment}`} waits for approval: name addresses in the approval's \`notify\`, or a target for \`approval-needed\` in \`notify\``,
            );
        },
    },
    {
        name: "artifacts-outlive-approvals",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html (a rollback uses the artifacts of an old execution)",
        // What one execution has built is kept until its last environment has it: each approval on the way adds to that.
        check: ({ shared, pipelines }) => {
            const { artifactDays } = shared.store;
            const waits = pipelines.map(({ service, stages }) => ({
                service,
                days: stages.reduce((sum, { approval }) => sum + (approval?.timeoutHours ?? 0), 0) / 24,
            }));
            const longest = waits.find(({ days }) => days === Math.max(...waits.map(wait => wait.days)));
            return longest === undefined || artifactDays > longest.days
                ? []
                : [
                      {
                          path: ["retention", "artifactDays"],
                          message: `artifacts are kept for ${artifactDays} days, and the approvals of ${longest.service} may wait for ${longest.days} in all: what is approved could be gone`,
                      },
                  ];
        },
    },
];
