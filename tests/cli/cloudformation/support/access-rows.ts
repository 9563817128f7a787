import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import { att, ref, sub, trust, type Rows } from "./render";

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];

const may = (action: string) => ({
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Action: action, Resource: "*" }],
});

const anyone = (action: string) => ({
    Version: "2012-10-17" as const,
    Statement: [
        { Effect: "Allow" as const, Principal: { Service: "events.amazonaws.com" }, Action: action, Resource: "*" },
    ],
});

const group = "aws:ec2/securityGroup:SecurityGroup";
const nothingOut = {
    SecurityGroupEgress: [{ CidrIp: "127.0.0.1/32", Description: "Nothing but the rules beside", IpProtocol: "-1" }],
};

const groups = () => {
    const builds = new ec2.SecurityGroup("builds", {
        name: "builds",
        description: "Builds",
        vpcId: "vpc-0123456789abcdef0",
        tags,
    });
    const ends = new ec2.SecurityGroup("ends", {
        name: "ends",
        description: "Endpoints",
        vpcId: "vpc-0123456789abcdef0",
    });
    const port = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "HTTPS" };
    new vpc.SecurityGroupEgressRule("out", { ...port, securityGroupId: builds.id, cidrIpv4: "0.0.0.0/0", tags });
    new vpc.SecurityGroupEgressRule("out-ends", {
        ...port,
        securityGroupId: builds.id,
        referencedSecurityGroupId: ends.id,
    });
    new vpc.SecurityGroupEgressRule("out-list", {
        ...port,
        securityGroupId: builds.id,
        prefixListId: "pl-0123456789abcdef0",
    });
    new vpc.SecurityGroupIngressRule("in", { ...port, securityGroupId: ends.id, referencedSecurityGroupId: builds.id });
    new vpc.SecurityGroupIngressRule("in-six", { ...port, securityGroupId: ends.id, cidrIpv6: "fd00::/8" });
    new vpc.SecurityGroupIngressRule("in-list", {
        ...port,
        securityGroupId: ends.id,
        prefixListId: "pl-0123456789abcdef0",
    });
};

const rule = (GroupId: unknown, peer: object) => ({
    GroupId,
    ...peer,
    IpProtocol: "tcp",
    FromPort: 443,
    ToPort: 443,
    Description: "HTTPS",
});

