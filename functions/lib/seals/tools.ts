import type { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "./clock";
import type { SealSettings } from "./settings";

/** What a run works with. */
export interface Tools {
    readonly s3: S3Client;
    readonly kms: KMSClient;
    readonly codepipeline: CodePipelineClient;
    readonly settings: SealSettings;
    readonly clock: Clock;
}
