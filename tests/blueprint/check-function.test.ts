import * as assert from "node:assert/strict";
import { sharedResources } from "../../blueprint/counts";
import type { FleetPlan } from "../../blueprint/plan";
import { allRoles } from "../../blueprint/roles";
import { Reference } from "../../catalog/reference";
import { ecsService, fleetOf, home, type Words } from "./support/fleet";
import { alarm, checkArn, fleetWith, window } from "./support/check";

describe("the function of the check", () => {
    const logs = "arn:aws:logs:eu-west-1:111111111111:log-group:/service-pipelines/shop/functions/check";
    const allow = (Sid: string, Action: string[], Resource: string, reason?: string) => ({
        Sid,
        Effect: "Allow",
        Action,
        Resource: [Resource],
        ...(reason !== undefined && { reason }),
    });
    const write = allow("WriteOwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], `${logs}:log-stream:*`);
    const answer = allow(
        "AnswerPipelines",
        ["codepipeline:PutJobFailureResult", "codepipeline:PutJobSuccessResult"],
        "*",
        "answers to a job have no resource-level permission",
    );
    const tell = allow(
        "TellRollbacks",
        ["codepipeline:GetPipelineExecution", "codepipeline:ListActionExecutions"],
        "arn:aws:codepipeline:eu-west-1:111111111111:shop--*",
    );
    const readFreezes = allow(
        "ReadFreezes",
        ["ssm:GetParameters"],
        "arn:aws:ssm:eu-west-1:111111111111:parameter/service-pipelines/shop/freeze/*",
    );
    const readAlarms = allow(
        "ReadAlarms",
        ["cloudwatch:DescribeAlarms"],
        "*",
        "AWS shows composite alarms only to a permission on *",
    );
    const deadLetters = "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--check--dead-letters";
    const leave = allow("LeaveDeadLetters", ["sqs:SendMessage"], deadLetters);
    const seal = {
        Sid: "OpenAndSealMessages",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: [new Reference("artifactKey")],
        Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    };
    const checkOf = (fleet: FleetPlan) => fleet.shared.functions.filter(({ key }) => key === "check");

    it("is planned once, with a role and a log group of its own", () => {
        const [check, ...none] = checkOf(fleetWith({ freezable: true, before: [window, alarm("a")] }));
        assert.deepEqual(none, []);
        assert.deepEqual(check, {
            key: "check",
            name: "shop--fleet--check",
            arn: checkArn,
            description: "Says whether a stage may be entered: no freeze, no alarm",
            memoryMb: 256,
            timeoutSeconds: 60,
            logs: { group: "/service-pipelines/shop/functions/check", days: 365 },
            deadLetters: {
                name: "shop--fleet--check--dead-letters",
                arn: deadLetters,
                url: "https://sqs.eu-west-1.amazonaws.com/111111111111/shop--fleet--check--dead-letters",
                alarm: {
                    name: "shop--fleet--check--dead-letters",
                    description:
                        "The function shop--fleet--check could not handle something: see shop--fleet--check--dead-letters",
                },
            },
            role: {
                name: "shop--fleet--check",
                arn: "arn:aws:iam::111111111111:role/shop--fleet--check",
                of: "function shop--fleet--check",
                trust: { service: "lambda.amazonaws.com" },
                statements: [write, leave, seal, answer, tell, readFreezes, readAlarms],
                path: ["environments"],
            },
        });
    });

    for (const [title, dev, statements] of [
        ["freezes alone", { freezable: true }, [write, leave, seal, answer, tell, readFreezes]],
        ["alarms alone", { before: [window, alarm("a")] }, [write, leave, seal, answer, tell, readAlarms]],
    ] as const) {
        it(`may read ${title} where it is asked for no more`, () => {
            assert.deepEqual(checkOf(fleetWith(dev))[0].role.statements, statements);
        });
    }

    it("is not there unless something asks it", () => {
        for (const dev of [{}, { before: [window] }, { before: [alarm("a")] }]) {
            assert.deepEqual(checkOf(fleetWith(dev)), []);
        }
    });

    it("is the same for every number of services, and counts", () => {
        const services = Object.fromEntries(["a", "b", "c"].map(name => [name, ecsService(name)]));
        const [one, three] = [fleetWith({ freezable: true }), fleetWith({ freezable: true }, services)];
        assert.deepEqual(three.shared, one.shared);
        assert.equal(sharedResources(one.shared) - sharedResources(fleetWith({}).shared), 7);
        const roles = (fleet: typeof one) => allRoles(fleet).map(({ name }) => name);
        assert.deepEqual(
            roles(one).filter(name => !roles(fleetWith({})).includes(name)),
            ["shop--fleet--check"],
        );
    });

    it("writes its logs under the stack's key", () => {
        const condition = (dev: Words) =>
            fleetWith(dev).shared.store.keyPolicy.find(({ Sid }) => Sid === "EncryptBuildLogs")?.Condition;
        const group = `arn:aws:logs:${home.region}:${home.account}:log-group:/service-pipelines/shop`;
        const network = `${group}/network`;
        const guards = ["seal", "verify"].map(key => `${group}/functions/${key}`);
        const others = ["notify", "metrics"].map(key => `${group}/functions/${key}`);
        const audit = `arn:aws:logs:${home.region}:${home.account}:log-group:/aws/events/service-pipelines/shop/audit`;
        const context = "kms:EncryptionContext:aws:logs:arn";
        assert.deepEqual(condition({}), { ArnEquals: { [context]: [group, network, ...guards, ...others, audit] } });
        assert.deepEqual(condition({ freezable: true }), {
            ArnEquals: { [context]: [group, network, logs, ...guards, ...others, audit] },
        });
    });

    it("says which environments can be frozen", () => {
        const environments = [{ name: "dev" }, { name: "prod", freezable: true }];
        assert.deepEqual(fleetOf({ environments }).freezable, ["prod"]);
    });
});
