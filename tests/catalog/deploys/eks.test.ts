import * as assert from "node:assert/strict";
import { eks } from "../../../catalog/deploys/eks";
import { at, built, dev, only, prod, read, refusals, source } from "../support/place";

const subnets = "subnets: [subnet-1a, subnet-2b]";
const helm = "cluster: shop-prod, helm: { release: orders, chart: charts/orders }";
const manifests = "cluster: shop-prod, manifests: [deployment.yaml, service.yaml]";
const words = (yaml: string) => read(eks.settings, `{ ${yaml} }`);
const planned = (yaml: string, environment = prod) =>
    only(eks.plan(words(yaml), at("deploy", [built, source], environment)));

const ec2 = "arn:aws:ec2:eu-west-1:222222222222";
const group = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/codepipeline/shop--orders";
const findCluster = {
    sid: "FindCluster",
    actions: ["eks:DescribeCluster"],
    resources: ["arn:aws:eks:eu-west-1:222222222222:cluster/shop-prod"],
};
const describeNetwork = {
    sid: "DescribeNetwork",
    actions: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
    ],
    resources: ["*"],
    reason: "EC2's Describe actions have no resource-level permission",
};
const writeLog = {
    sid: "WriteActionLog",
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [group, `${group}:*`],
};

describe("deploy eks", () => {
    it("installs a chart from within the cluster's subnets, by the environment's deploy role", () => {
        const step = planned(
            `cluster: shop-prod, namespace: shop, helm: { release: orders, chart: charts/orders, values: [a.yaml, b.yaml] }, ${subnets}, securityGroups: [sg-1a]`,
        );
        assert.deepEqual(step, {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "EKS",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["ClusterName"],
                    optional: [
                        "HelmReleaseName",
                        "HelmChartLocation",
                        "HelmValuesFiles",
                        "ManifestFiles",
                        "Namespace",
                        "Subnets",
                        "SecurityGroupIds",
                    ],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html",
            },
            byDeployRole: true,
            summary: "Helm release orders in EKS cluster shop-prod, namespace shop",
            configuration: {
                ClusterName: "shop-prod",
                Namespace: "shop",
                HelmReleaseName: "orders",
                HelmChartLocation: "charts/orders",
                HelmValuesFiles: "a.yaml,b.yaml",
                Subnets: "subnet-1a,subnet-2b",
                SecurityGroupIds: "sg-1a",
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            namespace: at("deploy", [], prod).namespace,
            grants: [
                findCluster,
                describeNetwork,
                {
                    sid: "CreateInterfaceInSubnets",
                    actions: ["ec2:CreateNetworkInterface"],
                    resources: [
                        `${ec2}:network-interface/*`,
                        `${ec2}:security-group/sg-1a`,
                        `${ec2}:subnet/subnet-1a`,
                        `${ec2}:subnet/subnet-2b`,
                    ],
                },
                ...[
                    ["DeleteOwnInterface", "ec2:DeleteNetworkInterface"],
                    ["LendInterface", "ec2:CreateNetworkInterfacePermission"],
                ].map(([sid, action]) => ({
                    sid,
                    actions: [action],
                    resources: [`${ec2}:network-interface/*`],
                    conditions: {
                        ArnEquals: { "ec2:Subnet": [`${ec2}:subnet/subnet-1a`, `${ec2}:subnet/subnet-2b`] },
                    },
                })),
                writeLog,
            ],
            targets: [
                {
                    what: "Helm release orders in EKS cluster shop-prod, namespace shop",
                    account: "222222222222",
                },
            ],
            prerequisites: [
                "arn:aws:iam::222222222222:role/deploy has an access entry in the EKS cluster shop-prod, with an access policy for the namespace shop",
            ],
        });
    });

    it("applies manifests, which say themselves what they make", () => {
        const step = planned(`${manifests}, ${subnets}`);
        assert.deepEqual(step.configuration, {
            ClusterName: "shop-prod",
            ManifestFiles: "deployment.yaml,service.yaml",
            Subnets: "subnet-1a,subnet-2b",
        });
        assert.equal(step.summary, "deployment.yaml, service.yaml in EKS cluster shop-prod");
        assert.equal(step.targets, undefined);
    });

    it("takes the cluster's own security groups where none is named", () => {
        const create = planned(`${helm}, ${subnets}`).grants.find(({ sid }) => sid === "CreateInterfaceInSubnets");
        assert.equal(create?.resources[1], `${ec2}:security-group/*`);
    });

    it("runs outside every VPC only for a reason, which the preview prints, and makes no interface then", () => {
        const step = planned(`${helm}, outsideVpc: The endpoint is public.`);
        assert.match(step.action.outsideVpc ?? "", /compute that CodePipeline manages/);
        assert.deepEqual(step.weakens, ["deploy: helm or kubectl runs outside every VPC: The endpoint is public."]);
        assert.deepEqual(step.grants, [findCluster, describeNetwork, writeLog]);
        assert.deepEqual(step.configuration, {
            ClusterName: "shop-prod",
            HelmReleaseName: "orders",
            HelmChartLocation: "charts/orders",
        });
        assert.equal(planned(`${helm}, ${subnets}`).weakens, undefined);
    });

    it("asks for an access entry of the pipeline's role where no other deploys", () => {
        assert.deepEqual(planned(`${helm}, ${subnets}`, dev).prerequisites, [
            "the role of the pipeline of orders has an access entry in the EKS cluster shop-prod, with an access policy for what it deploys",
        ]);
    });

    const eitherFiles = { path: [], message: "expected either `helm` or `manifests`" };
    const eitherPlace = {
        path: [],
        message:
            "expected either `subnets` of the cluster's VPC, or `outsideVpc` with the reason why helm or kubectl may run outside every VPC",
    };
    for (const [title, yaml, problems] of [
        ["neither chart nor manifests", `cluster: a, ${subnets}`, [eitherFiles]],
        ["both", `${helm}, manifests: [a.yaml], ${subnets}`, [eitherFiles]],
        ["neither subnets nor a reason", helm, [eitherPlace]],
        ["both subnets and a reason", `${helm}, ${subnets}, outsideVpc: Why not.`, [eitherPlace]],
        [
            "security groups outside a VPC",
            `${helm}, securityGroups: [sg-1a], outsideVpc: Why not.`,
            [
                {
                    path: ["securityGroups"],
                    message: "expected `subnets` beside it: security groups are of a VPC",
                },
            ],
        ],
        ["nothing but a cluster", "cluster: a", [eitherFiles, eitherPlace]],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(eks.check?.(words(yaml)), problems);
        });
    }

    it("accepts a chart or manifests, in subnets or for a reason outside", () => {
        for (const yaml of [`${helm}, ${subnets}`, `${manifests}, outsideVpc: It is public.`]) {
            assert.deepEqual(eks.check?.(words(yaml)), []);
        }
    });

    for (const [title, yaml, refused] of [
        ["every cluster", 'cluster: "*"', "cluster"],
        ["a cluster name of 101 characters", `cluster: ${"a".repeat(101)}`, "cluster"],
        ["a namespace in capitals", "cluster: a, namespace: Shop", "namespace"],
        ["a namespace of 64 characters", `cluster: a, namespace: ${"a".repeat(64)}`, "namespace"],
        ["a release of 54 characters", `cluster: a, helm: { release: ${"a".repeat(54)}, chart: b }`, "helm.release"],
        ["a release without a chart", "cluster: a, helm: { release: b }", "helm.chart"],
        ["two files in one", 'cluster: a, manifests: ["a.yaml,b.yaml"]', "manifests.0"],
        ["no manifests", "cluster: a, manifests: []", "manifests"],
        ["no subnets", `${helm}, subnets: []`, "subnets"],
        ["a subnet's ARN", `${helm}, subnets: ["arn:aws:ec2:a:b:subnet/subnet-1"]`, "subnets.0"],
        ["a subnet as security group", `${helm}, ${subnets}, securityGroups: [subnet-1]`, "securityGroups.0"],
        ["an empty reason", `${helm}, outsideVpc: ""`, "outsideVpc"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(eks.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("accepts names as long as they may be", () => {
        const yaml = `cluster: ${"a".repeat(100)}, namespace: ${"a".repeat(63)}, helm: { release: ${"a".repeat(53)}, chart: b }`;
        assert.deepEqual(refusals(eks.settings, `{ ${yaml} }`), []);
    });
});
