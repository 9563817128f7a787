import type { FleetRule } from "./rule";

/** How long artifacts and their seals have to last, and what takes a safety away without need. */
export const integrityRules: readonly FleetRule[] = [
    {
        name: "pointless-exception",
        severity: "error",
        source: "a key that names a risk says so where there is one, and nowhere else",
        together: true,
        check: fleet => [
            ...(fleet.skipVerification !== undefined && !fleet.pipelines.some(({ integrity }) => integrity?.skipped)
                ? [
                      {
                          path: ["skipVerification"],
                          message:
                              "there is nothing to skip: no step or deploy of the stack takes an artifact that would be verified; leave it out",
                      },
                  ]
                : []),
            ...fleet.pipelines.flatMap(({ integrity }) => integrity?.pointless ?? []),
        ],
    },
    {
        name: "artifacts-outlive-rollbacks",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html (a rollback runs with the artifacts of the execution that it goes back to)",
        check: ({ retention: { artifactDays, rollbackDays } }) =>
            artifactDays >= rollbackDays
                ? []
                : [
                      {
                          path: ["retention", "artifactDays"],
                          message: `artifacts and their seals are kept for ${artifactDays} days, and releases are to be gone back to for ${rollbackDays} (retention.rollbackDays): an older rollback finds nothing; keep them longer, or say fewer rollbackDays`,
                      },
                  ],
    },
];
