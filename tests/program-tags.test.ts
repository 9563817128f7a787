import * as assert from "node:assert/strict";
import { allOperations, known, type Known } from "./support/stacks";
import type { Registration } from "./support/recordings";

/** Types that take no tags: AWS tags what they belong to, or nothing of the sort. */
const untaggable: readonly string[] = [
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "aws:cloudwatch/queryDefinition:QueryDefinition",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:kms/alias:Alias",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLogging:BucketLogging",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:scheduler/schedule:Schedule",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:sqs/queuePolicy:QueuePolicy",
];

/** The service that `one` belongs to, by the pipeline that it stands below. */
function serviceOf(one: Registration, byUrn: ReadonlyMap<string, Registration>): string | undefined {
    const parent = one.parent === undefined ? undefined : byUrn.get(one.parent);
    return one.type === "service-pipelines:index:ServicePipeline"
        ? one.name.split("--")[0]
        : parent && serviceOf(parent, byUrn);
}

const files = ["Pulumi.dev.yaml", "Pulumi.prod.yaml", allOperations, "examples/builds/image.yaml"];

describe("tags", () => {
    for (const file of files) {
        it(`of ${file} are on everything that takes them, with the service where it belongs to one`, async () => {
            const { plan, registrations }: Known = await known(file);
            const byUrn = new Map(registrations.map(one => [one.urn, one]));
            const made = registrations.filter(({ custom, remote }) => custom || remote);
            assert.ok(made.length > 20);
            for (const one of made) {
                const tags = one.inputs.tags as Record<string, string> | undefined;
                if (untaggable.includes(one.type)) {
                    assert.equal(tags, undefined, one.urn);
                    continue;
                }
                const service = serviceOf(one, byUrn);
                const expected = Object.entries({ ...plan.tags, ...(service !== undefined && { service }) });
                assert.ok(tags, `${one.urn} has no tags`);
                assert.deepEqual(
                    expected.filter(([key, value]) => tags[key] !== value),
                    [],
                    one.urn,
                );
                assert.equal(tags.service, service, one.urn);
            }
        }).timeout(60_000);
    }
});
