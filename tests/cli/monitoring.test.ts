import * as assert from "node:assert/strict";
import { monitoringLines } from "../../cli/monitoring";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { planOf, stackFile } from "../support/plans";

const plain = paintFor({});
const planWith = (operations: string) =>
    planOf(
        stackFile(`
            environments: [{ name: dev }, { name: prod, approval: { notify: [ann@shop.example] } }]
            services:
                web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "web-{environment}" } }
            operations: ${operations}
        `),
    );
const shown = (operations: string) => monitoringLines(planWith(operations), plain);

describe("the text of what is watched", () => {
    it("names the dashboard, and says when each alarm goes on", () => {
        assert.deepEqual(shown("{}"), [
            "What is watched",
            "  dashboard         shop--fleet",
            "  failed-deploy     when a deployment of a service to prod failed within 60 min",
            "  duration          when a release took longer than 120 min, without what it waited for approvals",
            "  approval          when an approval waits for more than 24 h",
            "  function-errors   when the stack's functions failed once within 15 min",
            "  late-messages     when what happens waits for the stack's functions for more than 30 min",
            "  dead-letters      when a function could not handle something; one alarm for each: seal, verify, notify, metrics",
            "",
        ]);
    });

    it("says what is missing without metrics, and what is switched off", () => {
        assert.deepEqual(
            shown(
                "{ metrics: none, dashboard: false, alarms: { approval: false, functionErrors: false, lateMessages: false } }",
            ),
            [
                "What is watched",
                "  no dashboard (operations.dashboard: false)",
                "  dead-letters      when a function could not handle something; one alarm for each: seal, verify, notify",
                "  weaker  no alarm when a deployment fails: `metrics: none` counts none",
                "  weaker  no alarm when a release is slow: `metrics: none` measures none",
                "",
            ],
        );
    });

    it("stands in the text of the fleet, and what it costs a line further down", () => {
        const lines = fleetText(planWith("{ alarms: { duration: false } }"), undefined, [], plain).split("\n");
        const first = lines.indexOf("What is watched");
        assert.deepEqual(lines.slice(first, first + 3).at(-1), shown("{}")[2]);
        assert.ok(lines.includes("      $3.00 1 × dashboard of the fleet"));
        assert.ok(lines.includes("      $0.10 1 × metrics of the alarm failed-deploy (us-east-1's price)"));
        assert.ok(!lines.some(line => line.includes("the alarm duration")));
    });
});
