import * as assert from "node:assert/strict";
import { cloudformation } from "../../../catalog/deploys/cloudformation";
import { sam } from "../../../catalog/deploys/sam";
import { at, built, prod, read, refusals, source } from "../support/place";

const role = "arn:aws:iam::222222222222:role/cloudformation";
const base = `stack: payments-prod, executionRoleArn: "${role}"`;
const place = at("deploy", [built, source], prod);
const planned = (yaml: string) => sam.plan(read(sam.settings, `{ ${yaml} }`), place);

describe("deploy sam", () => {
    it("deploys the packaged template with the capabilities that SAM needs", () => {
        const [changes, execute, ...none] = planned(base);
        assert.deepEqual(none, []);
        assert.deepEqual(changes.configuration, {
            ActionMode: "CHANGE_SET_REPLACE",
            StackName: "payments-prod",
            ChangeSetName: "shop--orders",
            TemplatePath: "BuildArtifact::packaged.yaml",
            Capabilities: "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND",
            RoleArn: role,
        });
        assert.deepEqual(execute.configuration, {
            ActionMode: "CHANGE_SET_EXECUTE",
            StackName: "payments-prod",
            ChangeSetName: "shop--orders",
        });
    });

    it("is, beside template and capabilities, the deploy of a CloudFormation stack", () => {
        const yaml = `${base}, templateConfiguration: prod.json, parameters: { Stage: prod, Tag: { file: image.json, key: tag } }`;
        const settings = read(
            cloudformation.settings,
            `{ ${yaml}, template: packaged.yaml, capabilities: [CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND] }`,
        );
        const [changes, execute] = cloudformation.plan(settings, place);
        assert.deepEqual(planned(yaml), [
            changes,
            // Of all macros, SAM's own.
            {
                ...execute,
                prerequisites: [
                    `${role} may use the template's macros: cloudformation:CreateChangeSet on arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31`,
                ],
            },
        ]);
    });

    it("acknowledges named IAM resources where it is asked to", () => {
        const [changes] = planned(`${base}, namedIam: true, template: out/sam.yaml`);
        assert.equal(changes.configuration.Capabilities, "CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND");
        assert.equal(changes.configuration.TemplatePath, "BuildArtifact::out/sam.yaml");
    });

    it("fails on a parameter that says nothing", () => {
        assert.deepEqual(sam.check?.(read(sam.settings, `{ ${base}, parameters: { A: {} } }`)), [
            { path: ["parameters", "A"], message: "expected a text, `attribute` of an artifact, or `file` and `key`" },
        ]);
    });

    for (const [title, yaml, refused] of [
        ["capabilities, which it gives itself", `${base}, capabilities: [CAPABILITY_IAM]`, ""],
        ["no execution role", "stack: payments", "executionRoleArn"],
        ["a bad stack's name", `stack: 1payments, executionRoleArn: "${role}"`, "stack"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(sam.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
