import * as assert from "node:assert/strict";
import type { AuditPlan } from "../../blueprint/plan";
import { Audit } from "../../components/audit";
import { known, planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, registered, tree } from "../support/recordings";

const tags = { fleet: "shop" };
const auditOf = (audit: string): AuditPlan => {
    const { operations } = planOf(stackFile(`operations: { audit: ${audit} }`)).shared;
    assert.ok(operations.audit);
    return operations.audit;
};
const plan = auditOf("{ days: 731, trail: { bucket: trails } }");

const build = (changed: Partial<AuditPlan> = {}, protect = false) => {
    const { logGroup } = new Audit("audit", {
        plan: { ...plan, ...changed },
        keyArn: known.artifactKey,
        protect,
        tags,
    });
    return { logGroup };
};
const group = "/aws/events/service-pipelines/shop/audit";

describe("Audit", () => {
    it("registers exactly a log, its policy, rules with targets, queries, and the trail", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "Audit audit",
            "  QueryDefinition audit-approved < LogGroup audit-log",
            "  QueryDefinition audit-disabled < LogGroup audit-log",
            "  QueryDefinition audit-edited < LogGroup audit-log",
            "  EventRule audit-freezes",
            // Not before the policy: EventBridge gives up what it may not write.
            "  EventTarget audit-freezes-target < EventRule audit-freezes, LogGroup audit-log, LogResourcePolicy audit-policy",
            "  QueryDefinition audit-froze < LogGroup audit-log",
            "  LogGroup audit-log",
            "  EventRule audit-pipelines",
            "  EventTarget audit-pipelines-target < EventRule audit-pipelines, LogGroup audit-log, LogResourcePolicy audit-policy",
            "  LogResourcePolicy audit-policy",
            "  EventRule audit-projects",
            "  EventTarget audit-projects-target < EventRule audit-projects, LogGroup audit-log, LogResourcePolicy audit-policy",
            "  QueryDefinition audit-started < LogGroup audit-log",
            "  QueryDefinition audit-stopped < LogGroup audit-log",
            "  Trail audit-trail",
            "  QueryDefinition audit-went-back < LogGroup audit-log",
        ]);
    });

    it("keeps the log for its own time, under the stack's key, written by EventBridge alone", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "LogGroup"), {
            name: group,
            retentionInDays: 731,
            kmsKeyId: known.artifactKey,
            tags,
        });
        const { policyName, policyDocument } = inputsOf(all, "LogResourcePolicy");
        assert.equal(policyName, "shop--fleet--audit");
        assert.deepEqual((JSON.parse(String(policyDocument)) as { Statement: object[] }).Statement, [
            {
                Sid: "WriteByRules",
                Effect: "Allow",
                Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: [`arn:aws:logs:eu-west-1:111111111111:log-group:${group}:*`],
            },
        ]);
        assert.deepEqual(inputsOf(all, "EventTarget", "audit-pipelines-target"), {
            rule: "shop--fleet--audit--pipelines",
            targetId: "log",
            arn: `arn:aws:logs:eu-west-1:111111111111:log-group:${group}`,
        });
    });

    it("asks one question with each saved query", async () => {
        const { name, logGroupNames, queryString } = inputsOf(
            await registered(build),
            "QueryDefinition",
            "audit-approved",
        );
        assert.deepEqual([name, logGroupNames], ["service-pipelines/shop/who approved or refused", [group]]);
        assert.match(String(queryString), /filter detail\.eventName in \["PutApprovalResult"\]/);
    });

    it("makes a trail of changes alone, whose files cannot be altered unseen", async () => {
        assert.deepEqual(inputsOf(await registered(build), "Trail"), {
            name: "shop.fleet.audit",
            s3BucketName: "trails",
            enableLogFileValidation: true,
            eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
            tags,
        });
    });

    it("makes no trail where the account has one", async () => {
        const all = await registered(() => build({ trail: auditOf("{}").trail }));
        assert.ok(!tree(all).some(line => line.includes("Trail")));
    });

    it("protects the log alone, where the stack file says so", async () => {
        const kept = (await registered(() => build({}, true))).filter(one => one.protect);
        assert.deepEqual(
            kept.map(({ name }) => name),
            ["audit-log"],
        );
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on two questions of one key", () =>
        assertFails(() => build({ queries: [...plan.queries, plan.queries[0]] }), /duplicate URN .*audit-approved/));
});
