import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { retiredRuntime } from "../../catalog/age";
import { bundled } from "../../components/bundle";
import { SharedFunction } from "../../components/shared-function";
import { known, planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop" };
const [plan] = planOf(stackFile("environments: [{ name: dev, freezable: true }]\nretention: { logDays: 30 }")).shared
    .functions;

const build = () => {
    const { functionArn } = new SharedFunction("check", { plan, keyArn: known.artifactKey, tags });
    return { functionArn };
};

describe("SharedFunction", () => {
    it("registers exactly a function, its role, policy and log group, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "SharedFunction check",
            // Not before the policy and the logs: its first answer needs both.
            "  Function check-function < LogGroup check-logs, Role check-role, RolePolicy check-policy",
            "  LogGroup check-logs",
            "  RolePolicy check-policy < Role check-role",
            "  Role check-role",
        ]);
    });

    it("runs on a runtime that Lambda still mends", async () => {
        const { registrations } = await recorded(build);
        assert.equal(retiredRuntime(String(inputsOf(registrations, "Function").runtime)), undefined);
    });

    it("runs the bundle on the newest Node.js of Lambda, on ARM", async () => {
        const { registrations, outputs } = await recorded(build);
        const { code, ...rest } = inputsOf(registrations, "Function");
        assert.deepEqual(rest, {
            name: "shop--fleet--check",
            description: "Says whether a stage may be entered: no freeze, no alarm",
            role: "arn:aws:iam::111111111111:role/shop--fleet--check",
            runtime: "nodejs24.x",
            architectures: ["arm64"],
            handler: "index.handler",
            memorySize: 256,
            timeout: 60,
            loggingConfig: { logFormat: "JSON", logGroup: "/service-pipelines/shop/functions/check" },
            tags,
        });
        const text = bundled("check");
        const sha256 = createHash("sha256").update(text).digest("hex");
        assert.deepEqual(code, { assets: { "index.js": { bytes: Buffer.byteLength(text), sha256 } } });
        assert.deepEqual(outputs, {
            functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:shop--fleet--check",
        });
    });

    it("keeps its logs for a while, under the stack's key", async () => {
        assert.deepEqual(inputsOf(await registered(build), "LogGroup"), {
            name: "/service-pipelines/shop/functions/check",
            retentionInDays: 30,
            kmsKeyId: known.artifactKey,
            tags,
        });
    });

    it("has a role for Lambda alone, with the statements of the plan and no more", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Role"), {
            name: "shop--fleet--check",
            description: "Says whether a stage may be entered: no freeze, no alarm",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            },
            tags,
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--fleet--check",
            role: "shop--fleet--check",
            policy: {
                Version: "2012-10-17",
                Statement: plan.role.statements.map(({ reason, ...statement }) => statement),
            },
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails without code", () =>
        assertFails(
            () => new SharedFunction("a", { plan: { ...plan, key: "none" }, keyArn: known.artifactKey, tags }),
            /functions\/none/,
        ));

    it("fails beside another function of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*SharedFunction::check: a child of the stack/));
});
