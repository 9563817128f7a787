import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { parse } from "yaml";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { loginCommands } from "../../../catalog/codebuild/codeartifact";
import { script } from "../../../catalog/deploys/script";
import { codebuild as suite } from "../../../catalog/suites/codebuild";
import { at, built, only, prod, projectOf, read, refusals, source } from "../support/place";

const settings = (yaml: string) => read(build.settings, `{ commands: [make], ${yaml} }`);
const planned = (yaml: string) => only(build.plan(settings(yaml), at("build", [source])));

const own = "domain: acme, repository: libraries";
const login = (yaml: string, more = "") => loginCommands(settings(`codeArtifact: ${yaml}${more}`), at("build"));
const granted = (yaml: string) =>
    projectOf(planned(`codeArtifact: ${yaml}`)).grants.filter(
        ({ actions }) => actions[0].startsWith("codeartifact:") || actions[0].startsWith("sts:"),
    );

const arn = (resource: string, account = "111111111111") => `arn:aws:codeartifact:eu-west-1:${account}:${resource}`;

const bearer = {
    sid: "GetPackageToken",
    actions: ["sts:GetServiceBearerToken"],
    resources: ["*"],
    reason: "sts:GetServiceBearerToken has no resource-level permission",
    conditions: { StringEquals: { "sts:AWSServiceName": "codeartifact.amazonaws.com" } },
};

/** Runs one command with `aws` answering as `aws` says; the status, and what the shell has in the variable of the token. */
function run(command: string, aws: string): { status: number; token: string } {
    const text = `aws() { ${aws}; }\n${command}\nprintf '%s:' "$?"; sh -c 'printf "%s" "$CODEARTIFACT_AUTH_TOKEN"'`;
    const [status, token] = execFileSync("sh", ["-c", text], { encoding: "utf8" }).split(":");
    return { status: Number(status), token };
}

