import * as assert from "node:assert/strict";
import { inputsOf, recorded, registered } from "../support/recordings";
import { handle, keyArn, named, nat, network, withNat } from "./support/network";

describe("the flow log of a network", () => {
    it("logs all traffic, encrypted, in records of ten minutes", async () => {
        const recording = await recorded(withNat);
        const all = recording.registrations;
        const { iamRoleArn, ...log } = inputsOf(all, "FlowLog");
        const arn = "arn:aws:logs:eu-west-1:111111111111:log-group:/service-pipelines/shop/network";
        assert.deepEqual(inputsOf(all, "LogGroup"), {
            name: "/service-pipelines/shop/network",
            retentionInDays: 365,
            kmsKeyId: keyArn,
            tags: named("flow-log"),
        });
        assert.deepEqual(log, {
            vpcId: handle(recording, "vpc"),
            trafficType: "ALL",
            logDestinationType: "cloud-watch-logs",
            logDestination: arn,
            maxAggregationInterval: 600,
            tags: named("flow-log"),
        });
        assert.equal(iamRoleArn, "arn:aws:iam::111111111111:role/shop--fleet--flow-logs");
        const rejected = network(`create: { ${nat}, flowLogs: rejected }`);
        assert.equal(inputsOf(await registered(rejected), "FlowLog").trafficType, "REJECT");
    });

    it("lets this account's flow logs write that log, and nothing else", async () => {
        const all = await registered(withNat);
        const arn = "arn:aws:logs:eu-west-1:111111111111:log-group:/service-pipelines/shop/network";
        assert.deepEqual(inputsOf(all, "Role").assumeRolePolicy, {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                    Action: "sts:AssumeRole",
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "111111111111" },
                        ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111111111111:vpc-flow-log/*" },
                    },
                },
            ],
        });
        assert.deepEqual(inputsOf(all, "RolePolicy").policy, {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "WriteFlowLog",
                    Effect: "Allow",
                    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    Resource: [arn, `${arn}:*`],
                },
            ],
        });
    });
});
