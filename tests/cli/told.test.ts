import * as assert from "node:assert/strict";
import { fleetJson } from "../../cli/json";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { targetLines, toldLines, toldOf } from "../../cli/told";
import { planOf, stackFile } from "../support/plans";

const plan = planOf(
    stackFile(`
        targets:
            hook: { type: slack, webhook: "hooks:ops" }
            idle: { type: sqs }
            ops: { type: sns, emails: [ops@shop.example] }
            room: { type: chat, slack: { workspaceId: T1, channelId: C1 } }
        notify: { hook: [failed, succeeded], ops: [alarm, failed] }
        environments: [{ name: dev, notify: { ops: [] } }, { name: qa }, { name: prod, notify: { room: [stuck] } }]
        services:
            api:
                source: { repository: acme/api }
                build: { type: none }
                deploy: { type: s3, bucket: "api-{environment}" }
                notify: { hook: [], ops: [], room: [] }
            web:
                source: { repository: acme/web }
                build: { type: none }
                deploy: { type: s3, bucket: "web-{environment}" }
                environments: { prod: { notify: { hook: [] } } }
    `),
);
const [api, web] = plan.pipelines;

describe("who is told", () => {
    it("is a line for each target, with what is different in an environment", () => {
        assert.deepEqual(toldLines(web, plan), [
            "succeeded, failed → hook (Slack by webhook, secret hooks:ops); in prod: nothing",
            "failed → ops (e-mail to ops@shop.example); in dev: nothing",
            "in prod: stuck → room (channel C1 of Slack by Amazon Q Developer)",
        ]);
    });

    it("is said to be nobody where it is so", () => assert.deepEqual(toldLines(api, plan), ["nobody, of anything"]));

    it("stands in the text of each pipeline, above what is weaker", () => {
        const lines = fleetText(plan, undefined, [], paintFor({ isTTY: false })).split("\n");
        const start = lines.findIndex(line => line.startsWith("api "));
        assert.deepEqual(
            lines
                .slice(start)
                .filter(line => /^ {2}(told|weaker) {2}/.test(line))
                .slice(0, 6),
            [
                "  told    nobody, of anything",
                "  weaker  hook is not told of succeeded, failed",
                "  weaker  ops is not told of failed",
                "  weaker  room is not told of stuck in prod",
                "  told    succeeded, failed → hook (Slack by webhook, secret hooks:ops); in prod: nothing",
                "  told    failed → ops (e-mail to ops@shop.example); in dev: nothing",
            ],
        );
        const who = lines.indexOf("Who can be told");
        assert.deepEqual(lines.slice(who, lines.indexOf("", who)), ["Who can be told", ...targetLines(plan)]);
    });

    it("is in the JSON object", () => {
        const { pipelines } = fleetJson({ stack: "test", plan, problems: [], warnings: [], registrations: [] });
        assert.deepEqual(
            pipelines.map(({ service, told }) => [service, told]),
            [
                ["api", []],
                ["web", toldOf(web, plan.shared.operations.targets)],
            ],
        );
        assert.deepEqual(pipelines[1].told[1], {
            target: "ops",
            type: "sns",
            summary: "e-mail to ops@shop.example",
            everywhere: ["failed"],
            environments: { dev: [] },
        });
    });
});

describe("who can be told", () => {
    it("is each target, with what has to be so before, and whether it hears of alarms", () => {
        assert.deepEqual(targetLines(plan), [
            "  hook         slack: Slack by webhook, secret hooks:ops",
            "  idle         sqs: queue shop--fleet--tell--idle",
            "  ops          sns: e-mail to ops@shop.example; hears of the fleet's alarms",
            "    needs  each address confirms its subscription once, by the link that SNS sends; until then it is told nothing",
            "  room         chat: channel C1 of Slack by Amazon Q Developer",
            "    needs  the Slack workspace T1 is authorized in the console of Amazon Q Developer in chat applications",
        ]);
    });

    it("is nobody where there is no target", () => {
        assert.deepEqual(targetLines(planOf(stackFile("{ targets: {}, notify: {} }"))), [
            "  nobody: `targets` names none",
        ]);
    });
});
