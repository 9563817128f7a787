import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    assumeRole,
    deployProfile,
    inEnvironment,
    sessionVariables,
    type Session,
} from "../../../catalog/codebuild/deploy-role";
import { ownBuild } from "../../../catalog/codebuild/script";
import { allow } from "../../../catalog/grant";
import { dev, prod } from "../support/place";

const grants = [allow("DoIt", ["sqs:SendMessage"], ["arn:aws:sqs:eu-west-1:222222222222:q"])];

/** A session in `environment`, with tags or without. */
const session = (environment: Session["environment"], sessionTags = false): Session => ({
    service: "orders",
    sessionTags,
    ...(environment && { environment }),
});

describe("a build that works in an environment", () => {
    it("has its grants itself where there is no deploy role", () => {
        assert.deepEqual(inEnvironment(session(dev), grants), { own: grants });
    });

    it("has them through the deploy role where there is one, and may itself only assume it", () => {
        assert.deepEqual(inEnvironment(session(prod), grants), {
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
            session({ name: "prod", deployRoleArn: "arn:aws:iam::222222222222:role/team+a/deploy,b=c.d@e-f_g" }),
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

    it("that tags its sessions may assume the role with its own tags alone", () => {
        const arn = "arn:aws:iam::222222222222:role/deploy";
        assert.deepEqual(inEnvironment(session(prod, true), grants).own, [
            allow("AssumeDeployRole", ["sts:AssumeRole", "sts:TagSession"], [arn], {
                StringEquals: { "aws:RequestTag/service": "orders", "aws:RequestTag/environment": "prod" },
                "ForAllValues:StringEquals": { "aws:TagKeys": ["service", "environment", "execution"] },
            }),
        ]);
    });

    it("is told its execution where it tags its sessions, and nothing where it assumes no role", () => {
        assert.deepEqual(sessionVariables(session(prod, true)), [
            { name: "DEPLOY_SESSION_EXECUTION", value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" },
        ]);
        assert.deepEqual(sessionVariables(session(prod)), []);
        assert.deepEqual(sessionVariables(session(dev, true)), []);
        assert.deepEqual(assumeRole(session(dev, true), "a"), [`export ${deployProfile}`]);
    });

    for (const [title, execution, expected] of [
        ["of a pipeline", "0a1b", "0a1b"],
        ["that no pipeline runs", undefined, "none"],
    ] as const) {
        it(`${title} tags its session by a process that the profile names, without the profile`, () => {
            const folder = mkdtempSync(join(tmpdir(), "aws-"));
            // Stands in for the AWS CLI: says how it was called.
            const says =
                '#!/bin/sh\nfor word in "${AWS_PROFILE-none}" "${AWS_CONFIG_FILE-none}" "$@"; do echo "$word"; done\n';
            writeFileSync(join(folder, "aws"), says, { mode: 0o755 });
            const lines = assumeRole(session(prod, true), "shop--orders--deploy--prod");
            const ask = "$(sed -n 's/^credential_process = //p' $AWS_CONFIG_FILE)";
            const env = {
                PATH: `${folder}:${process.env.PATH}`,
                ...(execution && { DEPLOY_SESSION_EXECUTION: execution }),
            };
            const asked = execFileSync("sh", ["-e", "-c", [...lines, ask].join("\n")], { encoding: "utf8", env });
            const written = readFileSync("/tmp/deploy-role.config", "utf8");
            for (const file of ["/tmp/deploy-role.config", "/tmp/deploy-role.sh", folder]) {
                rmSync(file, { recursive: true });
            }
            assert.equal(written, "[profile deploy]\ncredential_process = sh /tmp/deploy-role.sh\n");
            assert.deepEqual(asked.trim().split("\n"), [
                ...["none", "none", "sts", "assume-role"],
                ...["--role-arn", "arn:aws:iam::222222222222:role/deploy"],
                ...["--role-session-name", "shop--orders--deploy--prod"],
                ...[
                    "--tags",
                    "Key=service,Value=orders",
                    "Key=environment,Value=prod",
                    `Key=execution,Value=${expected}`,
                ],
                "--query",
                "{Version: `1`, AccessKeyId: Credentials.AccessKeyId, SecretAccessKey: Credentials.SecretAccessKey, SessionToken: Credentials.SessionToken, Expiration: Credentials.Expiration}",
                ...["--output", "json"],
            ]);
        });
    }

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
