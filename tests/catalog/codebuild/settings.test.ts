import * as assert from "node:assert/strict";
import { z } from "zod";
import { architectureOf } from "../../../catalog/codebuild/compute";
import {
    checkBuild,
    commandShape,
    defaultImage,
    machineShape,
    reservedVariables,
    saysWhatToRun,
} from "../../../catalog/codebuild/settings";
import { read, refusals } from "../support/place";

const schema = z.strictObject({ ...machineShape, ...commandShape });
const check = (yaml: string) => checkBuild(read(schema, `{ ${yaml} }`));

describe("settings of a build", () => {
    it("are safe and small unless they say otherwise", () => {
        assert.deepEqual(read(schema, "{}"), {
            image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
            compute: "small",
            privileged: false,
            environment: {},
            secrets: {},
            notSecret: [],
            permissions: [],
            cache: { type: "none" },
            reports: {},
            exportedVariables: [],
        });
    });

    for (const [title, yaml, refused] of [
        ["a timeout of 4 minutes", "timeoutMinutes: 4", ["timeoutMinutes"]],
        ["a timeout of 2161 minutes", "timeoutMinutes: 2161", ["timeoutMinutes"]],
        ["a queue of 4 minutes", "queuedTimeoutMinutes: 4", ["queuedTimeoutMinutes"]],
        ["a queue of 481 minutes", "queuedTimeoutMinutes: 481", ["queuedTimeoutMinutes"]],
        ["no commands in a list of them", "commands: []", ["commands"]],
        ["an empty command", 'commands: [""]', ["commands.0"]],
        ["a variable that CodeBuild keeps", "environment: { CODEBUILD_X: a }", ["environment.CODEBUILD_X"]],
        ["an exported variable that CodeBuild keeps", "exportedVariables: [CODEBUILD_X]", ["exportedVariables.0"]],
        ["an exported variable with a space", 'exportedVariables: ["A B"]', ["exportedVariables.0"]],
        ["a variable with a hyphen", "environment: { a-b: c }", ["environment.a-b"]],
        ["a secret in plain text", 'secrets: { TOKEN: "a b" }', ["secrets.TOKEN"]],
        ["an unknown size", "compute: huge", ["compute"]],
        [
            "coverage of more than everything",
            "reports: { coverage: { format: jacoco, file: a, minimum: 101 } }",
            ["reports.coverage.minimum"],
        ],
        [
            "coverage in an unknown format",
            "reports: { coverage: { format: lcov, file: a } }",
            ["reports.coverage.format"],
        ],
        ["a cache of CodeBuild's own machines", "cache: { type: local }", ["cache.type"]],
        [
            "a permission for everything",
            'permissions: [{ actions: ["*"], resources: ["*"], reason: a }]',
            ["permissions.0.actions.0"],
        ],
        [
            "a permission for a whole service",
            'permissions: [{ actions: ["s3:*"], resources: ["*"], reason: a }]',
            ["permissions.0.actions.0"],
        ],
        [
            "a permission for all that begins with a letter",
            'permissions: [{ actions: ["s3:G*"], resources: ["*"], reason: a }]',
            ["permissions.0.actions.0"],
        ],
        [
            "a permission for all that begins with two",
            'permissions: [{ actions: ["s3:Ge*"], resources: ["*"], reason: a }]',
            ["permissions.0.actions.0"],
        ],
        [
            "a permission with a wildcard before the word's end",
            'permissions: [{ actions: ["s3:*Object"], resources: ["*"], reason: a }]',
            ["permissions.0.actions.0"],
        ],
        [
            "a permission without a reason",
            'permissions: [{ actions: ["s3:GetObject"], resources: ["*"] }]',
            ["permissions.0.reason"],
        ],
        [
            "a permission on nothing",
            'permissions: [{ actions: ["s3:GetObject"], resources: [], reason: a }]',
            ["permissions.0.resources"],
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(schema, `{ ${yaml} }`).map(line => line.split(":")[0]),
                refused,
            );
        });
    }

    it("take the longest and shortest times that AWS does, and a family of actions", () => {
        for (const yaml of [
            "timeoutMinutes: 5, queuedTimeoutMinutes: 5",
            "timeoutMinutes: 2160, queuedTimeoutMinutes: 480",
            'permissions: [{ actions: ["s3:Get*"], resources: ["arn:aws:s3:::a/*"], reason: a }]',
            'permissions: [{ actions: ["es:ESHttpGet", "s3:GetObject*"], resources: ["*"], reason: a }]',
            "environment: { _A1: '{ \"json\": true }', EMPTY: '' }",
        ]) {
            assert.deepEqual(refusals(schema, `{ ${yaml} }`), []);
        }
    });

    it("fail without anything to run", () => {
        const message = "expected `commands` (or `install`, `preBuild`, `postBuild`) or `buildspec`, found neither";
        assert.deepEqual(check("compute: small"), [{ path: [], message }]);
        for (const phase of ["install", "preBuild", "commands", "postBuild"]) {
            assert.deepEqual(check(`${phase}: [make]`), []);
            assert.equal(saysWhatToRun({ [phase]: ["make"] }), true);
        }
        assert.deepEqual(check("buildspec: ci.yml"), []);
        assert.equal(saysWhatToRun({ image: "a" }), false);
    });

    it("fail on commands and reports beside a buildspec of their own", () => {
        const both = "expected either commands or `buildspec`, found both: move the commands into the buildspec";
        assert.deepEqual(check("buildspec: ci.yml, install: [a], commands: [b], reports: { junit: a.xml }"), [
            { path: ["install"], message: both },
            { path: ["commands"], message: both },
            {
                path: ["reports"],
                message: "expected no `reports` beside `buildspec`: the buildspec itself names them",
            },
        ]);
        assert.equal(check("buildspec: a, reports: { coverage: { format: jacoco, file: a } }").length, 1);
    });

    it("fail on a pattern of files where one report is to be judged", () => {
        const coverage = (more: string) =>
            check(`commands: [a], reports: { coverage: { format: jacoco, file: "**/jacoco.xml"${more} } }`);
        assert.deepEqual(coverage(""), []);
        assert.deepEqual(coverage(", minimum: 80"), [
            {
                path: ["reports", "coverage", "file"],
                message: 'expected one file to take `minimum` from, found the pattern "**/jacoco.xml"',
            },
        ]);
    });

    const role = "arn:aws:iam::111111111111:role";
    for (const [actions, resource, refused] of [
        ["iam:PassRole", `${role}/task`, false],
        ["iam:PassRole", `${role}/task-{environment}`, false],
        ["iam:PassRole", "*", true],
        ["iam:PassRole", `${role}/task-*`, true],
        ["iam:PassRole", `${role}/task-?`, true],
        ["iam:passrole", `${role}/*`, true],
        ["iam:Pass*", `${role}/*`, true],
        ["iam:PassRole*", `${role}/*`, true],
        ["s3:GetObject, iam:PassRole", `${role}/*`, true],
        ["iam:GetRole", `${role}/*`, false],
        ["iam:Get*", `${role}/*`, false],
        ["iam:Passport", `${role}/*`, false],
    ] as const) {
        it(`${refused ? "fail on" : "take"} ${actions} of ${resource}`, () => {
            const list = `[{ actions: [${actions}], resources: ["${role}/exact", "${resource}"], reason: a }]`;
            const message = `expected the whole ARN of a role for iam:PassRole, found the pattern "${resource}": who passes any role may do what any role may`;
            assert.deepEqual(
                check(`commands: [a], permissions: ${list}`),
                refused ? [{ path: ["permissions", 0, "resources", 1], message }] : [],
            );
        });
    }

    it("fail on a variable in plain text and from a secret", () => {
        assert.deepEqual(check('commands: [a], environment: { A: x, B: y }, secrets: { B: "b" }'), [
            { path: ["environment", "B"], message: "is also in `secrets`: a variable has one value" },
        ]);
    });

    it("fail on a variable that CodeBuild does not export, and on one that is named twice", () => {
        const exported = "A, AWS_REGION, B, A, AWSOME";
        assert.deepEqual(check(`commands: [a], exportedVariables: [${exported}], secrets: { B: "b" }`), [
            {
                path: ["exportedVariables", 1],
                message: "expected another name: CodeBuild exports no variable that begins with AWS_",
            },
            {
                path: ["exportedVariables", 2],
                message: "is a secret, which CodeBuild does not export: later actions name the secret themselves",
            },
            { path: ["exportedVariables", 3], message: "names A twice" },
        ]);
        // A buildspec of the service's own exports them; the pipeline has to know that there are some.
        assert.deepEqual(check("buildspec: ci.yml, exportedVariables: [VERSION]"), []);
    });

    it("fail on variables that the pipeline sets, wherever they stand", () => {
        const message = "is set by the pipeline; choose another name";
        const settings = read(schema, '{ environment: { A: x, B: y }, secrets: { C: "c" } }');
        assert.deepEqual(reservedVariables(settings, ["A", "C", "D"]), [
            { path: ["environment", "A"], message },
            { path: ["secrets", "C"], message },
        ]);
    });

    for (const [image, said, architecture] of [
        [defaultImage, undefined, "arm64"],
        ["acme/build-arm64:1", undefined, "arm64"],
        ["aws/codebuild/standard:7.0", undefined, "x86_64"],
        ["aws/codebuild/standard:7.0", "arm64", "arm64"],
        [defaultImage, "x86_64", "x86_64"],
    ] as const) {
        it(`run ${image} on ${architecture}${said === undefined ? "" : ", because they say so"}`, () => {
            assert.equal(architectureOf({ image, ...(said && { architecture: said }) }), architecture);
        });
    }
});
