import { s3Arn } from "./arn";
import type { Place } from "./kind";

/** Who opens the artifact of an action that deploys to instances, beside the role that performs it. */
export const openedByInstances = "the instances";

/** What the roles of instances must be allowed, to fetch what is deployed to them from the pipeline's artifacts. */
export const instancesOpenArtifacts = ({ store, home, environment }: Place): string =>
    `the roles of the instances, \`artifactReaders\` of ${environment?.name}, may s3:GetObject on ${s3Arn(`${store.bucket}/${store.folder}/*`, home.region)} and kms:Decrypt on the artifact key`;
