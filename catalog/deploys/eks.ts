import { z } from "zod";
import { writeActionLog } from "../action-log";
import { arn } from "../arn";
import { allow, allowAnywhere, type Grant } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import type { Problem } from "../problem";
import { template, text } from "../words";

const inSubnets: ActionType = {
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
};

const outside: ActionType = {
    ...inSubnets,
    outsideVpc:
        "the EKS action runs helm and kubectl on compute that CodePipeline manages; only with subnets is it in a VPC",
};

const label = "[a-z0-9{](?:[a-z0-9{}-]*[a-z0-9}])?";

const labelName = (longest: number, noun: string) =>
    z
        .string()
        .max(longest)
        .regex(new RegExp(`^${label}$`), `the name of a ${noun}: lower-case letters, digits, hyphens`);

/** A file in the artifact; the action takes a list of them with commas between. */
const file = (description: string) =>
    z
        .string()
        .regex(/^[^,]+$/, "a path without a comma")
        .describe(description);

/**
 * A Helm chart or Kubernetes manifests into an EKS cluster, by `helm upgrade --install --wait` or `kubectl apply`.
 *
 * AWS documents that the files of values are separated by commas; manifests, subnets and security groups are joined in
 * the same way. The action's environment variables are left out: the AWS provider of Pulumi has no such field; so the
 * build writes the image into the values or manifests.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-eks-deploy.html
 */
