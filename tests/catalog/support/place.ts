import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { customAction, customActionOf } from "../../../catalog/custom-actions";
import type { Environment, Place } from "../../../catalog/kind";
import type { Artifact, BuildProjectPlan, ComponentPlan, EventTriggerPlan, Step } from "../../../catalog/plan";
import { Reference } from "../../../catalog/reference";
import { Names } from "../../../blueprint/names";
import { placeOf, type Ground } from "../../../blueprint/place";

export const home = { account: "111111111111", region: "eu-west-1" };

/** Production, in another account, with a role that deploys there. */
export const prod: Environment = {
    name: "prod",
    account: "222222222222",
    region: "eu-west-1",
    deployRoleArn: "arn:aws:iam::222222222222:role/deploy",
};

export const dev: Environment = { name: "dev", ...home };

export const source: Artifact = { key: "source", name: "SourceArtifact", opening: [] };
export const built: Artifact = { key: "build", name: "BuildArtifact", opening: [] };

export const artifactKey = new Reference("artifactKey");

/** Custom actions: of Jenkins, made otherwise, and there already. */
const customActions = z.record(z.string(), customAction).parse(
    parse(`
        build-server: { category: build, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }
        test-server: { category: test, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }
        device-lab:
            { category: test, provider: DeviceLab, create: { properties: { Target: {} }, inputs: [1, 1], outputs: [0, 0] } }
        firmware: { category: build, provider: Firmware, version: "2" }
        mainframe: { category: deploy, provider: Mainframe, version: "3" }
    `),
);

/** The ground of a small fleet. */
export const ground: Ground = {
    names: new Names("shop"),
    home,
    bucket: "artifacts",
    regions: [],
    roles: { home, path: "/", existing: false, sessionTags: false },
    logGroup: "/builds",
    network: {
        vpcId: "vpc-1",
        subnetIds: ["subnet-1"],
        subnetArns: ["arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1"],
        securityGroupId: "sg-1",
        securityGroupArn: "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1",
    },
    secretKeys: [],
    connections: {
        github: new Reference("connection:github"),
        old: "arn:aws:codestar-connections:eu-west-1:111111111111:connection/1",
        new: "arn:aws:codeconnections:eu-west-1:111111111111:connection/2",
    },
    customActions: Object.fromEntries(
        Object.entries(customActions).map(([key, settings]) => [key, customActionOf(settings)]),
    ),
    packages: {
        libraries: { domain: "acme", domainOwner: home.account, repository: "libraries" },
        elsewhere: { domain: "group", domainOwner: "333333333333", repository: "elsewhere" },
    },
    asked: {},
    routes: { fleet: {}, environments: {} },
};

/** The place of `unit` in the pipeline of the service orders. */
export const at = (unit: string, inputs: readonly Artifact[] = [], environment?: Environment): Place =>
    placeOf(ground, "orders", unit, inputs, environment);

/** The place of a source whose changes start nothing. */
export const silently = (unit: string): Place => ({ ...at(unit), detectsChanges: false });

/** What a schema makes of a piece of YAML. */
export const read = <S extends z.ZodType>(schema: S, yaml: string): z.output<S> => schema.parse(parse(yaml));

/** Messages of what a schema refuses in a piece of YAML; none when it takes it. */
export function refusals(schema: z.ZodType, yaml: string): string[] {
    const result = schema.safeParse(parse(yaml));
    return result.success ? [] : result.error.issues.map(issue => `${issue.path.join(".")}: ${issue.message}`);
}

/** The one step of `steps`. */
export function only(steps: readonly Step[]): Step {
    assert.equal(steps.length, 1);
    return steps[0];
}

const component = (step: Step): ComponentPlan => {
    assert.equal(step.needs?.length, 1);
    return step.needs[0];
};

/** The one project that `step` needs; beside it there is at most what cleans up after its builds. */
export function projectOf({ needs = [] }: Step): BuildProjectPlan {
    const [found, ...others] = needs.filter(({ component }) => component === "BuildProject");
    assert.ok(found?.component === "BuildProject");
    assert.deepEqual(others, []);
    const beside = needs.filter(need => need !== found);
    assert.ok(beside.every(need => need.component === "EventTrigger" && need.build !== undefined));
    return found;
}

/** The one event rule that `step` needs. */
export function triggerOf(step: Step): EventTriggerPlan {
    const found = component(step);
    assert.ok(found.component === "EventTrigger");
    return found;
}
