import * as assert from "node:assert/strict";
import { templateOf, type Rendering, type Resource } from "../../cli/cloudformation/template";
import { findingsOf, type Findings } from "../../cli/validate";
import { known, type Known } from "../support/stacks";

describe("AWS's validator", function () {
    // The first one takes seconds to make.
    this.timeout(30_000);
    let stack: Known;
    let rendering: Rendering;
    before(async () => {
        stack = await known("Pulumi.prod.yaml");
        const { plan, registrations } = stack;
        rendering = templateOf({ stack: plan.stack, home: plan.home, registrations });
    });

    /** What it says once the properties of the resource `name` of the type `type` are changed. */
    function said(name: string, type: string, change: (properties: Record<string, unknown>) => void): Findings {
        const [id] = [...rendering.origins].find(([, one]) => one.name === name && one.type === type) ?? [];
        assert.ok(id, name);
        const resource = structuredClone(rendering.template.Resources[id]);
        change(resource.Properties);
        return saidOf({ ...rendering.template.Resources, [id]: resource });
    }

    const saidOf = (resources: Readonly<Record<string, Resource>>, needs = rendering.needs): Findings =>
        findingsOf(
            { ...rendering, needs, template: { ...rendering.template, Resources: resources } },
            stack.registrations,
            stack.plan.home,
        );

    it("has no fault to find with the production stack, and says how much it has looked at", () => {
        const { errors, warnings, summary } = saidOf(rendering.template.Resources);
        assert.deepEqual([errors, warnings], [[], []]);
        assert.equal(
            summary,
            `AWS's CloudFormation validator 1.9.0 has looked at ${Object.keys(rendering.template.Resources).length} resources`,
        );
    });

    const project = "aws:codebuild/project:Project";

    it("finds a property that there is none of, beside the service whose resource has it", () => {
        const { errors } = said("orders--build-project", project, properties => (properties.BuildTimeout = 60));
        assert.deepEqual(errors, [
            {
                path: ["services", "orders"],
                message:
                    "orders--build-project (AWS::CodeBuild::Project) BuildTimeout: Additional properties are not allowed ('BuildTimeout' was unexpected) (rule F3002 of AWS's validator)",
            },
        ]);
    });

    for (const [title, name, type, path] of [
        ["the network", "network-builds", "aws:ec2/securityGroup:SecurityGroup", ["network"]],
        ["the connections", "connection-github", "aws:codeconnections/connection:Connection", ["connections"]],
        ["who is asked in", "approve-prod", "aws:sns/topic:Topic", ["environments"]],
        ["nothing but the stack as a whole for", "artifacts-key", "aws:kms/key:Key", []],
    ] as const) {
        it(`points at ${title} the stack file, where ${name} is wrong`, () => {
            const { errors } = said(name, type, properties => (properties.Nonsense = 1));
            assert.deepEqual(
                errors.map(error => error.path),
                [path],
            );
        });
    }

    it("fails on the name of a role with a path where its ARN belongs, and not on its ARN", () => {
        const [id] = [...rendering.origins].find(([, { name }]) => name === "orders--build-role") ?? [];
        assert.ok(id);
        const [projectId] = [...rendering.origins].find(([, { name }]) => name === "orders--build-project") ?? [];
        assert.ok(projectId);
        const { Resources } = rendering.template;
        const having = (of: string, properties: object) => ({
            ...Resources[of],
            Properties: { ...Resources[of].Properties, ...properties },
        });
        const rulesOf = (ServiceRole: object) =>
            saidOf({
                ...Resources,
                [id]: having(id, { Path: "/delivery/" }),
                [projectId]: having(projectId, { ServiceRole }),
            }).errors.map(({ message }) => /rule (\w+)/.exec(message)?.[1]);
        assert.deepEqual(rulesOf({ Ref: id }), ["E3050"]);
        assert.deepEqual(rulesOf({ "Fn::GetAtt": [id, "Arn"] }), []);
    });

    it("only warns of what may be so", () => {
        const [id] = [...rendering.origins].find(([, { type }]) => type === project) ?? [];
        assert.ok(id);
        const { errors, warnings } = saidOf({
            ...rendering.template.Resources,
            [id]: { ...rendering.template.Resources[id], DependsOn: ["ArtifactsKeyCC19FFC2"] },
        });
        assert.deepEqual([errors.length, warnings.length], [0, 1]);
        assert.match(warnings[0].message, /\(rule W3005 of AWS's validator\)$/);
    });

    it("says nothing of a template's size, as `pulumi up` has no such limit, and looks at the first and the last of many once", () => {
        const topic = (index: number) => ({
            Type: "AWS::SNS::Topic",
            DependsOn: index === 0 ? [] : ["Topic000"],
            Properties: { DisplayName: "x".repeat(15_000), ...([0, 800].includes(index) && { Nonsense: 1 }) },
        });
        const resources = Object.fromEntries(
            Array.from({ length: 801 }, (_, index) => [`Topic${String(index).padStart(3, "0")}`, topic(index)]),
        );
        const needs = new Map(Object.keys(resources).map(id => [id, ["Topic000"]]));
        const { errors, warnings, summary } = saidOf(resources, needs);
        assert.deepEqual(
            errors.map(({ message }) => message.split(":")[0]),
            ["Topic000 Nonsense", "Topic800 Nonsense"],
        );
        assert.deepEqual(warnings, []);
        assert.match(summary, / 801 resources$/);
    });

    it("says nothing of a template's parameters, however many", () => {
        const parameters = Object.fromEntries(
            Array.from({ length: 201 }, (_, index) => [`P${index}`, { Type: "String", Description: "One" }]),
        );
        const { errors, warnings } = findingsOf(
            {
                ...rendering,
                template: { ...rendering.template, Parameters: { ...rendering.template.Parameters, ...parameters } },
            },
            stack.registrations,
            stack.plan.home,
        );
        assert.deepEqual([errors, warnings], [[], []]);
    });
});