export const accessRows: Rows = {
    "a role with its policy, and a policy of its own": {
        make: () => {
            const role = new iam.Role("role", {
                name: "shop--web",
                path: "/shop/",
                description: "Releases web",
                assumeRolePolicy: JSON.stringify(trust("codepipeline.amazonaws.com")),
                maxSessionDuration: 3600,
                permissionsBoundary: "arn:aws:iam::111111111111:policy/boundary",
                managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
                tags,
            });
            new iam.RolePolicy("role-policy", {
                name: "shop--web",
                role: role.name,
                policy: may("s3:ListAllMyBuckets"),
            });
            new iam.Policy("policy", {
                name: "shop--answer",
                path: "/shop/",
                description: "Answers",
                policy: may("codepipeline:ListPipelines"),
            });
        },
        expected: [
            {
                Type: "AWS::IAM::ManagedPolicy",
                Properties: {
                    ManagedPolicyName: "shop--answer",
                    Path: "/shop/",
                    Description: "Answers",
                    PolicyDocument: may("codepipeline:ListPipelines"),
                },
            },
            {
                Type: "AWS::IAM::Role",
                Properties: {
                    RoleName: "shop--web",
                    Path: "/shop/",
                    Description: "Releases web",
                    AssumeRolePolicyDocument: trust("codepipeline.amazonaws.com"),
                    MaxSessionDuration: 3600,
                    PermissionsBoundary: sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary"),
                    ManagedPolicyArns: [sub("arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess")],
                    Tags,
                },
            },
            {
                Type: "AWS::IAM::RolePolicy",
                Properties: {
                    PolicyName: "shop--web",
                    RoleName: ref("aws:iam/role:Role", "role"),
                    PolicyDocument: may("s3:ListAllMyBuckets"),
                },
            },
        ],
    },
    "security groups, which let out what their rules say and nothing else": {
        make: groups,
        expected: [
            {
                Type: "AWS::EC2::SecurityGroup",
                Properties: {
                    GroupName: "builds",
                    GroupDescription: "Builds",
                    VpcId: "vpc-0123456789abcdef0",
                    Tags,
                    ...nothingOut,
                },
            },
            {
                Type: "AWS::EC2::SecurityGroup",
                Properties: {
                    GroupName: "ends",
                    GroupDescription: "Endpoints",
                    VpcId: "vpc-0123456789abcdef0",
                    ...nothingOut,
                },
            },
            {
                Type: "AWS::EC2::SecurityGroupIngress",
                Properties: rule(att(group, "ends", "GroupId"), {
                    SourceSecurityGroupId: att(group, "builds", "GroupId"),
                }),
            },
            {
                Type: "AWS::EC2::SecurityGroupIngress",
                Properties: rule(att(group, "ends", "GroupId"), { SourcePrefixListId: "pl-0123456789abcdef0" }),
            },
            {
                Type: "AWS::EC2::SecurityGroupIngress",
                Properties: rule(att(group, "ends", "GroupId"), { CidrIpv6: "fd00::/8" }),
            },
            {
                Type: "AWS::EC2::SecurityGroupEgress",
                Properties: rule(att(group, "builds", "GroupId"), { CidrIp: "0.0.0.0/0" }),
            },
            {
                Type: "AWS::EC2::SecurityGroupEgress",
                Properties: rule(att(group, "builds", "GroupId"), {
                    DestinationSecurityGroupId: att(group, "ends", "GroupId"),
                }),
            },
            {
                Type: "AWS::EC2::SecurityGroupEgress",
                Properties: rule(att(group, "builds", "GroupId"), { DestinationPrefixListId: "pl-0123456789abcdef0" }),
            },
        ],
        leftOut: [
            "tags of out (aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule): CloudFormation has no such property, or the template does not know it",
        ],
    },
    endpoints: {
        make: () => {
            new ec2.VpcEndpoint("logs", {
                vpcId: "vpc-0123456789abcdef0",
                serviceName: "com.amazonaws.eu-west-1.logs",
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
                subnetIds: ["subnet-0123456789abcdef0"],
                securityGroupIds: ["sg-0123456789abcdef0"],
                ipAddressType: "ipv4",
                tags,
            });
            new ec2.VpcEndpoint("s3", {
                vpcId: "vpc-0123456789abcdef0",
                serviceName: "com.amazonaws.eu-west-1.s3",
                vpcEndpointType: "Gateway",
                routeTableIds: ["rtb-0123456789abcdef0"],
                policy: JSON.stringify(anyone("s3:GetObject")),
            });
        },
        expected: [
            {
                Type: "AWS::EC2::VPCEndpoint",
                Properties: {
                    VpcId: "vpc-0123456789abcdef0",
                    ServiceName: "com.amazonaws.eu-west-1.logs",
                    VpcEndpointType: "Interface",
                    PrivateDnsEnabled: true,
                    SubnetIds: ["subnet-0123456789abcdef0"],
                    SecurityGroupIds: ["sg-0123456789abcdef0"],
                    IpAddressType: "ipv4",
                    Tags,
                },
            },
            {
                Type: "AWS::EC2::VPCEndpoint",
                Properties: {
                    VpcId: "vpc-0123456789abcdef0",
                    ServiceName: "com.amazonaws.eu-west-1.s3",
                    VpcEndpointType: "Gateway",
                    RouteTableIds: ["rtb-0123456789abcdef0"],
                    PolicyDocument: anyone("s3:GetObject"),
                },
            },
        ],
    },
    flowLogs: {
        make: () => {
            new ec2.FlowLog("traffic", {
                vpcId: "vpc-0123456789abcdef0",
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: "arn:aws:logs:eu-west-1:111111111111:log-group:/network",
                iamRoleArn: "arn:aws:iam::111111111111:role/flow-logs",
                maxAggregationInterval: 600,
                tags,
            });
        },
        expected: [
            {
                Type: "AWS::EC2::FlowLog",
                Properties: {
                    ResourceId: "vpc-0123456789abcdef0",
                    ResourceType: "VPC",
                    TrafficType: "ALL",
                    LogDestinationType: "cloud-watch-logs",
                    LogDestination: {
                        "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/network",
                    },
                    DeliverLogsPermissionArn: {
                        "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/flow-logs",
                    },
                    MaxAggregationInterval: 600,
                    Tags,
                },
            },
        ],
    },
};
