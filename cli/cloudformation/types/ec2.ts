import type { FlowLogArgs, SecurityGroupArgs, VpcEndpointArgs } from "@pulumi/aws/ec2";
import type { SecurityGroupEgressRuleArgs, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import { document, shape, tags, to } from "../shape";
import { arnOf, refOnly, type Mappings } from "./mapping";

const peer = { cidrIpv4: to("CidrIp"), cidrIpv6: to("CidrIpv6"), securityGroupId: to("GroupId") };

const ports = ["description", "fromPort", "ipProtocol", "toPort"] as const;

/**
 * Security groups with their rules, whose tags have no place in a template, endpoints and flow logs. The default group of a VPC is no
 * resource of CloudFormation's.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html
 */
export const ec2: Mappings = {
    "aws:ec2/securityGroup:SecurityGroup": {
        type: "AWS::EC2::SecurityGroup",
        shape: shape<SecurityGroupArgs>(["vpcId"], {
            description: to("GroupDescription"),
            name: to("GroupName"),
            tags,
        }),
        outputs: {
            id: "${.GroupId}",
            name: "${.GroupId}",
            arn: arnOf("ec2", "security-group/${.GroupId}"),
        },
        // To a group with no rule of its own EC2 adds one that lets everything out, which Pulumi's provider takes away
        // again; a rule for the host itself lets nothing out.
        always: {
            SecurityGroupEgress: [
                { CidrIp: "127.0.0.1/32", Description: "Nothing but the rules beside", IpProtocol: "-1" },
            ],
        },
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
        type: "AWS::EC2::SecurityGroupEgress",
        shape: shape<SecurityGroupEgressRuleArgs>(ports, {
            ...peer,
            prefixListId: to("DestinationPrefixListId"),
            referencedSecurityGroupId: to("DestinationSecurityGroupId"),
        }),
        outputs: refOnly,
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        type: "AWS::EC2::SecurityGroupIngress",
        shape: shape<SecurityGroupIngressRuleArgs>(ports, {
            ...peer,
            prefixListId: to("SourcePrefixListId"),
            referencedSecurityGroupId: to("SourceSecurityGroupId"),
        }),
        outputs: refOnly,
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        type: "AWS::EC2::VPCEndpoint",
        shape: shape<VpcEndpointArgs>(
            [
                "ipAddressType",
                "privateDnsEnabled",
                "routeTableIds",
                "securityGroupIds",
                "serviceName",
                "subnetIds",
                "vpcEndpointType",
                "vpcId",
            ],
            { policy: document("PolicyDocument"), tags },
        ),
        outputs: refOnly,
    },
    "aws:ec2/flowLog:FlowLog": {
        type: "AWS::EC2::FlowLog",
        shape: shape<FlowLogArgs>(["logDestination", "logDestinationType", "maxAggregationInterval", "trafficType"], {
            vpcId: to("ResourceId"),
            iamRoleArn: to("DeliverLogsPermissionArn"),
            tags,
        }),
        outputs: refOnly,
        always: { ResourceType: "VPC" },
    },
};
