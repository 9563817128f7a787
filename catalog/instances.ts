import { s3Arn } from "./arn";
import type { Environment, Place } from "./kind";

/** Who opens the artifact of an action that deploys to instances, beside the role that performs it. */
export const openedByInstances = "the instances";

/** What an environment of an example says of them. */
export const readersOfExample = 'artifactReaders: ["arn:aws:iam::{account}:role/orders-instance"]';

/** What the roles of instances must be allowed, to fetch what is deployed to them from the pipeline's artifacts. */
export function instancesOpenArtifacts({ store, home, environment }: Place): string {
    const { name, region } = environment as Environment;
    // An action takes its artifacts where it runs; what the bucket of another region is called, the place does not say.
    const objects =
        region === home.region
            ? s3Arn(`${store.bucket}/${store.folder}/*`, region)
            : `${store.folder}/* in the artifact bucket of ${region}`;
    return `the roles of the instances, \`artifactReaders\` of ${name}, may s3:GetObject on ${objects} and kms:Decrypt on its key`;
}
