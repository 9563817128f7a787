import * as assert from "node:assert/strict";
import type { Answer, Script } from "../../../blueprint/simulation/script";
import { hour, minute } from "../../../blueprint/simulation/times";
import type { Words } from "../support/fleet";
import { commits, lines, pipelineWith, play, statuses, thereIn } from "./support";

const approved = (words: Words = {}, service: Words = {}) =>
    pipelineWith(
        {
            environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["release@shop.example"], ...words } }],
            notify: { people: ["approval-needed", "approval-answered", "approval-expiring", "failed"] },
        },
        service,
    );

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-approve-or-reject.html */
describe("simulation: approvals", () => {
    const answered = (plan: ReturnType<typeof approved>, ...approvals: readonly Answer[]) =>
        play(plan, { commits: commits({ a: 0 }), approvals });
    const asked = (played: ReturnType<typeof answered>) =>
        played.events.find(({ kind }) => kind === "approval-asked")?.at ?? 0;

    it("the pipeline does not resume unless somebody approves the action", () => {
        const played = answered(approved(), { after: 3 * hour, answer: "approve" });
        assert.deepEqual(lines(played, "approval-given"), [
            `${(asked(played) + 3 * hour) / minute} approval-given a Approve-prod`,
        ]);
        assert.deepEqual(statuses(played), { a: "Succeeded" });
    });

    it("a no is a failed action, and nothing is deployed", () => {
        const played = answered(approved(), { after: hour, answer: "refuse" });
        assert.deepEqual(statuses(played), { a: "Failed" });
        assert.equal(thereIn(played, "prod"), undefined);
    });

    for (const [title, words, hours] of [
        ["after seven days", {}, 168],
        ["after its own hours", { timeoutHours: 48 }, 48],
    ] as const) {
        it(`without an answer it has expired ${title}, which is a failed action`, () => {
            const played = answered(approved(words), { after: 0, answer: "none" });
            assert.deepEqual(lines(played, "approval-expired"), [
                `${asked(played) / minute + hours * 60} approval-expired a Approve-prod`,
            ]);
            assert.deepEqual(statuses(played), { a: "Failed" });
        });

        it(`an answer ${title} comes too late`, () => {
            const played = answered(approved(words), { after: hours * hour, answer: "approve" });
            assert.deepEqual(statuses(played), { a: "Failed" });
        });
    }

    it("tells who wants to hear that it waits, is about to expire, and is answered; its failure not once more", () => {
        const played = answered(approved(), { after: 0, answer: "none" });
        assert.deepEqual(
            played.events.flatMap(({ kind, told }) => told.map(({ happening }) => `${kind} ${happening}`)),
            [
                "approval-asked approval-needed",
                "approval-expiring approval-expiring",
                "approval-expired approval-answered",
            ],
        );
    });

    it("locks its stage: the next execution waits in front of it", () => {
        const played = play(approved(), {
            commits: commits({ a: 0, b: 1 }),
            approvals: [{ commit: "a", after: 5 * hour, answer: "approve" }],
        });
        assert.ok(lines(played, "stage-waited-for").some(line => line.endsWith("b Approve-prod")));
    });

    it("is asked again where its stage is retried", () => {
        const played = play(approved(), {
            commits: commits({ a: 0 }),
            approvals: [{ attempt: 1, after: hour, answer: "refuse" }],
            retries: [{ stage: "Approve-prod", commit: "a", at: 5 * hour, mode: "failed-actions" }],
        });
        assert.equal(lines(played, "approval-asked").length, 2);
        assert.deepEqual(statuses(played), { a: "Succeeded" });
    });
});

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html */
describe("simulation: retries", () => {
    const suites = { integration: { after: "deploy", environments: ["prod"], commands: ["make test"] } };
    const plan = (onFailure: string) =>
        pipelineWith({ environments: [{ name: "dev" }, { name: "prod", onFailure }] }, { suites });
    const failure = { action: "integration", rollback: false };
    const attempts = (played: ReturnType<typeof play>) =>
        played.events.flatMap(({ kind, stage, action, attempt }) =>
            kind === "action-started" && stage === "prod" && action !== "verify" ? [`${action} ${attempt}`] : [],
        );
    const played = (onFailure: string, words: Partial<Script>) =>
        play(plan(onFailure), { commits: commits({ a: 0 }), failures: [failure], ...words });

    it("retrying failed actions runs those that failed", () => {
        const result = played("stop", {
            failures: [{ ...failure, attempt: 1 }],
            retries: [{ stage: "prod", commit: "a", at: 5 * hour, mode: "failed-actions" }],
        });
        assert.deepEqual(attempts(result), ["deploy 1", "integration 1", "integration 2"]);
        assert.deepEqual(statuses(result), { a: "Succeeded" });
    });

    it("retrying a failed stage runs all of its actions from the first", () => {
        const result = played("stop", {
            failures: [{ ...failure, attempt: 1 }],
            retries: [{ stage: "prod", commit: "a", at: 5 * hour, mode: "all-actions" }],
        });
        assert.deepEqual(attempts(result), ["deploy 1", "integration 1", "deploy 2", "integration 2"]);
    });

    for (const [onFailure, all] of [
        ["retry", ["deploy 1", "integration 1", "integration 2"]],
        ["retry-all", ["deploy 1", "integration 1", "deploy 2", "integration 2"]],
    ] as const) {
        it(`onFailure ${onFailure}: the stage makes one retry attempt by itself`, () => {
            assert.deepEqual(statuses(played(onFailure, { failures: [{ ...failure, attempt: 1 }] })), {
                a: "Succeeded",
            });
            const twice = played(onFailure, {});
            assert.deepEqual(attempts(twice), all);
            assert.deepEqual(statuses(twice), { a: "Failed" });
        });
    }

    it("another execution that enters the failed stage supersedes the failed one, which cannot be retried", () => {
        const result = played("stop", {
            commits: commits({ a: 0, b: 100 }),
            failures: [{ ...failure, commit: "a" }],
            retries: [{ stage: "prod", commit: "a", at: 6 * hour, mode: "failed-actions" }],
        });
        assert.equal(lines(result, "deed-refused").length, 1);
        assert.deepEqual(statuses(result), { a: "Failed", b: "Succeeded" });
    });

    it("a stage whose condition of success has failed is retried with all of its actions only", () => {
        const watched = pipelineWith({
            environments: [{ name: "dev", after: [{ type: "alarm", name: "errors" }] }, { name: "prod" }],
        });
        const retried = (mode: "failed-actions" | "all-actions") =>
            statuses(
                play(watched, {
                    commits: commits({ a: 0 }),
                    alarms: [{ name: "errors", state: "ALARM", from: 0, to: 90 * minute }],
                    retries: [{ at: 100 * minute, stage: "dev", commit: "a", mode }],
                }),
            );
        assert.deepEqual(retried("failed-actions"), { a: "Failed" });
        assert.deepEqual(retried("all-actions"), { a: "Succeeded" });
    });

    it("a stage whose actions succeeded is not in a failed status, and cannot be retried", () => {
        const result = played("stop", {
            failures: [],
            retries: [{ stage: "prod", commit: "a", at: 6 * hour, mode: "failed-actions" }],
        });
        assert.equal(lines(result, "deed-refused").length, 1);
    });
});

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html */
describe("simulation: stops and transitions", () => {
    const plan = pipelineWith();
    const stop = (at: number, abandon: boolean, commit = "a") => ({ commit, at: at * minute, abandon });
    // Source until 10, build until 20, seal until 30.
    it("stop and wait: the execution is stopping until what runs is done, and then the stage unlocks", () => {
        const played = play(plan, { commits: commits({ a: 0, b: 1 }), stops: [stop(15, false)] });
        assert.deepEqual(lines(played, "execution-stopping", "execution-stopped"), [
            "15 execution-stopping a Build",
            "20 execution-stopped a Build",
        ]);
        assert.ok(lines(played, "stage-entered").includes("20 stage-entered b Build"));
        assert.deepEqual(statuses(played), { a: "Stopped", b: "Succeeded" });
    });

    it("stop and abandon: what runs is abandoned at once", () => {
        const played = play(plan, { commits: commits({ a: 0 }), stops: [stop(15, true)] });
        assert.deepEqual(lines(played, "action-abandoned", "execution-stopped"), [
            "15 action-abandoned a Build",
            "15 execution-stopped a Build",
        ]);
    });

    it("while it is stopping, it can still be abandoned, and not stopped once more", () => {
        const played = play(plan, {
            commits: commits({ a: 0 }),
            stops: [stop(12, false), stop(13, false), stop(15, true)],
        });
        assert.equal(lines(played, "deed-refused").length, 1);
        assert.ok(lines(played, "execution-stopped").includes("15 execution-stopped a Build"));
    });

    it("an inbound execution that was stopped does not continue, and cannot be retried", () => {
        const played = play(plan, {
            commits: commits({ a: 0, b: 1 }),
            stops: [stop(25, false, "b")],
            retries: [{ stage: "Build", commit: "b", at: 200 * minute, mode: "all-actions" }],
        });
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Stopped" });
        assert.equal(lines(played, "deed-refused").length, 1);
    });

    it("actions in the stage where an execution was stopped can be retried", () => {
        const played = play(plan, {
            commits: commits({ a: 0 }),
            stops: [stop(15, true)],
            retries: [{ stage: "Build", commit: "a", at: 60 * minute, mode: "failed-actions" }],
        });
        assert.deepEqual(statuses(played), { a: "Succeeded" });
    });

    it("when a disabled transition is enabled again, the latest execution enters in superseded mode", () => {
        const superseded = pipelineWith({}, { executionMode: "superseded" });
        const played = play(superseded, {
            commits: commits({ a: 0, b: 100, c: 200 }),
            transitions: [{ stage: "prod", from: 0, to: 500 * minute }],
        });
        assert.deepEqual(statuses(played), { a: "Superseded", b: "Superseded", c: "Succeeded" });
        assert.ok(lines(played, "stage-entered").includes("500 stage-entered c prod"));
    });

    it("and in queued mode all of them, in their order", () => {
        const played = play(plan, {
            commits: commits({ a: 0, b: 100, c: 200 }),
            transitions: [{ stage: "prod", from: 0, to: 500 * minute }],
        });
        assert.deepEqual(
            played.environments
                .find(({ environment }) => environment === "prod")
                ?.deployments.map(({ commit }) => commit),
            ["a", "b", "c"],
        );
    });
});
