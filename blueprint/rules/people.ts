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
        check: ({ shared, pipelines }) => {
            const longest = Math.max(
                0,
                ...pipelines.flatMap(({ stages }) => stages.map(({ approval }) => (approval?.timeoutHours ?? 0) / 24)),
            );
            const { artifactDays } = shared.store;
            return artifactDays > longest
                ? []
                : [
                      {
                          path: ["retention", "artifactDays"],
                          message: `artifacts are kept for ${artifactDays} days, and an approval may wait for ${longest}: what is approved could be gone`,
                      },
                  ];
        },
    },
];
