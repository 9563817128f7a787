import { quotasOf, type Quota } from "../quotas";
import type { FleetRule } from "./rule";

/** Share of a quota above which it is time to ask for more of it. */
export const headroom = 0.8;

/** What AWS does not go beyond, whoever asks. */
export const ceiling = ({ adjustable, limit, most }: Pick<Quota, "adjustable" | "limit" | "most">) =>
    adjustable ? (most ?? Infinity) : limit;

/** How much of AWS's quotas a fleet may take. */
export const quotaRules: readonly FleetRule[] = [
    {
        name: "quota-exceeded",
        severity: "error",
        source: "the page of each quota, which blueprint/quotas.ts names",
        together: true,
        check: fleet =>
            quotasOf(fleet)
                .filter(quota => quota.rule === undefined && quota.used > ceiling(quota))
                .map(quota => ({
                    path: quota.path,
                    message: `${quota.used} ${quota.what}, of at most ${ceiling(quota)}, beyond which AWS does not go: spread the services over several accounts (${quota.source})`,
                })),
    },
    {
        name: "quota-headroom",
        severity: "warning",
        source: "the page of each quota, which blueprint/quotas.ts names",
        together: true,
        check: fleet =>
            quotasOf(fleet)
                .filter(quota => quota.used >= headroom * quota.limit && quota.used <= ceiling(quota))
                .map(quota => ({
                    path: quota.path,
                    message: `${quota.used} of ${quota.limit} ${quota.what}, beside what else is there: ${remedy(quota)} (${quota.source})`,
                })),
    },
];

/** What is done about a quota that is nearly used up. */
export const remedy = ({ adjustable, used, limit }: Pick<Quota, "adjustable" | "used" | "limit">) =>
    adjustable
        ? `ask AWS to raise it ${used > limit ? "before `pulumi up`" : "in time"}`
        : "AWS does not raise it, so spread what takes it";
