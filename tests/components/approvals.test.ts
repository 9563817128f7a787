import * as assert from "node:assert/strict";
import { Reference } from "../../catalog/reference";
import { Approvals } from "../../components/approvals";
import { known, planOf, stackFile, terms } from "../support/plans";
import {
    assertFails,
    assertPreviewedAsDeployed,
    inputsOf,
    noun,
    recorded,
    registered,
    tree,
} from "../support/recordings";

const plans = () =>
    planOf(
        stackFile(`
        environments:
            - { name: dev }
            - { name: prod, approval: { notify: [eu-ann@shop.example, bob@shop.example] } }
            - { name: prod-eu, approval: { notify: [ann@shop.example] } }
        services:
            web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "web-{environment}" } }
    `),
    ).shared.approvals;
const tags = { fleet: "shop" };
const build = () => new Approvals("approve", { plans: plans(), keyArn: known.artifactKey, terms, tags });

describe("Approvals", () => {
    it("registers exactly a topic, its subscriptions and a policy for each environment that asks", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "Approvals approve",
            "  Topic approve-prod",
            "  TopicSubscription approve-prod--bob@shop.example < Topic approve-prod",
            "  TopicSubscription approve-prod--eu-ann@shop.example < Topic approve-prod",
            "  Policy approve-prod-answer",
            "  Topic approve-prod-eu",
            "  TopicSubscription approve-prod-eu--ann@shop.example < Topic approve-prod-eu",
            "  Policy approve-prod-eu-answer",
        ]);
    });

    it("encrypts the topics and asks by e-mail", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Topic", "approve-prod"), {
            name: "shop--fleet--approve--prod",
            displayName: "Approvals of prod",
            kmsMasterKeyId: known.artifactKey,
            tags,
        });
        assert.deepEqual(inputsOf(all, "TopicSubscription", "approve-prod--bob@shop.example"), {
            topic: "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--prod",
            protocol: "email",
            endpoint: "bob@shop.example",
        });
    });

    it("lets the holders of a policy answer for that environment and no other", async () => {
        const pipelines = "arn:aws:codepipeline:eu-west-1:111111111111:shop--*";
        assert.deepEqual(inputsOf(await registered(build), "Policy", "approve-prod-answer"), {
            name: "shop--fleet--approve--prod",
            description: "Answers approvals of prod",
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "AnswerApprovals",
                        Effect: "Allow",
                        Action: ["codepipeline:PutApprovalResult"],
                        Resource: [`${pipelines}/Approve-prod/approve`],
                    },
                    {
                        Sid: "SeeWhatIsAsked",
                        Effect: "Allow",
                        Action: [
                            "codepipeline:GetPipeline",
                            "codepipeline:GetPipelineExecution",
                            "codepipeline:GetPipelineState",
                        ],
                        Resource: [pipelines],
                    },
                ],
            },
            tags,
        });
    });

    it("tells the policies by environment, and the topics to wait for", async () => {
        const { outputs } = await recorded(() => {
            const { policyArns, topics } = build();
            return { policyArns, topics: topics.length };
        });
        assert.deepEqual(outputs, {
            policyArns: {
                prod: "arn:aws:iam::111111111111:policy/shop--fleet--approve--prod",
                "prod-eu": "arn:aws:iam::111111111111:policy/shop--fleet--approve--prod-eu",
            },
            topics: 2,
        });
    });

    it("changes nothing of the others when an environment or an address comes between them", async () => {
        const [prod, eu] = plans();
        const between = { ...eu, environment: "qa", name: "shop--fleet--approve--qa" };
        const more = [{ ...prod, notify: ["a@shop.example", ...prod.notify] }, between, eu];
        const before = await registered(build);
        const after = await registered(
            () => new Approvals("approve", { plans: more, keyArn: known.artifactKey, terms, tags }),
        );
        assert.equal(after.length, before.length + 4);
        for (const one of before.filter(one => noun(one) !== "Approvals")) {
            assert.deepEqual(
                after.find(({ urn }) => urn === one.urn),
                one,
            );
        }
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a statement about what is made elsewhere", () =>
        assertFails(() => {
            const [plan] = plans();
            const statements = [{ ...plan.statements[0], Resource: [new Reference("artifactKey")] }];
            return new Approvals("approve", {
                plans: [{ ...plan, statements }],
                keyArn: known.artifactKey,
                terms,
                tags,
            });
        }, "the plan refers to artifactKey, which this stack does not have"));
});
