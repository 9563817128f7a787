import * as assert from "node:assert/strict";
import { endpointNames, endpointServiceName, endpointsOfAction, isGateway } from "../../catalog/endpoints";

describe("endpoints of AWS's services", () => {
    for (const [region, endpoint, name] of [
        ["eu-west-1", "ecr.api", "com.amazonaws.eu-west-1.ecr.api"],
        ["us-gov-west-1", "sts", "com.amazonaws.us-gov-west-1.sts"],
        ["cn-north-1", "sts", "cn.com.amazonaws.cn-north-1.sts"],
        ["cn-northwest-1", "ecr.dkr", "cn.com.amazonaws.cn-northwest-1.ecr.dkr"],
        ["cn-north-1", "logs", "com.amazonaws.cn-north-1.logs"],
        // Of the two endpoints that S3 has there, the gateway is called as everywhere.
        ["cn-north-1", "s3", "com.amazonaws.cn-north-1.s3"],
    ] as const) {
        it(`has the name ${name}`, () => assert.equal(endpointServiceName(endpoint, region), name));
    }

    it("is a gateway of S3 and DynamoDB alone", () =>
        assert.deepEqual(endpointNames.filter(isGateway), ["dynamodb", "s3"]));

    for (const [action, found] of [
        ["s3:GetObject", ["s3"]],
        ["ecs:UpdateService", ["ecs"]],
        ["cloudwatch:PutMetricData", ["monitoring"]],
        ["kinesis:PutRecord", ["kinesis-streams"]],
        ["ecr:GetAuthorizationToken", ["ecr.api", "ecr.dkr"]],
        ["ecr:DescribeImages", ["ecr.api"]],
        ["codeartifact:ReadFromRepository", ["codeartifact.api", "codeartifact.repositories"]],
        ["codecommit:GitPull", ["git-codecommit"]],
        ["codecommit:GetBranch", ["codecommit"]],
        ["sts:AssumeRole", ["sts"]],
        ["sts:GetServiceBearerToken", []],
        ["sts:TagSession", []],
        ["iam:PassRole", []],
        ["iam:CreateRole", undefined],
        ["cloudfront:CreateInvalidation", undefined],
        ["ecr-public:PutImage", undefined],
    ] as const) {
        it(`${action} goes through ${found?.join(" and ") ?? "none that is known"}`, () =>
            assert.deepEqual(endpointsOfAction(action), found));
    }
});
