import { needs, type ResourceType } from "./type";

const bucket = "aws:s3/bucket:Bucket";
const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const routeTable = "aws:ec2/routeTable:RouteTable";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const vpcEndpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ec2Arn = "arn:{partition}:ec2:{region}:{account}:";

/** A key, named by its id, its ARN or one of its aliases. */
const key = ["aws:kms/key:Key", "aws:kms/alias:Alias"];

/** One part of a bucket's configuration: S3 keeps one per bucket, and two resources would overwrite each other. */
function ofBucket(more: Partial<ResourceType> = {}): ResourceType {
    return {
        id: "{bucket}",
        unique: ["bucket"],
        scope: "world",
        replace: ["bucket", "expectedBucketOwner"],
        outputs: {},
        ...more,
        references: [needs("bucket", bucket), ...(more.references ?? [])],
    };
}

/** Storage, keys and logs. */
const storage: Readonly<Record<string, ResourceType>> = {
    "aws:kms/key:Key": {
        id: "{uuid}",
        replace: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
        documents: ["policy"],
        outputs: { arn: "arn:{partition}:kms:{region}:{account}:key/{id}", keyId: "{id}" },
    },
    "aws:kms/alias:Alias": {
        name: "name",
        prefix: "alias/",
        pattern: /^alias\/(?!aws\/)[a-zA-Z0-9:/_-]{1,250}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name"],
        references: [needs("targetKeyId", "aws:kms/key:Key")],
        outputs: { arn: "arn:{partition}:kms:{region}:{account}:{name}" },
    },
    [bucket]: {
        name: "bucket",
        pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        unique: ["bucket"],
        scope: "world",
        id: "{bucket}",
        replace: ["bucket", "bucketNamespace", "objectLockEnabled"],
        outputs: {
            arn: "arn:{partition}:s3:::{bucket}",
            bucketDomainName: "{bucket}.s3.amazonaws.com",
            bucketRegion: "{region}",
            bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
            hostedZoneId: "Z1BKCTXD74EZPE",
        },
    },
    "aws:s3/bucketVersioning:BucketVersioning": ofBucket(),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket({
        references: [needs("rules[*].applyServerSideEncryptionByDefault.kmsMasterKeyId", ...key)],
    }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket(),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket(),
    "aws:s3/bucketPolicy:BucketPolicy": ofBucket({ documents: ["policy"] }),
    // The bucket that takes the logs is usually another stack's: it is taken on trust.
    "aws:s3/bucketLogging:BucketLogging": ofBucket(),
    "aws:cloudwatch/logGroup:LogGroup": {
        name: "name",
        pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name", "logGroupClass"],
        references: [needs("kmsKeyId", ...key)],
        outputs: { arn: "arn:{partition}:logs:{region}:{account}:log-group:{name}" },
    },
};

/** What may pass into or out of a security group. */
const trafficRule: ResourceType = {
    id: "sgr-{hex}",
    replace: ["securityGroupId"],
    references: [needs("securityGroupId", securityGroup), needs("referencedSecurityGroupId", securityGroup)],
    outputs: { arn: `${ec2Arn}security-group-rule/{id}`, securityGroupRuleId: "{id}" },
};

/** Networks. */
const network: Readonly<Record<string, ResourceType>> = {
    [vpc]: {
        id: "vpc-{hex}",
        replace: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
        blockedBy: [subnet, routeTable, securityGroup, vpcEndpoint].map(type => ({ type, path: "vpcId" })),
        outputs: { arn: `${ec2Arn}vpc/{id}`, ownerId: "{account}", defaultSecurityGroupId: "sg-{hex}" },
    },
    [subnet]: {
        id: "subnet-{hex}",
        replace: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn"],
        references: [needs("vpcId", vpc)],
        blockedBy: [{ type: vpcEndpoint, path: "subnetIds[*]" }],
        outputs: { arn: `${ec2Arn}subnet/{id}`, ownerId: "{account}" },
    },
    [routeTable]: {
        id: "rtb-{hex}",
        replace: ["vpcId"],
        references: [needs("vpcId", vpc)],
        outputs: { arn: `${ec2Arn}route-table/{id}`, ownerId: "{account}" },
    },
    [securityGroup]: {
        name: "name",
        pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
        unique: ["vpcId", "name"],
        id: "sg-{hex}",
        replace: ["name", "description", "vpcId"],
        references: [needs("vpcId", vpc)],
        blockedBy: [
            { type: vpcEndpoint, path: "securityGroupIds[*]" },
            ...[egressRule, ingressRule].map(type => ({ type, path: "referencedSecurityGroupId" })),
        ],
        outputs: { arn: `${ec2Arn}security-group/{id}`, ownerId: "{account}" },
    },
    [egressRule]: trafficRule,
    [ingressRule]: trafficRule,
    [vpcEndpoint]: {
        id: "vpce-{hex}",
        replace: [
            "vpcId",
            "vpcEndpointType",
            "serviceName",
            "serviceRegion",
            "serviceNetworkArn",
            "resourceConfigurationArn",
        ],
        documents: ["policy"],
        references: [
            needs("vpcId", vpc),
            needs("subnetIds[*]", subnet),
            needs("securityGroupIds[*]", securityGroup),
            needs("routeTableIds[*]", routeTable),
        ],
        outputs: {
            arn: `${ec2Arn}vpc-endpoint/{id}`,
            ownerId: "{account}",
            prefixListId: "pl-{hex}",
            state: "available",
        },
    },
    // It comes with the VPC and goes with it: Pulumi takes its rules away, and deletes nothing.
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        unique: ["vpcId"],
        id: "sg-{hex}",
        replace: ["vpcId"],
        references: [needs("vpcId", vpc)],
        outputs: { arn: `${ec2Arn}security-group/{id}`, name: "default", ownerId: "{account}" },
    },
    "aws:ec2/flowLog:FlowLog": {
        id: "fl-{hex}",
        // A flow log is never changed: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-flow-logs.html
        replace: [
            "vpcId",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "trafficType",
        ],
        references: [needs("vpcId", vpc), needs("logDestination", "aws:cloudwatch/logGroup:LogGroup")],
        roles: [{ path: "iamRoleArn", service: "vpc-flow-logs.amazonaws.com", tried: false }],
        outputs: { arn: `${ec2Arn}vpc-flow-log/{id}` },
    },
};

/** Topics. */
const messages: Readonly<Record<string, ResourceType>> = {
    "aws:sns/topic:Topic": {
        name: "name",
        pattern: /^[A-Za-z0-9_-]{1,256}$/,
        unique: ["name"],
        id: "{arn}",
        replace: ["name", "fifoTopic"],
        documents: ["policy"],
        references: [needs("kmsMasterKeyId", ...key)],
        outputs: { arn: "arn:{partition}:sns:{region}:{account}:{name}", owner: "{account}" },
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        id: "{arn}",
        replace: ["topic", "protocol", "endpoint"],
        references: [needs("topic", "aws:sns/topic:Topic")],
        outputs: { arn: "{topic}:{uuid}", ownerId: "{account}" },
    },
    "aws:sns/topicPolicy:TopicPolicy": {
        unique: ["arn"],
        id: "{arn}",
        replace: ["arn"],
        documents: ["policy"],
        references: [needs("arn", "aws:sns/topic:Topic")],
        outputs: { owner: "{account}" },
    },
};

/** What the pipelines stand on: keys, buckets, logs, networks and topics. */
export const foundation = { ...storage, ...network, ...messages };
