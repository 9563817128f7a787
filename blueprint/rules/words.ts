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
    {
        name: "tag-keys-of-roles",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html (tag keys of roles are not case sensitive)",
        check: ({ tags }) => {
            const keys = Object.keys(tags);
            return keys.flatMap((key, index) => {
                const first = keys.findIndex(other => other.toLowerCase() === key.toLowerCase());
                return first === index
                    ? []
                    : [
                          {
                              path: ["tags", key],
                              message: `${JSON.stringify(key)} is ${JSON.stringify(keys[first])} to IAM, which does not tell upper from lower case in the tags of roles: keep one of them`,
                          },
                      ];
            });
        },
    },
];