export const eks = kind({
    type: "eks",
    actions: [inSubnets, outside],
    settings: z.strictObject({
        cluster: template(
            "Name of the cluster.",
            z
                .string()
                .regex(/^[A-Za-z0-9{][A-Za-z0-9_{}-]{0,99}$/, "the name of a cluster: letters, digits, `_` and `-`"),
        ),
        namespace: template(
            "Kubernetes namespace. @default the cluster's default",
            labelName(63, "namespace"),
        ).optional(),
        helm: z
            .strictObject({
                release: template("Name of the release.", labelName(53, "release")),
                chart: text("Chart in the artifact: its folder, or its archive."),
                values: z
                    .array(file("A file of values in the chart's folder; `{environment}` is not replaced."))
                    .default([])
                    .describe("Files of values, the later over the earlier. @default none but the chart's own"),
            })
            .optional()
            .describe("A Helm chart; or `manifests`. @default none: `manifests` name what is deployed"),
        manifests: z
            .array(file("A manifest file in the artifact."))
            .min(1)
            .optional()
            .describe("Kubernetes manifests; or `helm`. @default none: `helm` names what is deployed"),
        subnets: z
            .array(z.string().regex(/^subnet-[0-9a-f]+$/, 'the id of a subnet, such as "subnet-0a1b2c3d"'))
            .min(1)
            .optional()
            .describe(
                "Subnets of the cluster's VPC, with a way to the internet, in which helm or kubectl runs. @default none: `outsideVpc` says why not",
            ),
        securityGroups: z
            .array(z.string().regex(/^sg-[0-9a-f]+$/, 'the id of a security group, such as "sg-0a1b2c3d"'))
            .min(1)
            .optional()
            .describe("Security groups that it has there. @default AWS decides"),
        outsideVpc: text(
            "Why helm or kubectl may run outside every VPC, instead of `subnets`; the cluster's endpoint is then public. Shown in the preview. @default none: it runs in `subnets`",
        ).optional(),
    }),
    oneOf: [
        ["helm", "manifests"],
        ["subnets", "outsideVpc"],
    ],
    example: `
        type: eks
        cluster: "shop-{environment}"
        namespace: orders
        helm: { release: orders, chart: chart, values: [values.yaml] }
        subnets: [subnet-0a1b2c3d, subnet-4e5f6a7b]
        securityGroups: [sg-0a1b2c3d]`,
    limits: [
        "The action runs on compute that CodePipeline manages; CodeBuild charges for it.",
        "Environment variables of the action are not offered: the build writes the image into the values or manifests.",
        "A deploy that takes longer than 1 hour has failed.",
        "Subnets are of one region: regions of one environment cannot share them.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        const { cluster, namespace, helm, manifests, subnets, securityGroups, outsideVpc } = settings;
        const place = `EKS cluster ${cluster}${namespace === undefined ? "" : `, namespace ${namespace}`}`;
        const role = where.deployRoleArn ?? `the role of the pipeline of ${at.service}`;
        return [
            {
                name: at.unit,
                action: subnets === undefined ? outside : inSubnets,
                byDeployRole: true,
                summary: `${helm === undefined ? manifests?.join(", ") : `Helm release ${helm.release}`} in ${place}`,
                configuration: {
                    ClusterName: cluster,
                    ...(namespace !== undefined && { Namespace: namespace }),
                    ...(helm !== undefined && { HelmReleaseName: helm.release, HelmChartLocation: helm.chart }),
                    ...(helm !== undefined && helm.values.length > 0 && { HelmValuesFiles: helm.values.join(",") }),
                    ...(manifests !== undefined && { ManifestFiles: manifests.join(",") }),
                    ...(subnets !== undefined && { Subnets: subnets.join(",") }),
                    ...(securityGroups !== undefined && { SecurityGroupIds: securityGroups.join(",") }),
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                namespace: at.namespace,
                grants: [
                    allow("FindCluster", ["eks:DescribeCluster"], [arn("eks", `cluster/${cluster}`, where)]),
                    ...networkGrants(subnets ?? [], securityGroups ?? ["*"], where),
                    writeActionLog(at.pipelineArn, where),
                ],
                // What manifests make, they say themselves.
                ...(helm !== undefined && {
                    targets: [{ what: `Helm release ${helm.release} in ${place}`, account: where.account }],
                }),
                ...(outsideVpc !== undefined && {
                    weakens: [`${at.unit}: helm or kubectl runs outside every VPC: ${outsideVpc}`],
                }),
                prerequisites: [
                    `${role} has an access entry in the EKS cluster ${cluster}, with an access policy for ${namespace === undefined ? "what it deploys" : `the namespace ${namespace}`}`,
                ],
            },
        ];
    },
    check({ helm, manifests, subnets, securityGroups, outsideVpc }): Problem[] {
        return [
            ...((helm === undefined) === (manifests === undefined)
                ? [{ path: [], message: "expected either `helm` or `manifests`" }]
                : []),
            ...((subnets === undefined) === (outsideVpc === undefined)
                ? [
                      {
                          path: [],
                          message:
                              "expected either `subnets` of the cluster's VPC, or `outsideVpc` with the reason why helm or kubectl may run outside every VPC",
                      },
                  ]
                : []),
            ...(securityGroups !== undefined && outsideVpc !== undefined && subnets === undefined
                ? [{ path: ["securityGroups"], message: "expected `subnets` beside it: security groups are of a VPC" }]
                : []),
        ];
    },
});

/** Looking at the cluster's VPC, and network interfaces in exactly `subnets`. */
function networkGrants(subnets: readonly string[], securityGroups: readonly string[], where: Environment): Grant[] {
    const interfaces = arn("ec2", "network-interface/*", where);
    const subnetArns = subnets.map(id => arn("ec2", `subnet/${id}`, where));
    const inSubnetsAlone = { ArnEquals: { "ec2:Subnet": subnetArns } };
    return [
        allowAnywhere(
            "DescribeNetwork",
            [
                "ec2:DescribeDhcpOptions",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcs",
            ],
            "EC2's Describe actions have no resource-level permission",
        ),
        ...(subnets.length === 0
            ? []
            : [
                  allow(
                      "CreateInterfaceInSubnets",
                      ["ec2:CreateNetworkInterface"],
                      [
                          interfaces,
                          ...securityGroups.map(id => arn("ec2", `security-group/${id}`, where)),
                          ...subnetArns,
                      ],
                  ),
                  allow("DeleteOwnInterface", ["ec2:DeleteNetworkInterface"], [interfaces], inSubnetsAlone),
                  allow("LendInterface", ["ec2:CreateNetworkInterfacePermission"], [interfaces], inSubnetsAlone),
              ]),
    ];
}
