import * as assert from "node:assert/strict";
import { eventOf } from "../../../../functions/lib/parse";
import { sourceIn, sourceOf } from "../../../../functions/notify/statuses/source";
import { changed, sample } from "../../fixtures/events";
import { commit, connection, executionOf, revisionUrl, source } from "./support/world";

describe("the commit of an execution", () => {
    it("is the one of the main source", () => {
        const [main] = executionOf().artifactRevisions ?? [];
        const further = {
            ...main,
            name: "config_artifact",
            revisionUrl: revisionUrl({ FullRepositoryId: "acme/config" }),
        };
        assert.deepEqual(sourceOf({ artifactRevisions: [further, main] }), source);
        assert.equal(sourceOf({ artifactRevisions: [further] }), undefined);
    });

    it("may be named by the revision alone", () => {
        assert.deepEqual(sourceOf(executionOf(revisionUrl({ Commit: undefined }))), source);
    });

    for (const [title, url] of [
        ["no address", ""],
        ["a text that is none", "not a URL"],
        ["an address of CodeCommit", "https://eu-west-1.console.aws.amazon.com/codecommit/home#/repository/a/commit/b"],
        ["no connection", revisionUrl({ connectionArn: undefined })],
        ["no repository", revisionUrl({ FullRepositoryId: "" })],
    ] as const) {
        it(`is not known with ${title}`, () => assert.equal(sourceOf(executionOf(url)), undefined));
    }

    it("is not known of an execution that is gone, or has none yet", () => {
        assert.deepEqual([sourceOf(undefined), sourceOf({})], [undefined, undefined]);
    });

    it("is told by the event itself, where it tells of all", () => {
        const trigger = { "connection-arn": connection, "full-repository-name": "acme/orders", "commit-id": commit };
        const told = (more: object) =>
            sourceIn(eventOf(changed("pipeline-succeeded", { "execution-trigger": { ...trigger, ...more } })));
        assert.deepEqual(told({}), source);
        assert.equal(told({ "commit-id": undefined }), undefined);
        assert.equal(sourceIn(eventOf(sample("pipeline-started"))), undefined);
        assert.equal(sourceIn(eventOf(sample("stage-started"))), undefined);
    });
});
