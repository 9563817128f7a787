import * as assert from "node:assert/strict";
import { htmlOf } from "../../../cli/report/html";
import { committedText, reported, shopScript, simulated } from "./support/reports";

const ofOrders = (...scripts: readonly string[]) => simulated(...scripts).pipelines[0].simulations ?? [];

describe("simulations in a report", () => {
    it("are on the page of the pipeline that they are played on, in the order of the scripts, and on no other", () => {
        const script = (service: string) => `{ service: ${service}, commits: [{ id: a }] }`;
        const { report } = reported(committedText("prod"), "prod", { scripts: ["web", "orders", "web"].map(script) });
        assert.deepEqual(
            report.pipelines.flatMap(({ key, simulations = [] }) => simulations.map(() => key)),
            ["orders", "web", "web"],
        );
        assert.equal(
            reported(committedText("prod"), "prod").report.pipelines.some(one => "simulations" in one),
            false,
        );
    });

    it("say what was expected, with its place, and what became of executions and environments", () => {
        const missed = `${shopScript("failed-test.yaml")}  - reaches: { commit: b, environment: prod }\n`;
        const [{ script, start, length, expectations, executions, environments }] = ofOrders(missed);
        assert.deepEqual([script, start, length], ["release.yaml", "2026-03-02 09:00", "2h28m24s"]);
        assert.deepEqual(
            expectations.map(({ met }) => met),
            [true, true, true, true, true, true, false],
        );
        assert.deepEqual(expectations.at(-1), {
            met: false,
            expected: "b reaches prod",
            found: "b ended as Failed; at 2h17m36s b fails in staging: integration failed",
            place: "release.yaml:15:5",
        });
        assert.deepEqual(executions, [
            { execution: "#1 a", status: "Succeeded", text: "after 33m24s", tone: "good" },
            { execution: "#2 b", status: "Failed", text: "after 17m36s", tone: "bad" },
            { execution: "#3 back to a", status: "Succeeded", text: "rollback of staging, after 10m48s", tone: "good" },
        ]);
        assert.deepEqual(environments, ["staging: a since 2h28m24s", "prod: a since 33m24s"]);
    });

    it("say of a commit that starts nothing why, among the executions", () => {
        const [{ executions, visits }] = ofOrders("{ service: orders, commits: [{ id: a, branch: other }] }");
        assert.deepEqual(
            [executions.map(({ execution, status }) => [execution, status]), visits],
            [[["a", "NotStarted"]], []],
        );
        assert.equal(executions[0].text, "the source takes main");
    });

    it("have the events that `npm run simulate` prints, with who is told", () => {
        const [{ events }] = ofOrders(shopScript("failed-test.yaml"));
        assert.deepEqual(
            events
                .filter(({ told }) => told.length > 0)
                .map(({ time, execution, where, tone, told }) => [
                    time,
                    execution,
                    where,
                    tone,
                    ...told.map(({ target, happening }) => `${target} ${happening}`),
                ]),
            [
                ["17m36s", "#1 a", "Approve-prod", "plain", "orders approval-needed"],
                ["2h17m36s", "#2 b", "staging", "trouble", "orders failed"],
                ["2h28m24s", "#3 back to a", "staging", "plain", "orders rolled-back"],
            ],
        );
        assert.deepEqual(
            events.filter(({ where, what }) => where === "Approve-prod" && what.startsWith("approve ")),
            [],
        );
    });

    it("draw the first 50 executions, and have the first 1000 events, of a script of 1000 commits, in a file that is no larger than it must be", () => {
        const commits = Array.from({ length: 1000 }, (_, index) => `{ id: c${index}, at: ${index * 70}m }`);
        const report = simulated(`{ service: orders, commits: [${commits.join(", ")}] }`);
        const [one] = report.pipelines[0].simulations ?? [];
        const drawn = (commit: string) => one.visits.some(visit => visit.commit === commit);
        assert.deepEqual([drawn("c49"), drawn("c50"), one.undrawn], [true, false, 950]);
        assert.equal(one.around.length, 50);
        assert.equal(one.executions.length, 1000);
        assert.equal(one.events.length, 1000);
        assert.ok(one.untold > 10_000);
        assert.ok(Buffer.byteLength(htmlOf(report)) < 200_000);
    });
});
