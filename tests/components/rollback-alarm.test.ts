import * as assert from "node:assert/strict";
import { RollbackAlarm } from "../../components/rollback-alarm";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop", service: "web" };
const planned = () =>
    planOf(stackFile(`environments: [{ name: dev, rollbackOn: ["{service}-5xx", "{service}-latency"] }]`)).pipelines[0]
        .components[0];

const build = () => {
    const plan = planned();
    assert.ok(plan.component === "RollbackAlarm");
    const { ruleArn } = new RollbackAlarm("web--rollback-on--dev", { plan, tags });
    return { ruleArn };
};

describe("RollbackAlarm", () => {
    it("registers exactly a rule and its target, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "RollbackAlarm web--rollback-on--dev",
            "  EventRule web--rollback-on--dev-rule",
            "  EventTarget web--rollback-on--dev-target < EventRule web--rollback-on--dev-rule",
        ]);
    });

    it("sends the rises of these alarms, and no others, with the stage that goes back, and by no role", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const { eventPattern, ...rule } = inputsOf(all, "EventRule");
        assert.deepEqual(rule, {
            name: "shop--web--rollback-on--dev",
            description: "Rolls web back in dev when an alarm rises",
            tags,
        });
        assert.deepEqual(JSON.parse(String(eventPattern)), {
            source: ["aws.cloudwatch"],
            "detail-type": ["CloudWatch Alarm State Change"],
            account: ["111111111111"],
            detail: { alarmName: ["web-5xx", "web-latency"], state: { value: ["ALARM"] } },
        });
        assert.deepEqual(inputsOf(all, "EventTarget"), {
            rule: "shop--web--rollback-on--dev",
            targetId: "rollback",
            arn: "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--rollback",
            inputTransformer: {
                inputTemplate:
                    '{"pipeline":"shop--web","stage":"dev","environment":"dev","service":"web","event":<aws.events.event.json>}',
            },
        });
        assert.deepEqual(outputs, {
            ruleArn: "arn:aws:events:eu-west-1:111111111111:rule/shop--web--rollback-on--dev",
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails beside another of its name", () =>
        assertFails(
            () => [build(), build()],
            /duplicate URN .*RollbackAlarm::web--rollback-on--dev: a child of the stack/,
        ));
});
