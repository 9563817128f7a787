import type { FleetRule } from "./rule";

/** What the name of a bucket may not begin with, as far as a prefix can be it. */
const takenByS3 = ["xn--", "sthree-"];

/** Words of the stack file that its own grammar takes, and that mean something where they would end up. */
export const wordRules: readonly FleetRule[] = [
    {
        name: "bucket-name",
        severity: "error",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        check: ({ shared, prefix }) =>
            takenByS3
                .filter(start => shared.store.bucket.startsWith(start))
                .map(start => ({
                    path: ["prefix"],
                    message: `expected another prefix, found ${JSON.stringify(prefix)}: the artifact bucket would be called ${shared.store.bucket}, and S3 keeps names that begin with ${start} for itself`,
                })),
    },
];
