import * as assert from "node:assert/strict";
import { componentResources } from "../../blueprint/counts";
import type { ImageRepositoryPlan } from "../../catalog/plan";
import { ImageRepository } from "../../components/image-repository";
import { home, planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop", service: "orders" };

/** The plan of the repository of an image that is built with the keys of `text`. */
function planned(text = ""): ImageRepositoryPlan {
    const services = `{ orders: {
        source: { repository: acme/orders }, build: { type: image, ${text} }, deploy: { type: s3, bucket: site } } }`;
    const [, plan] = planOf(stackFile(`services: ${services}`)).pipelines[0].components;
    assert.ok(plan.component === "ImageRepository");
    return plan;
}

const pulled = () => planned('repository: { pullAccounts: ["222222222222", "333333333333"] }');

const made =
    (plan = planned()) =>
    () => {
        const { url } = new ImageRepository("orders--build--images", { plan, home, tags });
        return { url };
    };

describe("ImageRepository", () => {
    it("registers exactly a repository under the component, and a policy where other accounts pull", async () => {
        assert.deepEqual(tree(await registered(made())), [
            "ImageRepository orders--build--images",
            "  Repository orders--build--images-repository",
        ]);
        assert.deepEqual(tree(await registered(made(pulled()))), [
            "ImageRepository orders--build--images",
            "  RepositoryPolicy orders--build--images-policy < Repository orders--build--images-repository",
            "  Repository orders--build--images-repository",
        ]);
    });

    it("counts what it registers", async () => {
        for (const plan of [planned(), pulled()]) {
            assert.equal((await registered(made(plan))).length, componentResources(plan));
        }
    });

    it("scans each image, encrypts it, lets no tag but the cache's be moved, and lets the old ones go", async () => {
        const { registrations, outputs } = await recorded(
            made(planned("repository: { keepImages: 20, untaggedDays: 3 }")),
        );
        assert.deepEqual(inputsOf(registrations, "Repository"), {
            name: "shop/orders/build",
            forceDelete: false,
            encryptionConfigurations: [{ encryptionType: "KMS" }],
            imageScanningConfiguration: { scanOnPush: true },
            imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters: [{ filter: "cache", filterType: "WILDCARD" }],
            lifecyclePolicy: {
                rules: [
                    { description: "What no tag names", tagStatus: "untagged", maximumAgeLimit: 3 },
                    { description: "The oldest images", tagStatus: "any", maximumNumberOfImages: 20 },
                ],
            },
            tags,
        });
        assert.deepEqual(outputs, { url: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/orders/build" });
    });

    it("lets the accounts that are named pull, and do nothing else", async () => {
        assert.deepEqual(inputsOf(await registered(made(pulled())), "RepositoryPolicy"), {
            repository: "shop/orders/build",
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "PullByAccounts",
                        Effect: "Allow",
                        Principal: { AWS: ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"] },
                        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    },
                ],
            },
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(made(pulled())));

    it("fails beside another repository of its name", () =>
        assertFails(
            () => [made()(), made()()],
            /duplicate URN .*ImageRepository::orders--build--images: a child of the stack/,
        ));
});
