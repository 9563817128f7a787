import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { assumeRole, inEnvironment } from "../../../catalog/codebuild/deploy-role";
import { ownBuild } from "../../../catalog/codebuild/script";
import { allow } from "../../../catalog/grant";
import { dev, prod } from "../support/place";

const grants = [allow("DoIt", ["sqs:SendMessage"], ["arn:aws:sqs:eu-west-1:222222222222:q"])];

describe("a build that works in an environment", () => {
    it("has its grants itself where there is no deploy role", () => {
        assert.deepEqual(inEnvironment(dev, grants), { own: grants });
    });

    it("has them through the deploy role where there is one, and may itself only assume it", () => {
        assert.deepEqual(inEnvironment(prod, grants), {
            own: [
                {
                    sid: "AssumeDeployRole",
                    actions: ["sts:AssumeRole"],
                    resources: ["arn:aws:iam::222222222222:role/deploy"],
                },
            ],
            assumed: grants,
        });
    });

    it("assumes the role by a profile that a shell writes and every later command has", () => {
        const lines = assumeRole(
            "arn:aws:iam::222222222222:role/team+a/deploy,b=c.d@e-f_g",
            "shop--orders--deploy--prod",
        );
        const script = [...lines, 'echo "$AWS_CONFIG_FILE $AWS_PROFILE"'].join("\n");
        const [file, profile] = execFileSync("sh", ["-e", "-c", script], { encoding: "utf8" }).trim().split(" ");
        const written = readFileSync(file, "utf8");
        rmSync(file);
        assert.equal(profile, "deploy");
        assert.equal(
            written,
            [
                "[profile deploy]",
                "role_arn = arn:aws:iam::222222222222:role/team+a/deploy,b=c.d@e-f_g",
                "credential_source = EcsContainer",
                "role_session_name = shop--orders--deploy--prod",
                "",
            ].join("\n"),
        );
    });

    it("of this program's own runs on the smallest machine, with nothing beside its commands", () => {
        const { commands, timeoutMinutes, compute, privileged, environment, secrets, permissions } = ownBuild(
            ["a"],
            20,
        );
        assert.deepEqual(
            { commands, timeoutMinutes, compute, privileged, environment, secrets, permissions },
            {
                commands: ["a"],
                timeoutMinutes: 20,
                compute: "small",
                privileged: false,
                environment: {},
                secrets: {},
                permissions: [],
            },
        );
    });
});
