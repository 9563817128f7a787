import * as assert from "node:assert/strict";
import { serviceCatalog } from "../../../catalog/deploys/service-catalog";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const planned = (yaml: string) =>
    only(serviceCatalog.plan(read(serviceCatalog.settings, `{ ${yaml} }`), at("deploy", [built, source], prod)));

describe("deploy service-catalog", () => {
    it("adds a version to one product, called after the execution", () => {
        assert.deepEqual(planned("productId: prod-abcd1234efgh5"), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "ServiceCatalog",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["ProductId", "ProductType", "ProductVersionName", "TemplateFilePath"],
                    optional: ["ProductVersionDescription"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ServiceCatalog.html",
            },
            byDeployRole: true,
            summary: "version #{codepipeline.PipelineExecutionId} of the Service Catalog product prod-abcd1234efgh5",
            configuration: {
                TemplateFilePath: "template.yaml",
                ProductVersionName: "#{codepipeline.PipelineExecutionId}",
                ProductType: "CLOUD_FORMATION_TEMPLATE",
                ProductId: "prod-abcd1234efgh5",
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "AddProductVersion",
                    actions: [
                        "servicecatalog:CreateProvisioningArtifact",
                        "servicecatalog:DeleteProvisioningArtifact",
                        "servicecatalog:DescribeProvisioningArtifact",
                        "servicecatalog:ListProvisioningArtifacts",
                        "servicecatalog:UpdateProduct",
                    ],
                    resources: ["arn:aws:catalog:eu-west-1:222222222222:product/prod-abcd1234efgh5"],
                },
                {
                    sid: "ValidateTemplate",
                    actions: ["cloudformation:ValidateTemplate"],
                    resources: ["*"],
                    reason: "cloudformation:ValidateTemplate has no resource-level permission",
                },
            ],
            targets: [
                {
                    what: "version #{codepipeline.PipelineExecutionId} of the Service Catalog product prod-abcd1234efgh5",
                    account: "222222222222",
                },
            ],
        });
    });

    it("hands on the file, the version's name and its description", () => {
        const { configuration } = planned(
            'productId: prod-abcd1234efgh5, template: product.json, versionName: "v-#{SourceVariables.CommitId}", versionDescription: From the pipeline.',
        );
        assert.deepEqual(configuration, {
            TemplateFilePath: "product.json",
            ProductVersionName: "v-#{SourceVariables.CommitId}",
            ProductType: "CLOUD_FORMATION_TEMPLATE",
            ProductId: "prod-abcd1234efgh5",
            ProductVersionDescription: "From the pipeline.",
        });
    });

    for (const [title, yaml] of [
        ["a product's name", "productId: orders"],
        ["the id of a portfolio", "productId: port-abcd1234efgh5"],
        ["no product", "template: a.yaml"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(serviceCatalog.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                ["productId"],
            );
        });
    }
});
