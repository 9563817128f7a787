import { chatbot } from "./chatbot";
import { cloudWatch } from "./cloudwatch";
import { codeArtifact } from "./codeartifact";
import { codeBuild } from "./codebuild";
import { codePipeline } from "./codepipeline";
import { connections } from "./connections";
import { ec2 } from "./ec2";
import { events } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import type { Mappings } from "./mapping";
import { s3 } from "./s3";
import { snsSqs } from "./sns-sqs";
import { stores } from "./stores";

/** What each Pulumi type is in a template. A type that is not here is listed as not expressed. */
export const mappings: Mappings = {
    ...chatbot,
    ...cloudWatch,
    ...codeArtifact,
    ...codeBuild,
    ...codePipeline,
    ...connections,
    ...ec2,
    ...events,
    ...iam,
    ...kms,
    ...lambda,
    ...s3,
    ...snsSqs,
    ...stores,
};

export type { Folded, Mapping, Mappings, Whole } from "./mapping";
