import * as assert from "node:assert/strict";
import type { Script } from "../../../blueprint/simulation/script";
import { hour } from "../../../blueprint/simulation/times";
import { ecsService, fleetOf, pipelineOf, type Words } from "../support/fleet";
import { commits, lines, pipelineWith, play, statuses } from "./support";

const nightly = (words: Words = {}) =>
    pipelineWith({}, { trigger: { schedule: { cron: "0 2 * * ? *", timeZone: "Europe/Berlin" }, ...words } });

/** From nine in the morning: the schedule's times are 1 in the night, UTC, 16 hours later and each day. */
const started = (words: Partial<Script>, plan = nightly({ commits: false })) =>
    lines(play(plan, words), "execution-started", "nothing-started", "commit-ignored");

describe("simulation: starts by others than pushes", () => {
    it("a schedule starts the pipeline at its time, in its time zone, with the newest commit", () => {
        assert.deepEqual(started({ commits: commits({ a: 0, b: 10 }) }), [
            "0 commit-ignored a",
            "10 commit-ignored b",
            `${16 * 60} execution-started b`,
        ]);
    });

    it("beside pushes, which start it too", () => {
        assert.deepEqual(started({ commits: commits({ a: 0 }) }, nightly()), [
            "0 execution-started a",
            `${16 * 60} execution-started a`,
        ]);
    });

    it("once after the last push, or to the end that the script says, whatever is new", () => {
        const late = { a: 0, b: 30 * 60 };
        assert.deepEqual(started({ commits: commits(late) }), [
            "0 commit-ignored a",
            `${16 * 60} execution-started a`,
            `${30 * 60} commit-ignored b`,
            `${40 * 60} execution-started b`,
        ]);
        assert.deepEqual(started({ commits: commits({ a: 0 }), until: 70 * hour }), [
            "0 commit-ignored a",
            ...[16, 40, 64].map(hours => `${hours * 60} execution-started a`),
        ]);
    });

    it("with no commit of a tag or of another branch, nor of later", () => {
        const [a, b, c, d] = commits({ a: 0, b: 5, c: 10, d: 17 * 60 });
        assert.deepEqual(
            started({ commits: [a, { ...b, branch: "other" }, { ...c, tag: "v1" }, d] })[3],
            "960 execution-started a",
        );
        assert.deepEqual(started({ commits: [{ ...b, branch: "other" }] }).at(-1), "960 nothing-started");
    });

    it("the last release of a commit counts, where there is more than one", () => {
        const played = play(nightly(), {
            commits: commits({ a: 0 }),
            failures: [{ action: "dev/deploy", attempt: 1, rollback: false }],
            retries: [{ commit: "a", stage: "dev", at: 20 * hour, mode: "failed-actions" }],
        });
        assert.deepEqual(
            played.executions.map(({ status }) => status),
            ["Failed", "Succeeded"],
        );
        assert.deepEqual(statuses(played), { a: "Succeeded" });
    });

    it("releases of other services start it, as the stack file says", () => {
        const plan = pipelineOf(
            fleetOf({
                environments: [{ name: "dev" }],
                services: {
                    billing: ecsService("billing"),
                    orders: { ...ecsService("orders"), trigger: { after: ["billing"] } },
                },
            }),
        );
        assert.deepEqual(started({ commits: commits({ a: 0 }), releases: [{ service: "billing", at: hour }] }, plan), [
            "0 execution-started a",
            "60 execution-started a",
        ]);
    });
});
