import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ActionPlan, StagePlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";

const folder = join(__dirname, "real-pipelines");
const files = readdirSync(folder).sort();

/** What this program adds to every pipeline that deploys artifacts; tests/blueprint/integrity says where it stands. */
const isGuard = ({ name }: ActionPlan) => /^(seal|verify)(-|$)/.test(name);

/** The stages that hold more than {@link isGuard}. */
const ofTheProject = (stages: readonly StagePlan[]) =>
    stages.filter(({ actions }) => actions.some(action => !isGuard(action)));

/** `dev: deploy | smoke, load`: the actions of a stage by name, those of one run order between bars, without {@link isGuard}. */
function outline({ name, actions }: StagePlan): string {
    const orders = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    const at = (order: number) =>
        actions
            .filter(({ runOrder }) => runOrder === order)
            .filter(action => !isGuard(action))
            .map(action => action.name)
            .sort()
            .join(", ");
    assert.deepEqual(
        orders,
        Array.from({ length: orders.length }, (_, index) => index + 1),
        `run orders of ${name}`,
    );
    return `${name}: ${orders
        .map(at)
        .filter(names => names !== "")
        .join(" | ")}`;
}

const untested = (file: string, service: string, environment: string) =>
    `${file}: nothing tests ${service} before it is deployed to ${environment}: add a suite, or run tests in its build`;

/** What the stack files are warned of, and rightly: these projects go to their last environment without a test. */
const warned: Readonly<Record<string, string>> = {
    "cdk-in-every-region.yaml": untested("cdk-in-every-region.yaml", "app", "regional"),
    "cross-account-sam.yaml": untested("cross-account-sam.yaml", "sample-lambda", "production"),
    "helm-on-eks.yaml": untested("helm-on-eks.yaml", "app", "prod"),
    "serverless-starter.yaml": untested("serverless-starter.yaml", "serverless-pipeline", "production"),
};

const source = "Source: source";
const build = "Build: build";
const regions = ["", "--us-east-1", "--us-east-2", "--us-west-1"];

/** The actions of both generators of `many-regions.yaml` in all of their regions. */
const generators = (suffix: string) =>
    ["java8", "node8"]
        .flatMap(language => regions.map(region => `${language}-generators${region}${suffix}`))
        .sort()
        .join(", ");