describe("CodeArtifact", () => {
    for (const tool of ["npm", "pip", "twine", "nuget", "dotnet", "swift"]) {
        it(`logs ${tool} in for as long as the build may run`, () =>
            assert.deepEqual(login(`{ ${own}, tool: ${tool} }`), [
                `aws codeartifact login --tool ${tool} --domain acme --domain-owner 111111111111 --repository libraries --duration-seconds 3600`,
            ]));
    }

    for (const tool of ["maven", "gradle"]) {
        it(`gives ${tool} its token in a variable`, () => {
            const [command, ...more] = login(`{ ${own}, tool: ${tool} }`);
            assert.deepEqual(more, []);
            assert.equal(
                command,
                'CODEARTIFACT_AUTH_TOKEN="$(aws codeartifact get-authorization-token --domain acme --domain-owner 111111111111 --query authorizationToken --output text --duration-seconds 3600)" && export CODEARTIFACT_AUTH_TOKEN',
            );
            assert.deepEqual(run(command, "echo secret"), { status: 0, token: "secret" });
            assert.notEqual(run(command, "return 7").status, 0);
        });
    }

    for (const [minutes, seconds] of [
        [5, 900],
        [15, 900],
        [16, 960],
        [720, 43_200],
        [721, 43_200],
    ]) {
        it(`takes a token of ${seconds} seconds for a build of ${minutes} minutes`, () =>
            assert.match(
                login(`{ ${own}, tool: npm }`, `, timeoutMinutes: ${minutes}`)[0],
                new RegExp(` --duration-seconds ${seconds}$`),
            ));
    }

    it("in Lambda takes a token of Lambda's own time", () =>
        assert.match(
            login(`{ ${own}, tool: npm }`, ", compute: lambda-1gb, image: acme/build, outsideNetwork: why")[0],
            / --duration-seconds 900$/,
        ));

    it("logs in before the first command, in whichever phase that is", () => {
        const phases = (yaml: string) =>
            (
                parse(projectOf(planned(`${yaml}, codeArtifact: { ${own}, tool: npm }`)).buildspec) as {
                    phases: Record<string, { commands: string[] }>;
                }
            ).phases;
        const first = (commands: string[]) => [commands[0].slice(0, 22), commands.slice(1)];
        const { install, ...others } = phases("install: [npm ci], preBuild: [lint]");
        assert.deepEqual(first(install.commands), ["aws codeartifact login", ["npm ci"]]);
        assert.deepEqual([others.pre_build.commands, others.build.commands], [["lint"], ["make"]]);
        assert.deepEqual(first(phases("preBuild: [lint]").pre_build.commands), ["aws codeartifact login", ["lint"]]);
        assert.deepEqual(first(phases("notSecret: []").build.commands), ["aws codeartifact login", ["make"]]);
    });

    it("logs in in suites and scripts too", () => {
        const words = `{ commands: [make], codeArtifact: { ${own}, tool: npm } }`;
        for (const step of [
            only(suite.plan(read(suite.settings, words), at("unit", [source, built]))),
            only(script.plan(read(script.settings, words), at("deploy", [built, source], prod))),
        ]) {
            const { buildspec, grants } = projectOf(step);
            assert.match(buildspec, /aws codeartifact login --tool npm/);
            assert.ok(grants.some(({ sid }) => sid === "ReadPackages"));
        }
    });

    it("reads one repository, and publishes nothing", () =>
        assert.deepEqual(granted(`{ ${own}, tool: npm }`), [
            {
                sid: "LogInToPackages",
                actions: ["codeartifact:GetAuthorizationToken"],
                resources: [arn("domain/acme")],
            },
            bearer,
            {
                sid: "ReadPackages",
                actions: ["codeartifact:GetRepositoryEndpoint", "codeartifact:ReadFromRepository"],
                resources: [arn("repository/acme/libraries")],
            },
        ]));

    it("publishes packages of its own format to its own repository, with metadata for Maven alone", () =>
        assert.deepEqual(
            granted(
                `[{ ${own}, tool: twine, publish: true }, { ${own}, tool: pip }, { ${own}, tool: gradle, publish: true }]`,
            ).slice(3),
            [
                {
                    sid: "PublishPackages",
                    actions: ["codeartifact:PublishPackageVersion"],
                    resources: [arn("package/acme/libraries/pypi/*"), arn("package/acme/libraries/maven/*")],
                },
                {
                    sid: "PublishMavenMetadata",
                    actions: ["codeartifact:PutPackageMetadata"],
                    resources: [arn("package/acme/libraries/maven/*")],
                },
            ],
        ));

    it("of another account is named with it, and says what that account must allow", () => {
        const yaml = `{ ${own}, domainOwner: "333333333333", tool: npm, scope: "@acme" }`;
        assert.deepEqual(login(yaml), [
            "aws codeartifact login --tool npm --domain acme --domain-owner 333333333333 --repository libraries --namespace @acme --duration-seconds 3600",
        ]);
        assert.deepEqual(
            granted(yaml).map(({ resources }) => resources[0]),
            [arn("domain/acme", "333333333333"), "*", arn("repository/acme/libraries", "333333333333")],
        );
        const said = [
            "the CodeArtifact domain acme of account 333333333333 and its repository libraries let account 111111111111 in",
        ];
        const words = `{ commands: [make], codeArtifact: ${yaml} }`;
        assert.deepEqual(
            [
                planned(`codeArtifact: ${yaml}`),
                only(suite.plan(read(suite.settings, words), at("unit", [source, built]))),
                only(script.plan(read(script.settings, words), at("deploy", [built, source], prod))),
            ].map(({ prerequisites }) => prerequisites),
            [said, said, said],
        );
        assert.equal(planned(`codeArtifact: { ${own}, tool: npm }`).prerequisites, undefined);
    });

    it("lets a buildspec log in itself, with the same rights", () => {
        const step = only(
            build.plan(
                read(build.settings, `{ buildspec: ci.yml, codeArtifact: { ${own}, tool: npm } }`),
                at("build", [source]),
            ),
        );
        assert.equal(projectOf(step).buildspec, "ci.yml");
        assert.ok(projectOf(step).grants.some(({ sid }) => sid === "ReadPackages"));
    });

    for (const yaml of [
        `[{ ${own}, tool: npm, scope: "@a" }, { domain: acme, repository: more, tool: npm, scope: "@b" }]`,
        `[{ ${own}, tool: npm, scope: "@a" }, { domain: acme, repository: more, tool: npm }]`,
        `[{ ${own}, tool: nuget }, { domain: acme, repository: more, tool: nuget }]`,
        `[{ ${own}, tool: maven }, { domain: acme, repository: more, tool: gradle }]`,
        `[{ ${own}, tool: pip }, { ${own}, tool: twine, publish: true }]`,
    ]) {
        it(`takes ${yaml}`, () => assert.deepEqual(build.check?.(settings(`codeArtifact: ${yaml}`)), []));
    }

    for (const [title, yaml, path, message] of [
        [
            "npm twice",
            `[{ ${own}, tool: npm }, { domain: acme, repository: more, tool: npm }]`,
            [1, "tool"],
            "logs npm in twice: the second login would replace the first; give each a `scope`",
        ],
        [
            "pip twice",
            `[{ ${own}, tool: pip }, { domain: acme, repository: more, tool: pip }]`,
            [1, "tool"],
            "logs pip in twice: the second login would replace the first",
        ],
        [
            "Maven and Gradle of two domains",
            `[{ ${own}, tool: maven }, { domain: other, repository: more, tool: gradle }]`,
            [1, "domain"],
            "expected one domain for Maven and Gradle: CODEARTIFACT_AUTH_TOKEN holds one token",
        ],
        [
            "a scope that is not npm's",
            `{ ${own}, tool: swift, scope: "@a" }`,
            ["scope"],
            "is for npm alone: swift knows no scopes",
        ],
        [
            "publishing by pip",
            `[{ ${own}, tool: pip, publish: true }]`,
            [0, "publish"],
            "pip only reads: expected `tool: twine` to publish",
        ],
    ] as const) {
        it(`fails for ${title}`, () =>
            assert.deepEqual(build.check?.(settings(`codeArtifact: ${yaml}`)), [
                { path: ["codeArtifact", ...path], message },
            ]));
    }

    it("takes a repository of the stack file by its key, also one of another account's domain", () => {
        assert.deepEqual(login("{ use: libraries, tool: npm }"), login(`{ ${own}, tool: npm }`));
        assert.deepEqual(login("{ use: elsewhere, tool: pip }"), [
            "aws codeartifact login --tool pip --domain group --domain-owner 333333333333 --repository elsewhere --duration-seconds 3600",
        ]);
        assert.deepEqual(
            granted("{ use: libraries, tool: npm, publish: true }"),
            granted(`{ ${own}, tool: npm, publish: true }`),
        );
        assert.deepEqual(planned("codeArtifact: { use: elsewhere, tool: pip }").prerequisites, [
            "the CodeArtifact domain group of account 333333333333 and its repository elsewhere let account 111111111111 in",
        ]);
    });

    it("lets code that nobody has merged read repositories of the stack file, and nothing else", () => {
        const unmerged = (codeArtifact: string) => {
            const result = build.unmerged?.(settings(`codeArtifact: ${codeArtifact}`));
            return [result?.settings.codeArtifact, result?.withheld];
        };
        const libraries = { use: "libraries", tool: "npm", publish: false };
        assert.deepEqual(unmerged("{ use: libraries, tool: npm }"), [[libraries], []]);
        assert.deepEqual(unmerged(`[{ use: libraries, tool: npm, publish: true }, { ${own}, tool: pip }]`), [
            [libraries],
            ["publishing to libraries", "the packages of acme/libraries"],
        ]);
        assert.deepEqual(unmerged(`{ ${own}, tool: pip }`), [undefined, ["the packages of acme/libraries"]]);
    });

    it("fails for Maven and Gradle of the stack file's domain and another", () =>
        assert.deepEqual(
            build
                .check?.(settings(`codeArtifact: [{ ${own}, tool: maven }, { use: libraries, tool: gradle }]`))
                .map(({ path }) => path),
            [["codeArtifact", 1, "use"]],
        ));

    for (const [title, yaml] of [
        ["another tool", `{ ${own}, tool: yarn }`],
        ["no tool", `{ ${own} }`],
        ["a domain in upper case", "{ domain: Acme, repository: libraries, tool: npm }"],
        ["a repository with a command in it", '{ domain: acme, repository: "a; rm", tool: npm }'],
        ["a scope with a command in it", `{ ${own}, tool: npm, scope: "@a; rm" }`],
        ["an empty list", "[]"],
        ["an account of eleven digits", `{ ${own}, tool: npm, domainOwner: "11111111111" }`],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.ok(refusals(build.settings, `{ commands: [make], codeArtifact: ${yaml} }`).length > 0));
    }
});
