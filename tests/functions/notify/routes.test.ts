import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { happenings as all, type NotifySettings } from "../../../functions/notify/settings";
import { routesOf } from "../../../functions/notify/routes";

const target = { type: "queue", url: "https://sqs/x" } as const;

const environment = (name: string, notify: NotifySettings["notify"]) => ({
    name,
    stage: name,
    approvalStage: `Approve-${name}`,
    notify,
});

const settings = {
    notify: { team: ["failed", "recovered"], ops: ["stuck"] },
    environments: [environment("test", {}), environment("prod", { team: ["succeeded"], pager: ["failed"] })],
    targets: { team: target, ops: target, pager: target },
} as const;

describe("the routes of a notice", () => {
    for (const [title, happening, where, tags, expected] of [
        ["the stack's, where nothing else is said", "failed", "test", {}, ["team"]],
        ["the stack's alone, before any environment", "failed", undefined, {}, ["team"]],
        ["an environment's in place of the stack's, for its target", "failed", "prod", {}, ["pager"]],
        ["the stack's beside the environment's, for another target", "stuck", "prod", {}, ["ops"]],
        ["a service's in place of the environment's", "failed", "prod", { "notify:team": "failed" }, ["team", "pager"]],
        ["a service's for more targets", "failed", "test", { "notify:ops": "stuck failed" }, ["team", "ops"]],
        ["none, where the service says so", "failed", "test", { "notify:team": "none" }, []],
        ["none, where the service's words are no happenings", "failed", "test", { "notify:team": "fail" }, []],
        [
            "a service's in the environment before the service's",
            "failed",
            "prod",
            { "notify:pager:prod": "none", "notify:pager": "failed" },
            [],
        ],
        ["a service's in another environment not at all", "failed", "prod", { "notify:pager:test": "none" }, ["pager"]],
        ["a service's in an environment not before any", "failed", undefined, { "notify:team:test": "none" }, ["team"]],
        ["nobody for a target that is gone", "failed", "test", { "notify:old": "failed" }, ["team"]],
        [
            "nothing of other tags",
            "failed",
            "test",
            { service: "orders", notify: "none", "notify:team:test:x": "none" },
            ["team"],
        ],
        ["several spaces between words", "failed", "test", { "notify:ops": " stuck   failed " }, ["team", "ops"]],
    ] as const) {
        it(`are ${title}`, () => {
            const subject = { happening, ...(where !== undefined && { environment: where }) };
            assert.deepEqual([...routesOf(subject, settings, tags)], expected);
        });
    }

    it("know no target by the name of something that every object has", () => {
        assert.deepEqual(
            [...routesOf({ happening: "failed" }, settings, { "notify:constructor": "failed" })],
            ["team"],
        );
    });

    it("are for each target the narrowest word there is, and no other", () => {
        const list = fc.option(fc.subarray([...all]), { nil: undefined });
        const words = fc.record({ fleet: list, environment: list, service: list, both: list });
        fc.assert(
            fc.property(words, fc.constantFrom(...all), ({ fleet, environment: own, service, both }, happening) => {
                const tag = (events: readonly string[]) => events.join(" ") || "none";
                const found = routesOf(
                    { happening, environment: "prod" },
                    {
                        notify: fleet === undefined ? {} : { team: fleet },
                        environments: [environment("prod", own === undefined ? {} : { team: own })],
                        targets: { team: target },
                    },
                    {
                        ...(service !== undefined && { "notify:team": tag(service) }),
                        ...(both !== undefined && { "notify:team:prod": tag(both) }),
                    },
                );
                assert.equal(found.has("team"), (both ?? service ?? own ?? fleet ?? []).includes(happening));
            }),
        );
    });
});
