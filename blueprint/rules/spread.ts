import type { FleetRule } from "./rule";

/** What is to be known of a fleet that is spread over stacks. */
export const spreadRules: readonly FleetRule[] = [
    {
        name: "platform-unprotected",
        severity: "warning",
        source: "https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences",
        check: ({ spread, protect, stack }) => {
            if (spread.role !== "platform" || protect) {
                return [];
            }
            const stacks = [...new Set(Object.values(spread.stacks))].sort();
            return stacks.length === 0
                ? []
                : [
                      {
                          path: ["protect"],
                          message: `false: \`pulumi destroy --stack ${stack}\` deletes what the pipelines of ${stacks.join(", ")} stand on, and a stack reference stops nothing; leave it out while there are such stacks`,
                      },
                  ];
        },
    },
];
