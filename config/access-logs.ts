import { z } from "zod";
import type { Location } from "../catalog/arn";
import { bucketName, regionPattern, text } from "../catalog/words";
import { filled, type Report } from "./parse";
import { hint } from "./suggest";

/** Where S3 logs who reads and writes artifacts. S3 writes such logs to a bucket of the same region, so each region has its own. */
export const accessLogs = z.strictObject({
    bucket: bucketName(
        "An existing bucket of the same account and region, which lets S3's log delivery write; with `{region}` in it, one in each region of the stack. @default none: `buckets` name them",
    ).optional(),
    buckets: z
        .record(z.string().regex(regionPattern, 'a region such as "eu-west-1"'), bucketName("The bucket there."))
        .default({})
        .describe("Existing buckets by region, where their names are no pattern. @default none"),
    prefix: text("Begins the keys of the logs. @default artifacts/").default("artifacts/"),
});

/** The logs of each region that has some. */
export type AccessLogs = Readonly<Record<string, { readonly bucket: string; readonly prefix: string }>>;

/** Where what happens in each of `regions`, of which the first is the pipelines' own, is logged. */
export function readAccessLogs(
    words: z.output<typeof accessLogs>,
    home: Location,
    regions: readonly string[],
    report: Report,
): AccessLogs {
    const { bucket, buckets, prefix } = words;
    if (bucket === undefined && Object.keys(buckets).length === 0) {
        report({ path: ["accessLogs"], message: "expected `bucket` or `buckets`, found neither" });
    }
    for (const region of Object.keys(buckets).filter(name => !regions.includes(name))) {
        report({
            path: ["accessLogs", "buckets", region],
            message: `nothing of the stack is in ${region}${hint(region, regions)}`,
        });
    }
    return Object.fromEntries(
        regions.flatMap(region => {
            const own = Object.hasOwn(buckets, region);
            const common = region === home.region || bucket?.includes("{region}") === true ? bucket : undefined;
            const named = own ? buckets[region] : common;
            if (named === undefined) {
                return [];
            }
            const path = own ? ["accessLogs", "buckets", region] : ["accessLogs", "bucket"];
            const name = filled(bucketName(""), named, { values: { ...home, region } }, report, () => path);
            return [[region, { bucket: name, prefix }]];
        }),
    );
}
