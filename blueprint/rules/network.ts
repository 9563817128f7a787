import { networkProblems } from "../network";
import type { FleetRule } from "./rule";

/** What a network cannot be. */
export const networkRules: readonly FleetRule[] = [
    {
        name: "network",
        severity: "error",
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html; Pulumi refuses two resources with one URN",
        check: ({ shared }) => networkProblems(shared.network),
    },
];
