import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { patience } from "../lib/patience";
import type { Context } from "../lib/seals/clock";
import { run } from "../lib/seals/run";
import type { SealSettings } from "../lib/seals/settings";
import { reads } from "../lib/seals/tools";
import { readSettings } from "../lib/settings";
import { handle } from "./handle";

const s3 = new S3Client(reads);
const kms = new KMSClient(patience);
const codepipeline = new CodePipelineClient(patience);

/**
 * Seals artifacts right after they were made: writes down what is in them, and signs it. No other function may.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
    await run(event, context, { s3, kms, codepipeline, settings: readSettings<SealSettings>() }, handle);
}
