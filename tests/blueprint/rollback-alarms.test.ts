import * as assert from "node:assert/strict";
import { changeOf } from "../../blueprint/change";
import { componentResources } from "../../blueprint/counts";
import { quotasOf } from "../../blueprint/quotas";
import { componentStatements, rolesOf } from "../../blueprint/roles";
import { resolve } from "../../components/resolve";
import { faultsOf, type ArnStatement } from "../support/iam-actions";
import { ecsService, fleetOf, pipelineOf, type Words } from "./support/fleet";

const environments = [
    { name: "dev" },
    {
        name: "prod",
        account: "222222222222",
        deployRoleArn: "arn:aws:iam::222222222222:role/deploy",
        rollbackOn: ["{service}-5xx", "{service}-latency"],
    },
];

const fleetWith = (orders: Words = {}, stack: Words = {}) =>
    fleetOf({ environments, services: { orders: { ...ecsService("orders"), ...orders } }, ...stack });

const rules = (orders: Words = {}) =>
    pipelineOf(fleetWith(orders)).components.filter(({ component }) => component === "RollbackAlarm");

const functionsOf = (orders: Words = {}) => fleetWith(orders).shared.functions.filter(({ key }) => key === "rollback");

describe("alarms that roll a stage back", () => {
    it("have one rule for each stage, which sends the stage's words with the whole event", () => {
        assert.deepEqual(rules(), [
            {
                component: "RollbackAlarm",
                logicalName: "orders--rollback-on--prod",
                physicalName: "shop--orders--rollback-on--prod",
                description: "Rolls orders back in prod when an alarm rises",
                pattern: {
                    source: ["aws.cloudwatch"],
                    "detail-type": ["CloudWatch Alarm State Change"],
                    account: ["111111111111"],
                    detail: { alarmName: ["orders-5xx", "orders-latency"], state: { value: ["ALARM"] } },
                },
                queueArn: "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--rollback",
                message:
                    '{"pipeline":"shop--orders","stage":"prod","environment":"prod","service":"orders","event":<aws.events.event.json>}',
            },
        ]);
    });

    it("send JSON as soon as the event stands in its place", () => {
        const [rule] = rules();
        assert.ok(rule.component === "RollbackAlarm");
        assert.deepEqual(JSON.parse(rule.message.replace("<aws.events.event.json>", '{"id":"1"}')), {
            pipeline: "shop--orders",
            stage: "prod",
            environment: "prod",
            service: "orders",
            event: { id: "1" },
        });
    });

    it("cost three registrations and one rule of the quota, and no role", () => {
        const [rule] = rules();
        assert.deepEqual([componentResources(rule), componentStatements(rule)], [3, []]);
        const used = (orders: Words) =>
            quotasOf(fleetWith(orders)).find(({ what }) => what === "EventBridge rules on the bus")?.used ?? 0;
        const none = { environments: { prod: { rollbackOn: [] } } };
        assert.equal(used({}) - used(none), 1);
        const fleet = fleetWith();
        assert.equal(rolesOf(pipelineOf(fleet), fleet).length, rolesOf(pipelineOf(fleetWith(none)), fleet).length);
    });

    it("have to be where the pipeline is: the preview says so of another account, and nothing where it is the same", () => {
        const needs = (name: string) =>
            `the alarm ${name} is in account 111111111111 and eu-west-1, as no rule hears of one of 222222222222 in eu-west-1; there it can watch metrics of 222222222222`;
        assert.deepEqual(pipelineOf(fleetWith()).prerequisites, [needs("orders-5xx"), needs("orders-latency")]);
        const here = fleetWith({}, { environments: [{ name: "prod", rollbackOn: ["5xx"] }] });
        assert.deepEqual(pipelineOf(here).prerequisites, []);
    });

    it("are named by the service instead of the environment", () => {
        const [rule] = rules({ environments: { prod: { rollbackOn: ["mine"] } } });
        assert.ok(rule.component === "RollbackAlarm");
        assert.deepEqual(rule.pattern.detail, { alarmName: ["mine"], state: { value: ["ALARM"] } });
    });

    it("edit no pipeline: what could be gone back to stays", () => {
        const change = changeOf(fleetWith({ environments: { prod: { rollbackOn: ["mine"] } } }), fleetWith());
        assert.deepEqual([change.edited, change.beside], [[], ["orders"]]);
    });
});

describe("the function that rolls back", () => {
    it("is there only where a stage names an alarm", () => {
        assert.equal(functionsOf().length, 1);
        assert.deepEqual(functionsOf({ environments: { prod: { rollbackOn: [] } } }), []);
    });

    it("may roll back the stages that name alarms, and no others", () => {
        const [{ role }] = functionsOf();
        const pipelines = "arn:aws:codepipeline:eu-west-1:111111111111:shop--*";
        assert.deepEqual(
            role.statements.filter(
                ({ Sid }) =>
                    !["LeaveDeadLetters", "OpenAndSealMessages", "TakeMessages", "WriteOwnLogs"].includes(String(Sid)),
            ),
            [
                {
                    Sid: "RollBackStages",
                    Effect: "Allow",
                    Action: ["codepipeline:RollbackStage"],
                    Resource: [`${pipelines}/prod`],
                },
                {
                    Sid: "ReadPipelines",
                    Effect: "Allow",
                    Action: [
                        "codepipeline:GetPipelineExecution",
                        "codepipeline:GetPipelineState",
                        "codepipeline:ListActionExecutions",
                        "codepipeline:ListPipelineExecutions",
                    ],
                    Resource: [pipelines],
                },
                {
                    Sid: "ReadAlarms",
                    Effect: "Allow",
                    Action: ["cloudwatch:DescribeAlarms"],
                    Resource: ["*"],
                    reason: "AWS shows composite alarms only to a permission on *",
                },
                {
                    Sid: "TellPeople",
                    Effect: "Allow",
                    Action: ["sqs:SendMessage"],
                    Resource: ["arn:aws:sqs:eu-west-1:111111111111:shop--fleet--notify"],
                },
                {
                    Sid: "RememberWhatWasDone",
                    Effect: "Allow",
                    Action: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
                    Resource: ["arn:aws:dynamodb:eu-west-1:111111111111:table/shop--fleet--operations"],
                },
            ],
        );
    });

    it("is allowed what AWS's service authorization reference knows, and limits to resources where that can be", async () => {
        const [{ role }] = functionsOf();
        const key = () => "arn:aws:kms:eu-west-1:111111111111:key/k";
        assert.deepEqual(await faultsOf(resolve(role.statements, key) as ArnStatement[], "principal"), [
            // Composite alarms are shown to nobody else.
            "ReadAlarms: cloudwatch:DescribeAlarms stands on *, and could be limited to: alarm",
        ]);
    });

    it("is told whom to tell, and hears of the rules of this fleet alone", () => {
        const [{ settings, queue }] = functionsOf();
        const { notifyQueue } = settings as { notifyQueue: string };
        assert.equal(notifyQueue, "https://sqs.eu-west-1.amazonaws.com/111111111111/shop--fleet--notify");
        assert.deepEqual(
            queue?.policy.map(({ Condition }) => Condition),
            [{ ArnLike: { "aws:SourceArn": ["arn:aws:events:eu-west-1:111111111111:rule/shop--*"] } }],
        );
    });
});
