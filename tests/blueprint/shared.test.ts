import * as assert from "node:assert/strict";
import type { Statement } from "../../blueprint/policy";
import { Reference } from "../../catalog/reference";
import { deployRole, ecsService, fleetOf, reference, threeEnvironments } from "./support/fleet";

const fleet = fleetOf({ environments: threeEnvironments, services: { orders: reference } });
const plain = fleetOf();
const root = { AWS: "arn:aws:iam::111111111111:root" };
const other = { AWS: ["arn:aws:iam::222222222222:root"] };
const bucket = "arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1";
const itself = { Resource: ["*"], reason: "in a key's own policy * is that key" };
const byFleet = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/shop--*" } };
const byDeploy = { ArnEquals: { "aws:PrincipalArn": [deployRole] } };
const sids = (statements: readonly Statement[]) => statements.map(({ Sid }) => Sid);

describe("the artifact key's policy", () => {
    const allow = (Sid: string, Principal: object, Action: string[], Condition?: object) => ({
        Sid,
        Effect: "Allow",
        Principal,
        Action,
        ...itself,
        ...(Condition && { Condition }),
    });

    it("lets the account manage the key and not use it, and roles use it through S3, SNS and SQS", () => {
        assert.deepEqual(plain.shared.store.keyPolicy, [
            allow("AdministerByAccount", root, [
                "kms:CancelKeyDeletion",
                "kms:CreateAlias",
                "kms:DeleteAlias",
                "kms:DescribeKey",
                "kms:DisableKey",
                "kms:EnableKey",
                "kms:EnableKeyRotation",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UntagResource",
                "kms:UpdateAlias",
                "kms:UpdateKeyDescription",
            ]),
            allow("UseByRolesOfFleet", root, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], {
                ...byFleet,
                StringEquals: {
                    "kms:ViaService": ["s3", "sns", "sqs"].map(service => `${service}.eu-west-1.amazonaws.com`),
                },
            }),
            allow("DescribeByRolesOfFleet", root, ["kms:DescribeKey"], byFleet),
            allow(
                "EncryptBuildLogs",
                { Service: "logs.eu-west-1.amazonaws.com" },
                [
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                ],
                {
                    ArnEquals: {
                        "kms:EncryptionContext:aws:logs:arn": [
                            "/service-pipelines/shop",
                            "/service-pipelines/shop/network",
                            "/service-pipelines/shop/functions/seal",
                            "/service-pipelines/shop/functions/verify",
                            "/service-pipelines/shop/functions/notify",
                            "/service-pipelines/shop/functions/metrics",
                            "/aws/events/service-pipelines/shop/audit",
                        ].map(group => `arn:aws:logs:eu-west-1:111111111111:log-group:${group}`),
                    },
                },
            ),
            // Without them, EventBridge and CloudWatch fail in silence at encrypted queues and topics.
            allow("SealEventsAndAlarms", { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }, [
                "kms:Decrypt",
                "kms:GenerateDataKey",
            ]),
            // Without it, nobody could read dead letters or send them back, as the runbook says.
            allow("OpenMessagesByAccount", root, ["kms:Decrypt", "kms:GenerateDataKey"], {
                StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" },
            }),
        ]);
    });

    it("lets deploy roles open artifacts, naming their accounts: a role may be made later", () => {
        assert.deepEqual(fleet.shared.store.keyPolicy.slice(6), [
            allow("OpenByDeployRoles", other, ["kms:Decrypt"], {
                ...byDeploy,
                StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
            }),
            allow("DescribeByDeployRoles", other, ["kms:DescribeKey"], byDeploy),
        ]);
    });

    it("has no statement more for a service more", () => {
        const services = Object.fromEntries(["a", "b", "c", "orders"].map(name => [name, ecsService(name)]));
        const more = fleetOf({ environments: threeEnvironments, services });
        assert.deepEqual(more.shared.store, fleet.shared.store);
    });

    it("names the principals of China as they are called there", () => {
        const services = { orders: { ...ecsService("orders"), deploy: { type: "s3", bucket: "site-{environment}" } } };
        const logs = fleetOf({ services }, "cn-north-1").shared.store.keyPolicy.find(
            ({ Sid }) => Sid === "EncryptBuildLogs",
        );
        assert.deepEqual(logs?.Principal, { Service: "logs.cn-north-1.amazonaws.com.cn" });
    });
});

describe("roles that read the artifacts themselves", () => {
    const stack = (name: string, parameters: object) => ({
        ...ecsService(name),
        deploy: {
            type: "cloudformation",
            stack: `${name}-{environment}`,
            executionRoleArn: "arn:aws:iam::{account}:role/cloudformation",
            parameters,
        },
    });
    const storeOf = (parameters: object) =>
        fleetOf({
            environments: threeEnvironments,
            services: { a: stack("a", parameters), b: stack("b", parameters) },
        }).shared.store;
    const told = storeOf({ Key: { attribute: "ObjectKey" } });

    it("are let by key and bucket beside the deploy roles, each once, in accounts that are named once", () => {
        const roles = [
            deployRole,
            "arn:aws:iam::111111111111:role/cloudformation",
            "arn:aws:iam::222222222222:role/cloudformation",
        ];
        const accounts = ["arn:aws:iam::222222222222:root", "arn:aws:iam::111111111111:root"];
        for (const statement of [...told.keyPolicy.slice(6), ...told.bucketPolicy.slice(5, -1)]) {
            assert.deepEqual(statement.Principal, { AWS: accounts }, statement.Sid);
            assert.deepEqual(statement.Condition?.ArnEquals, { "aws:PrincipalArn": roles }, statement.Sid);
        }
    });

    it("are none where a stack is told nothing of where artifacts are kept", () => {
        const { keyPolicy, bucketPolicy } = storeOf({ Tag: { file: "image.json", key: "tag" } });
        assert.deepEqual([keyPolicy, bucketPolicy], [fleet.shared.store.keyPolicy, fleet.shared.store.bucketPolicy]);
    });
});

