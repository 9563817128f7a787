import type { FleetRule } from "./rule";

/** Regions that have CodeArtifact: none of China, none of GovCloud. */
const regions: readonly string[] = [
    ...["us-east-1", "us-east-2", "us-west-2"],
    ...["ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1"],
    ...["eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1"],
];

/** What package repositories need. */
export const packageRules: readonly FleetRule[] = [
    {
        name: "packages-region",
        severity: "error",
        source: "https://docs.aws.amazon.com/general/latest/gr/codeartifact.html",
        check: ({ shared, home }) =>
            shared.packages === undefined || regions.includes(home.region)
                ? []
                : [
                      {
                          path: ["packages"],
                          message: `${home.region} has no CodeArtifact; it is in ${regions.join(", ")}: leave \`packages\` out, and let builds read another registry`,
                      },
                  ],
    },
];
