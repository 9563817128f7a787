import { App, CfnResource, Stack } from "aws-cdk-lib";
import { CfnManagedPolicy } from "aws-cdk-lib/aws-iam";
import { checkShape, serviceNames, type Shape } from "../shape";
import { resourcesOf, ServicePipeline } from "./service-pipeline";
import { SharedStack } from "./shared-stack";

/** How many services stand in one stack: CloudFormation takes 500 resources of one. */
const resourcesOfStack = 480;

/**
 * The fleet of a {@link Shape} as an app of the CDK. `cdk synth` runs it as `node app.js`, with the folder to write to in
 * `CDK_OUTDIR`; the arguments here are the shape: services, environments, suites, and whether it is a monorepo.
 */
function main([services, environments, suites, monorepo]: readonly string[]): void {
    const shape: Shape = {
        services: Number(services),
        environments: Number(environments),
        suites: Number(suites),
        monorepo: monorepo === "true",
    };
    checkShape(shape);
    const app = new App();
    const env = { account: "111111111111", region: "eu-west-1" };
    const shared = new SharedStack(app, "shop-shared", { env });
    const size = Math.max(1, Math.floor(resourcesOfStack / resourcesOf(shape)));
    const pipelines: ServicePipeline[] = [];
    let stack: Stack | undefined;
    for (const [index, name] of serviceNames(shape).entries()) {
        if (stack === undefined || index % size === 0) {
            stack = new Stack(app, `shop-services-${index / size + 1}`, { env });
        }
        pipelines.push(new ServicePipeline(stack, name, { ...shared, shape, name }));
    }
    app.synth();
    check(pipelines[0], shape);
}

/**
 * Counts the resources of one service, for they are alike. A role whose policy grows past what IAM takes gets managed ones
 * beside it; they are not counted.
 *
 * @throws Error where they are not as many as {@link resourcesOf} says: the comparison would be of another fleet
 */
function check(pipeline: ServicePipeline, shape: Shape): void {
    const resources = pipeline.node.findAll().filter(each => CfnResource.isCfnResource(each));
    const found = resources.filter(each => !(each instanceof CfnManagedPolicy)).length;
    if (found !== resourcesOf(shape)) {
        throw new Error(`expected ${resourcesOf(shape)} resources for a service, found ${found}`);
    }
}

main(process.argv.slice(2));
