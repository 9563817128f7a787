import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { patience } from "../patience";
import { readSettings } from "../settings";
import type { Context } from "./clock";
import { run, type Handle } from "./run";
import type { SealSettings } from "./settings";

/** Sums of S3's own are of whole objects: of a range it has none, and seals have better ones. */
const reads = {
    ...patience,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
} as const;

/** What Lambda calls: `handle` with AWS's own clients, which are made once for all runs of a process. */
export function handlerOf(handle: Handle): (event: unknown, context: Context) => Promise<void> {
    const clients = {
        s3: new S3Client(reads),
        kms: new KMSClient(patience),
        codepipeline: new CodePipelineClient(patience),
    };
    return async (event, context) =>
        run(event, context, { ...clients, settings: readSettings<SealSettings>() }, handle);
}
