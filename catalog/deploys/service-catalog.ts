import { z } from "zod";
import { arn } from "../arn";
import { allow, allowAnywhere } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { template, text } from "../words";

const action: ActionType = {
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
};

/**
 * A new version of a Service Catalog product, from a CloudFormation template.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ServiceCatalog.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-S3-servicecatalog.html
 */
export const serviceCatalog = kind({
    type: "service-catalog",
    actions: [action],
    limits: [
        "The product exists: the action adds versions to it.",
        "A changed template wants a version name that the product has not had before; so there is no file that names it.",
    ],
    settings: z.strictObject({
        productId: z
            .string()
            .regex(/^prod-[a-z0-9]+$/, 'the id of a product, such as "prod-abcd1234efgh5"')
            .describe("Id of the product."),
        template: text("Template file in the artifact. @default template.yaml").default("template.yaml"),
        versionName: template(
            "Name of the new version; may hold variables of the pipeline. One product in several environments wants `{environment}` in it. @default the id of the pipeline's execution",
        ).default("#{codepipeline.PipelineExecutionId}"),
        versionDescription: template("Description of the new version. @default none").optional(),
    }),
    example: `
        type: service-catalog
        productId: prod-abcd1234efgh5
        template: product.yaml
        versionName: "{environment}-#{SourceVariables.CommitId}"`,
    plan({ productId, template: file, versionName, versionDescription }, at) {
        const where = at.environment as Environment;
        const what = `version ${versionName} of the Service Catalog product ${productId}`;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: what,
                configuration: {
                    TemplateFilePath: file,
                    ProductVersionName: versionName,
                    ProductType: "CLOUD_FORMATION_TEMPLATE",
                    ProductId: productId,
                    ...(versionDescription !== undefined && { ProductVersionDescription: versionDescription }),
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    allow(
                        "AddProductVersion",
                        [
                            "servicecatalog:CreateProvisioningArtifact",
                            "servicecatalog:DeleteProvisioningArtifact",
                            "servicecatalog:DescribeProvisioningArtifact",
                            "servicecatalog:ListProvisioningArtifacts",
                            "servicecatalog:UpdateProduct",
                        ],
                        [arn("catalog", `product/${productId}`, where)],
                    ),
                    allowAnywhere(
                        "ValidateTemplate",
                        ["cloudformation:ValidateTemplate"],
                        "cloudformation:ValidateTemplate has no resource-level permission",
                    ),
                ],
                targets: [{ what, account: where.account }],
            },
        ];
    },
});
