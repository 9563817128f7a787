import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { approvalAction } from "../catalog/approval";
import { builds } from "../catalog/builds";
import { deploys } from "../catalog/deploys";
import { sources } from "../catalog/sources";
import { steps } from "../catalog/steps";
import { suites } from "../catalog/suites";

const folder = join(__dirname, "../docs");
const page = readFileSync(join(folder, "not-offered.md"), "utf8");

/** Category and provider of each action that some kind makes. */
const offered = new Set(
    [
        ...[...sources, ...builds, ...suites, ...steps, ...deploys].flatMap(({ actions }) => [...actions]),
        approvalAction,
    ].map(({ category, provider }) => `${category} ${provider}`),
);

/**
 * AWS's list, by category; what it calls by the service's name has here the name that stands in a pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-valid-providers.html
 */
const ofAws: Readonly<Record<string, readonly string[]>> = {
    Source: ["S3", "ECR", "CodeCommit", "CodeStarSourceConnection"],
    Build: ["ECRBuildAndPublish", "CodeBuild", "CloudBees", "Jenkins", "TeamCity"],
    Test: [
        "CodeBuild",
        "Jenkins",
        "DeviceFarm",
        "BlazeMeter",
        "GhostInspector",
        "StormRunner Load",
        "Nouvola",
        "Runscope",
    ],
    Deploy: [
        "S3",
        "CloudFormation",
        "CloudFormationStackSet",
        "CloudFormationStackInstances",
        "CodeDeploy",
        "EC2",
        "ECS",
        "CodeDeployToECS",
        "EKS",
        "Lambda",
        "ElasticBeanstalk",
        "AppConfig",
        "OpsWorks",
        "ServiceCatalog",
        "AlexaSkillsKit",
        "XebiaLabs",
    ],
    Approval: ["Manual"],
    Invoke: ["CodePipeline", "Lambda", "StepFunctions", "InspectorScan"],
    Compute: ["Commands"],
};

describe("docs/not-offered.md", () => {
    // The first column of each row says what is not offered; of an action that is, some rows say what of it is not.
    const [, actions] = page.split(/^## /m);
    const missing = [...actions.matchAll(/^\| ([^|]+)\|/gm)].map(([, first]) => first);

    for (const [category, providers] of Object.entries(ofAws)) {
        for (const provider of providers) {
            it(`${category} ${provider}: is offered, or said not to be`, () => {
                const said = missing.some(first => first.includes(`\`${provider}\``) && !first.startsWith("Output"));
                assert.notEqual(offered.has(`${category} ${provider}`), said);
            });
        }
    }

    it("is right about the provider of AWS for Pulumi: no environment variables of actions, no disabled transitions", () => {
        const types = readFileSync(join(__dirname, "../node_modules/@pulumi/aws/types/input.d.ts"), "utf8");
        const fields = (name: string) => {
            const [, body] = new RegExp(`interface ${name} \\{\\n([^]*?)\\n    \\}`).exec(types) ?? [];
            return [...(body ?? "").matchAll(/^ {8}(\w+)\??:/gm)].map(([, field]) => field);
        };
        assert.ok(fields("PipelineStageAction").includes("commands"));
        assert.ok(!fields("PipelineStageAction").includes("environmentVariables"));
        assert.ok(fields("PipelineStage").includes("beforeEntry"));
        assert.deepEqual(
            fields("PipelineStage").filter(field => /block|transition/i.test(field)),
            [],
        );
    });

    it("links to pages that there are", () => {
        const links = [...page.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link]) => link);
        assert.ok(links.length > 0);
        assert.deepEqual(
            links.filter(link => !existsSync(join(folder, link))),
            [],
        );
    });
});
