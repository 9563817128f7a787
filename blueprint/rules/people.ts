import type { FleetRule } from "./rule";

/** What nobody would hear of, and what nobody could do. */
export const peopleRules: readonly FleetRule[] = [
    {
        name: "approval-nobody-hears-of",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html",
        check: ({ shared }) =>
            shared.approvals
                .filter(({ notify }) => notify.length === 0)
                .map(({ environment }) => ({
                    path: ["environments"],
                    message: `nobody is told that ${environment} waits for approval: name addresses in the approval's \`notify\``,
                })),
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