/** The stages of each file's pipeline. */
const outlines: Readonly<Record<string, readonly string[]>> = {
    "acceptance-environment.yaml": [
        source,
        build,
        "Suites: static-analysis, unit",
        "acceptance: deploy | acceptance-test, infrastructure-test",
        "production: deploy",
    ],
    "api-docs-with-variables.yaml": [
        source,
        "Build: docs, settings",
        "production: stack-changes | stack | empty-bucket | site",
    ],
    "beanstalk-with-a-smoke-test.yaml": [
        source,
        "stage: application-changes | application | environment-changes | environment | code | smoke-test",
    ],
    "build-and-announce.yaml": [source, build, "snapshots: notify"],
    "build-only.yaml": [source, build],
    "build-told-of-its-commit.yaml": [source, build],
    "builds-that-wait.yaml": [source, "Build: changed-files | actions-required | docker-hub, ecr"],
    "cdk-in-every-region.yaml": [
        source,
        build,
        "data: deploy-changes | deploy",
        "regional: deploy--eu-west-1-changes, deploy--us-west-2-changes, deploy-changes | deploy, deploy--eu-west-1, deploy--us-west-2",
    ],
    "cdk-synthesized-once.yaml": [source, build, "prod: deploy"],
    "cdk-with-a-test-repository.yaml": [
        "Source: infra, qa, source",
        "test: deploy | smoke",
        "Approve-production: approve",
        "production: deploy | smoke",
    ],
    "content-between-two-stacks.yaml": [
        source,
        "test: inline-changes | inline | content | from-content-changes | from-content",
    ],
    "cross-account-sam.yaml": [
        source,
        build,
        "test: deploy-changes | deploy",
        "Approve-production: approve",
        "production: deploy-changes | deploy",
    ],
    "ecs-blue-green-by-cloudformation.yaml": [source, build, "prod: deploy-changes | deploy"],
    "elastic-beanstalk.yaml": [source, build, "prod: deploy"],
    "helm-on-eks.yaml": [source, build, "dev: deploy", "Approve-prod: approve", "prod: deploy"],
    "image-promotion.yaml": [
        "Source: image, source",
        "dev: deploy | post-deploy",
        "Approve-prod: approve",
        "prod: duplicate-image | deploy | post-deploy",
    ],
    "infrastructure-then-code.yaml": [
        source,
        build,
        "staging: infrastructure-changes | infrastructure | application",
        "Approve-production: approve",
        "production: infrastructure-changes | infrastructure | application",
    ],
    "instances-by-codedeploy.yaml": [source, build, "staging: asg, ec2", "Approve-prod: approve", "prod: asg, ec2"],
    "laravel-on-fargate.yaml": [source, build, "Approve-production: approve", "production: scheduler, web, worker"],
    "machine-image-compliance.yaml": [source, build, "images: compliance"],
    "many-images-one-stack.yaml": [
        "Source: kong, konga, source, web",
        "Build: api-image, kong-image, konga-image, portal-image, web-image",
        "prod: base-changes | base | gateway-changes | gateway | app-changes, app-ml-changes, website-changes | app, app-ml, website",
    ],
    "many-regions.yaml": [
        source,
        "Build: java8, node8",
        "home: collector-changes | collector",
        `everywhere: ${generators("-changes")} | ${generators("")}`,
    ],
    "migration-before-the-deploy.yaml": [source, build, "production: migrate | deploy"],
    "petclinic-on-ecs.yaml": [source, build, "prod: deploy"],
    "serverless-starter.yaml": [
        source,
        build,
        "staging: deploy-changes | deploy",
        "Approve-production: approve",
        "production: deploy-changes | deploy",
    ],
    "services-in-order.yaml": [
        source,
        "dev: celery-worker | web",
        "Approve-prod: approve",
        "prod: celery-worker | web | invalidate-cache",
    ],
    "site-with-its-own-build-per-environment.yaml": [
        "Source: infra, source",
        "test: build | deploy | deploy-invalidate | smoke",
        "Approve-production: approve",
        "production: build | deploy | deploy-invalidate | smoke",
    ],
    "stacks-beside-a-script.yaml": [
        source,
        "prod: databases-changes, functions, user-pool-changes | databases, user-pool",
    ],
    "state-machine-deploys.yaml": [source, "prod: release"],
    "terraform-plan-and-apply.yaml": [source, build, "Approve-dev: approve", "dev: deploy | integration"],
    "terraform-validated.yaml": [source, "Suites: validate | plan", "dev: deploy"],
};

describe("pipelines of public projects", () => {
    it("are all here, each with the repository and the file that it is taken from", () => {
        assert.deepEqual(Object.keys(outlines).sort(), files);
        for (const file of files) {
            const [first] = readFileSync(join(folder, file), "utf8").split("\n");
            assert.match(first, /^# [\w.-]+\/[\w.-]+, [\w./-]+\.\w+: \S.*\.$/, file);
        }
    });

    for (const file of files) {
        it(`are accepted: ${basename(file, ".yaml")}`, () => {
            const { plan, problems, warnings } = planStack(fromFile(join(folder, file), "real"));
            assert.deepEqual(problemLines(problems), []);
            const said = problemLines(warnings).map(line => line.replace(/:\d+:\d+ services\.[\w-]+/, ""));
            assert.deepEqual(said, file in warned ? [warned[file]] : []);
            assert.deepEqual(
                plan?.pipelines.map(({ stages }) => ofTheProject(stages).map(outline)),
                [outlines[file]],
            );
        });
    }
});
