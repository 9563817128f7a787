import * as assert from "node:assert/strict";
import { sharedResources } from "../../../blueprint/counts";
import { Reference } from "../../../catalog/reference";
import { fleetOf, type Words } from "../support/fleet";
import { site, source } from "../support/parts";

const orders: Words = { source, build: { commands: ["make"] }, deploy: site };
const fleet = fleetOf({ services: { orders } });
const bucket = "shop--fleet--artifacts-111111111111-eu-west-1";
const at = "eu-west-1:111111111111";

const functionOf = (key: string) => {
    const found = fleet.shared.functions.find(one => one.key === key);
    assert.ok(found, key);
    return found;
};
const role = (key: string) => `arn:aws:iam::111111111111:role/shop--fleet--${key}`;

const allow = (Sid: string, Action: string[], Resource: unknown[], more: object = {}) => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    ...more,
});
const byS3 = { Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } } };

/** What both may do, with `more` of their own between. */
const statements = (key: string, reading: string[], ...more: object[]) => [
    allow(
        "WriteOwnLogs",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        [`arn:aws:logs:${at}:log-group:/service-pipelines/shop/functions/${key}:log-stream:*`],
    ),
    allow("LeaveDeadLetters", ["sqs:SendMessage"], [`arn:aws:sqs:${at}:shop--fleet--${key}--dead-letters`]),
    allow("OpenAndSealMessages", ["kms:Decrypt", "kms:GenerateDataKey"], [new Reference("artifactKey")], {
        Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    }),
    allow("AnswerPipelines", ["codepipeline:PutJobFailureResult", "codepipeline:PutJobSuccessResult"], ["*"], {
        reason: "answers to a job have no resource-level permission",
    }),
    allow("ReadExecutions", reading, [`arn:aws:codepipeline:${at}:shop--*`]),
    allow("ReadArtifacts", ["s3:GetObject", "s3:GetObjectVersion"], [`arn:aws:s3:::${bucket}/shop--*/*`]),
    ...more,
];

describe("the functions that seal and verify", () => {
    it("have the time and the memory for gigabytes, and are told the same", () => {
        const settings = {
            account: "111111111111",
            region: "eu-west-1",
            bucket,
            folder: "seals/",
            signingKey: new Reference("signingKey"),
        };
        for (const key of ["seal", "verify"]) {
            const { timeoutSeconds, memoryMb, settings: told, queue, name } = functionOf(key);
            assert.deepEqual(
                [timeoutSeconds, memoryMb, told, queue, name],
                [900, 1024, settings, undefined, `shop--fleet--${key}`],
            );
        }
    });

    it("may do this and nothing else: seal writes seals and signs", () =>
        assert.deepEqual(
            functionOf("seal").role.statements,
            statements(
                "seal",
                ["codepipeline:GetPipelineExecution", "codepipeline:ListActionExecutions"],
                allow("KeepSeals", ["s3:GetObject", "s3:PutObject"], [`arn:aws:s3:::${bucket}/seals/*`]),
                allow(
                    "OpenAndSealObjects",
                    ["kms:Decrypt", "kms:GenerateDataKey"],
                    [new Reference("artifactKey")],
                    byS3,
                ),
                allow("SignSeals", ["kms:Sign"], [new Reference("signingKey")]),
            ),
        ));

    it("may do this and nothing else: verify reads seals and checks them", () =>
        assert.deepEqual(
            functionOf("verify").role.statements,
            statements(
                "verify",
                ["codepipeline:GetPipelineExecution"],
                allow("ReadSeals", ["s3:GetObject"], [`arn:aws:s3:::${bucket}/seals/*`]),
                allow("OpenAndSealObjects", ["kms:Decrypt"], [new Reference("artifactKey")], byS3),
                allow("CheckSeals", ["kms:Verify"], [new Reference("signingKey")]),
            ),
        ));

    it("are there only where an action asks them, with 17 resources and no more for more services", () => {
        const none = fleetOf({ services: { orders: { ...orders, skipVerification: "A playground." } } });
        assert.deepEqual(
            none.shared.functions.map(({ key }) => key),
            ["notify", "metrics"],
        );
        assert.equal(sharedResources(fleet.shared) - sharedResources(none.shared), 17);
        const two = fleetOf({
            services: { orders, web: { ...orders, deploy: { type: "s3", bucket: "web-{environment}" } } },
        });
        assert.deepEqual(two.shared, fleet.shared);
    });
});

describe("the signing key", () => {
    const only = (Sid: string, Action: string[], key: string) => ({
        Sid,
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action,
        Resource: ["*"],
        reason: "in a key's own policy * is that key",
        Condition: { ArnEquals: { "aws:PrincipalArn": role(key) } },
    });

    it("lets the account look after it, one role sign and one check, and nobody else anything", () => {
        const { Condition, ...administer } = only(
            "AdministerByAccount",
            [
                "kms:CancelKeyDeletion",
                "kms:CreateAlias",
                "kms:DeleteAlias",
                "kms:DescribeKey",
                "kms:DisableKey",
                "kms:EnableKey",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:GetPublicKey",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UntagResource",
                "kms:UpdateAlias",
                "kms:UpdateKeyDescription",
            ],
            "",
        );
        assert.deepEqual(fleet.shared.signingKey, {
            alias: "alias/shop--fleet--signing",
            policy: [
                administer,
                only("SignBySeal", ["kms:Sign"], "seal"),
                only("CheckByVerify", ["kms:Verify"], "verify"),
            ],
        });
    });

    it("is named by no policy but those of its two functions", () => {
        const naming = fleet.shared.functions.filter(({ role: { statements: all } }) =>
            all.some(({ Resource }) => Resource.some(text => text instanceof Reference && text.ref === "signingKey")),
        );
        assert.deepEqual(
            naming.map(({ key }) => key),
            ["seal", "verify"],
        );
        assert.equal(JSON.stringify(fleet.pipelines).includes("signingKey"), false);
    });
});