describe("what services share", () => {
    it("is called after the fleet", () => {
        const { store, logs, network } = plain.shared;
        assert.deepEqual([store.bucket, store.alias], [bucket.replace("arn:aws:s3:::", ""), "alias/shop--fleet"]);
        assert.deepEqual(logs, { group: "/service-pipelines/shop", days: 365 });
        assert.equal(network.name, "shop--fleet--builds");
        assert.deepEqual(network.builds, {
            vpcId: new Reference("vpc"),
            subnetIds: [new Reference("subnet:0"), new Reference("subnet:1")],
            subnetArns: [new Reference("subnetArn:0"), new Reference("subnetArn:1")],
            securityGroupId: new Reference("buildSecurityGroup"),
            securityGroupArn: new Reference("buildSecurityGroupArn"),
        });
    });

    it("runs builds in a network that is there already", () => {
        const network = { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] } };
        const { vpcId, subnetIds, subnetArns } = fleetOf({ network }).shared.network.builds;
        assert.deepEqual(
            [vpcId, subnetIds, subnetArns],
            [
                "vpc-1",
                ["subnet-1", "subnet-2"],
                [
                    "arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1",
                    "arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-2",
                ],
            ],
        );
    });

    it("makes the connections that it does not only name, in the order of their keys", () => {
        const connections = {
            own: { provider: "GitLabSelfManaged", host: "arn:aws:codeconnections:eu-west-1:111111111111:host/1" },
            github: { provider: "GitHub" },
            old: { arn: "arn:aws:codestar-connections:eu-west-1:111111111111:connection/1" },
        };
        assert.deepEqual(fleetOf({ connections }).shared.connections, [
            { key: "github", name: "shop--github", provider: "GitHub" },
            {
                key: "own",
                name: "shop--own",
                provider: "GitLabSelfManaged",
                host: "arn:aws:codeconnections:eu-west-1:111111111111:host/1",
            },
        ]);
    });

    it("has a topic and a policy for each environment that somebody asks before, with everybody who is asked", () => {
        const services = {
            orders: reference,
            web: {
                ...ecsService("web"),
                environments: {
                    dev: { approval: { notify: ["web@shop.example", "release@shop.example"] } },
                    prod: { approval: { instructions: "Look at the site." } },
                },
            },
            admin: { ...ecsService("admin"), environments: { dev: { approval: { notify: ["admin@shop.example"] } } } },
        };
        const plan = fleetOf({ environments: threeEnvironments, services });
        const [dev, staging, prod, ...none] = plan.shared.approvals;
        assert.deepEqual(none, []);
        const all = ["admin@shop.example", "release@shop.example", "web@shop.example"];
        assert.deepEqual(dev.notify, all);
        // One topic: whoever is asked for one service is asked for all, and each pipeline says so.
        const asked = plan.pipelines.flatMap(({ stages }) =>
            stages.flatMap(({ approval }) => (approval?.environment === "dev" ? [approval.notify] : [])),
        );
        assert.deepEqual(asked, [all, all]);
        assert.equal(staging.environment, "staging");
        const pipelines = "arn:aws:codepipeline:eu-west-1:111111111111:shop--*";
        assert.deepEqual(prod, {
            environment: "prod",
            name: "shop--fleet--approve--prod",
            arn: "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--prod",
            notify: ["on-call@shop.example", "release@shop.example"],
            policyName: "shop--fleet--approve--prod",
            statements: [
                {
                    Sid: "AnswerApprovals",
                    Effect: "Allow",
                    Action: ["codepipeline:PutApprovalResult"],
                    Resource: [`${pipelines}/Approve-prod/approve`],
                },
                {
                    Sid: "SeeWhatIsAsked",
                    Effect: "Allow",
                    Action: [
                        "codepipeline:GetPipeline",
                        "codepipeline:GetPipelineExecution",
                        "codepipeline:GetPipelineState",
                    ],
                    Resource: [pipelines],
                },
            ],
        });
    });

    it("has no topic where nobody asks", () => {
        const services = {
            orders: {
                ...reference,
                environments: { prod: { skipApproval: "a" }, staging: { skipApproval: "b" } },
            },
        };
        assert.deepEqual(fleetOf({ environments: threeEnvironments, services }).shared.approvals, []);
        assert.deepEqual(sids(plain.shared.store.bucketPolicy).includes("ReadByDeployRoles"), false);
    });
});
