import { Duration } from "aws-cdk-lib";
import {
    BuildEnvironmentVariableType,
    BuildSpec,
    ComputeType,
    LinuxArmBuildImage,
    PipelineProject,
} from "aws-cdk-lib/aws-codebuild";
import { Artifact, Pipeline, PipelineType, ProviderType, type IAction } from "aws-cdk-lib/aws-codepipeline";
import {
    CodeBuildAction,
    CodeStarConnectionsSourceAction,
    EcsDeployAction,
    ManualApprovalAction,
} from "aws-cdk-lib/aws-codepipeline-actions";
import { Cluster, FargateService } from "aws-cdk-lib/aws-ecs";
import { Construct } from "constructs";
import { environmentNames, suiteNames, testedEnvironments, type Shape } from "../shape";
import type { Shared } from "./shared-stack";

export interface ServicePipelineProps extends Shared {
    readonly name: string;
    readonly shape: Shape;
}

const connectionArn = "arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555";

/**
 * How many resources a service has: its pipeline with a role and a policy; for each project itself, a role, a policy and
 * one more for the network; for each action of CodeBuild, ECS and the source a role and a policy, for each approval a role.
 * 27 for the reference service.
 */
export function resourcesOf(shape: Shape): number {
    const suiteActions = shape.suites * testedEnvironments(shape).length;
    return 3 + 4 * (1 + shape.suites) + 2 * (2 + suiteActions + shape.environments) + (shape.environments - 1);
}

/** Source, build, and for each environment an approval, the deploy to ECS and the suites after it. */
export class ServicePipeline extends Construct {
    private readonly source = new Artifact("source");
    private readonly built = new Artifact("built");

    constructor(
        scope: Construct,
        id: string,
        private readonly props: ServicePipelineProps,
    ) {
        super(scope, id);
        const { name, shape, artifacts } = props;
        const build = this.project("build", ["npm ci", "npm test", "npm run build"]);
        const suites = suiteNames(shape).map(suite => [suite, this.project(suite, [`npm run test:${suite}`])] as const);
        const source = this.sourceAction();
        const pipeline = new Pipeline(this, "pipeline", {
            pipelineName: `shop--${name}`,
            pipelineType: PipelineType.V2,
            artifactBucket: artifacts,
            stages: [
                { stageName: "Source", actions: [source] },
                {
                    stageName: "Build",
                    actions: [
                        new CodeBuildAction({
                            actionName: "build",
                            project: build,
                            input: this.source,
                            outputs: [this.built],
                        }),
                    ],
                },
            ],
            ...(shape.monorepo && {
                triggers: [
                    {
                        providerType: ProviderType.CODE_STAR_SOURCE_CONNECTION,
                        gitConfiguration: {
                            sourceAction: source,
                            pushFilter: [{ branchesIncludes: ["main"], filePathsIncludes: [`services/${name}/**`] }],
                        },
                    },
                ],
            }),
        });
        const tested = new Set(testedEnvironments(shape));
        for (const [index, environment] of environmentNames(shape).entries()) {
            if (index > 0) {
                pipeline.addStage({ stageName: `Approve-${environment}`, actions: [approval(environment)] });
            }
            const tests = tested.has(environment) ? suites : [];
            pipeline.addStage({
                stageName: environment,
                actions: [this.deploy(environment), ...tests.map(([suite, project]) => this.test(suite, project))],
            });
        }
    }

    /** A project in the network, with a secret of Secrets Manager in its environment. */
    private project(id: string, commands: readonly string[]): PipelineProject {
        const { vpc, securityGroup, logGroup, name } = this.props;
        return new PipelineProject(this, id, {
            projectName: `shop--${name}--${id}`,
            vpc,
            securityGroups: [securityGroup],
            environment: {
                buildImage: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0,
                computeType: ComputeType.SMALL,
            },
            environmentVariables: {
                NPM_TOKEN: { type: BuildEnvironmentVariableType.SECRETS_MANAGER, value: "npm-token:token" },
            },
            logging: { cloudWatch: { logGroup, prefix: name } },
            timeout: Duration.minutes(60),
            buildSpec: BuildSpec.fromObject({
                version: "0.2",
                phases: { build: { commands } },
                reports: { junit: { files: ["reports/junit.xml"], "file-format": "JUNITXML" } },
                artifacts: { files: ["**/*"] },
            }),
        });
    }

    private sourceAction(): CodeStarConnectionsSourceAction {
        const { name, shape } = this.props;
        return new CodeStarConnectionsSourceAction({
            actionName: "source",
            connectionArn,
            owner: "acme",
            repo: shape.monorepo ? "shop" : name,
            branch: "main",
            output: this.source,
            // What starts it otherwise is a filter, and only one of both may.
            ...(shape.monorepo && { triggerOnPush: false }),
        });
    }

    private deploy(environment: string): IAction {
        const { vpc, name } = this.props;
        const cluster = Cluster.fromClusterAttributes(this, `cluster-${environment}`, {
            clusterName: `shop-${environment}`,
            vpc,
            securityGroups: [],
        });
        const service = FargateService.fromFargateServiceAttributes(this, `service-${environment}`, {
            cluster,
            serviceName: name,
        });
        return new EcsDeployAction({ actionName: "deploy", service, input: this.built, runOrder: 1 });
    }

    private test(suite: string, project: PipelineProject): IAction {
        return new CodeBuildAction({ actionName: suite, project, input: this.source, runOrder: 2 });
    }
}

const approval = (environment: string): IAction =>
    new ManualApprovalAction({
        actionName: "approval",
        additionalInformation: `Is it ready for ${environment}?`,
    });
