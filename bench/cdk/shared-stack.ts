import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
    GatewayVpcEndpointAwsService,
    InterfaceVpcEndpointAwsService,
    SecurityGroup,
    Vpc,
    type ISecurityGroup,
    type IVpc,
} from "aws-cdk-lib/aws-ec2";
import { Rule } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup, RetentionDays, type ILogGroup } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

/** What all pipelines of the fleet share. */
export interface Shared {
    readonly vpc: IVpc;
    readonly securityGroup: ISecurityGroup;
    readonly artifacts: IBucket;
    readonly logGroup: ILogGroup;
}

/** The network, the artifacts and their key, the log group of the builds, and who is told what happens. */
export class SharedStack extends Stack implements Shared {
    readonly vpc: Vpc;
    readonly securityGroup: SecurityGroup;
    readonly artifacts: Bucket;
    readonly logGroup: LogGroup;

    constructor(scope: Construct, id: string, props: StackProps) {
        super(scope, id, props);
        this.vpc = new Vpc(this, "vpc", {
            maxAzs: 2,
            natGateways: 1,
            gatewayEndpoints: { s3: { service: GatewayVpcEndpointAwsService.S3 } },
        });
        this.vpc.addInterfaceEndpoint("logs", { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
        this.vpc.addInterfaceEndpoint("secrets", { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
        this.securityGroup = new SecurityGroup(this, "builds", { vpc: this.vpc });
        const key = new Key(this, "key", { enableKeyRotation: true });
        this.artifacts = new Bucket(this, "artifacts", {
            encryption: BucketEncryption.KMS,
            encryptionKey: key,
            enforceSSL: true,
            blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
            removalPolicy: RemovalPolicy.RETAIN,
            lifecycleRules: [{ expiration: Duration.days(90) }],
        });
        this.logGroup = new LogGroup(this, "build-logs", { retention: RetentionDays.ONE_YEAR });
        const topic = new Topic(this, "releases", { masterKey: key });
        topic.addSubscription(new EmailSubscription("release@shop.example"));
        // One rule for all: a rule for each pipeline would be one resource more a service.
        new Rule(this, "happenings", {
            eventPattern: {
                source: ["aws.codepipeline"],
                detailType: [
                    "CodePipeline Pipeline Execution State Change",
                    "CodePipeline Action Execution State Change",
                ],
                detail: { state: ["FAILED", "SUCCEEDED", "STARTED"] },
            },
            targets: [new SnsTopic(topic)],
        });
    }
}
