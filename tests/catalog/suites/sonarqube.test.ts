import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { sonarqube } from "../../../catalog/suites/sonarqube";
import { at, built, dev, only, projectOf, read, refusals, source } from "../support/place";

const words = (scanner: string, more = "") =>
    `{ hostUrl: https://sonar.example.com, token: "sonar:token", projectKey: acme_orders, scanner: { ${scanner} }${more} }`;
const npm = "type: npm, version: 4.3.8";
const planned = (yaml: string, environment?: typeof dev) =>
    only(sonarqube.plan(read(sonarqube.settings, yaml), at("quality", [source, built], environment)));
const check = (more: string) => sonarqube.check?.(read(sonarqube.settings, words(npm, `, ${more}`)));

/** The commands of the build phase of `yaml`. */
const commandsOf = (yaml: string) =>
    (parse(projectOf(planned(yaml)).buildspec) as { phases: { build: { commands: string[] } } }).phases.build.commands;

/** The words that a shell makes of `command`. */
const wordsOf = (command: string) =>
    spawnSync("sh", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" })
        .stdout.trimEnd()
        .split("\n");

const always = ["-Dsonar.host.url=https://sonar.example.com", "-Dsonar.projectKey=acme_orders"];
const gate = ["-Dsonar.qualitygate.wait=true", "-Dsonar.qualitygate.timeout=300"];

describe("suite sonarqube", () => {
    for (const [scanner, start] of [
        [npm, ["npx", "--yes", "@sonar/scan@4.3.8"]],
        [
            "type: maven, version: 5.5.0.6356",
            ["mvn", "--batch-mode", "org.sonarsource.scanner.maven:sonar-maven-plugin:5.5.0.6356:sonar"],
        ],
        ["type: gradle", ["./gradlew", "sonar"]],
    ] as const) {
        it(`runs ${start.join(" ")} and waits for the quality gate`, () => {
            const [command, ...more] = commandsOf(words(scanner));
            assert.deepEqual(wordsOf(command), [...start, ...always, ...gate]);
            assert.deepEqual(more, []);
        });
    }

    it("runs the scanner after its commands, with the properties as they are written", () => {
        const properties = `{ sonar.sources: "src,lib", sonar.exclusions: "**/it's $HOME.js" }`;
        const commands = commandsOf(
            words(npm, `, organization: acme, gateTimeoutMinutes: 10, commands: [npm test], properties: ${properties}`),
        );
        assert.equal(commands.length, 2);
        assert.equal(commands[0], "npm test");
        assert.deepEqual(wordsOf(commands[1]).slice(3), [
            ...always,
            "-Dsonar.organization=acme",
            "-Dsonar.sources=src,lib",
            "-Dsonar.exclusions=**/it's $HOME.js",
            "-Dsonar.qualitygate.wait=true",
            "-Dsonar.qualitygate.timeout=600",
        ]);
    });

    it("gives the scanner its token in a variable, and on no command line", () => {
        const step = planned(words(npm, ", commands: [npm test]"));
        const { variables, buildspec, grants } = projectOf(step);
        assert.deepEqual(variables, [{ name: "SONAR_TOKEN", value: "sonar:token", type: "SECRETS_MANAGER" }]);
        assert.doesNotMatch(buildspec, /token/i);
        assert.deepEqual(
            grants.filter(({ sid }) => sid === "ReadNamedSecrets"),
            [
                {
                    sid: "ReadNamedSecrets",
                    actions: ["secretsmanager:GetSecretValue"],
                    resources: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:sonar-??????"],
                },
            ],
        );
    });

    it("is a suite like every other", () => {
        const { needs, action, ...step } = planned(words(npm, ", exportedVariables: [REPORT]"), dev);
        assert.equal(action.category, "Test");
        assert.deepEqual(step, {
            name: "quality",
            summary: "SonarQube analysis of acme_orders at https://sonar.example.com, quality gate awaited",
            configuration: {
                ProjectName: "shop--orders--quality",
                PrimarySource: "SourceArtifact",
                EnvironmentVariables: '[{"name":"ENVIRONMENT","value":"dev","type":"PLAINTEXT"}]',
            },
            inputs: ["SourceArtifact", "BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "RunOwnProjects",
                    actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                    resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--quality"],
                },
            ],
            namespace: "quality__dev",
            weakens: [],
        });
        assert.equal(needs?.length, 1);
    });

    for (const [title, yaml, refused] of [
        ["a server without TLS: the token would go in the clear", words(npm).replace("https:", "http:"), ["hostUrl"]],
        [
            "a server's address with a login in it",
            words(npm).replace("sonar.example", "a:b@sonar.example"),
            ["hostUrl"],
        ],
        ["no token", words(npm).replace('token: "sonar:token", ', ""), ["token"]],
        ["a token that is no reference", words(npm).replace("sonar:token", "a b"), ["token"]],
        ["no project", words(npm).replace("projectKey: acme_orders, ", ""), ["projectKey"]],
        ["an npm scanner without a version", words("type: npm"), ["scanner.version"]],
        ["a range of versions", words('type: npm, version: "^4.3.8"'), ["scanner.version"]],
        ["the newest version", words("type: npm, version: latest"), ["scanner.version"]],
        ["a version of two numbers", words('type: maven, version: "5.5"'), ["scanner.version"]],
        ["a version for Gradle, whose build names it", words("type: gradle, version: 7.2.2.6593"), ["scanner"]],
        ["another scanner", words("type: dotnet"), ["scanner.type"]],
        ["a gate that is not awaited", words(npm, ", gateTimeoutMinutes: 0"), ["gateTimeoutMinutes"]],
        [
            "a property of something else",
            words(npm, ", properties: { maven.test.skip: a }"),
            ["properties.maven.test.skip"],
        ],
        ["a buildspec: the scanner is one of its commands", words(npm, ", buildspec: ci.yml"), [""]],
        ["commands after the scanner", words(npm, ", postBuild: [make]"), [""]],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(sonarqube.settings, yaml).map(line => line.split(":")[0]),
                refused,
            ));
    }

    const reserved =
        "expected no such property: the suite has keys for the server, the project, the token and the quality gate, and no secret may stand on a command line";
    for (const name of [
        "sonar.host.url",
        "sonar.projectKey",
        "sonar.organization",
        "sonar.token",
        "sonar.login",
        "sonar.password",
        "sonar.qualitygate.wait",
        "sonar.qualitygate.timeout",
        "sonar.scanner.truststorePassword",
        "sonar.x.secured",
    ]) {
        it(`fails on the property ${name}`, () =>
            assert.deepEqual(check(`properties: { ${name}: a }`), [{ path: ["properties", name], message: reserved }]));
    }

    it("takes properties that only look like those", () =>
        assert.deepEqual(check("properties: { sonar.cpd.java.minimumTokens: '50', sonar.projectVersion: '1' }"), []));

    for (const token of ["a".repeat(40), `sqp_${"0123456789".repeat(4)}`, `squ_${"f".repeat(40)}`]) {
        it(`fails on the token ${token.slice(0, 5)}… itself`, () => {
            const settings = read(sonarqube.settings, words(npm).replace("sonar:token", token));
            const problems = sonarqube.check?.(settings) ?? [];
            assert.deepEqual(
                problems.map(({ path }) => path),
                [["token"]],
            );
            assert.ok(!problems[0].message.includes(token), "never the token");
        });
    }

    for (const [title, more, problem] of [
        [
            "a gate that is awaited as long as the build may run",
            "timeoutMinutes: 5",
            {
                path: ["gateTimeoutMinutes"],
                message:
                    "expected less than the 5 minutes of timeoutMinutes, after which the build is stopped, found 5",
            },
        ],
        [
            "a variable of the pipeline, which no command line is given",
            'properties: { sonar.projectVersion: "#{build.VERSION}" }',
            {
                path: ["properties", "sonar.projectVersion"],
                message:
                    "expected a value that is known beforehand, found a variable of the pipeline: hand it to `commands` by `environment`, and let them write sonar-project.properties",
            },
        ],
        [
            "a token of its own beside the one that is asked for",
            "environment: { SONAR_TOKEN: a }",
            { path: ["environment", "SONAR_TOKEN"], message: "is set by the pipeline; choose another name" },
        ],
        [
            "what every build fails on",
            "environment: { A: a }, secrets: { A: a }",
            { path: ["environment", "A"], message: "is also in `secrets`: a variable has one value" },
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(check(more), [problem]));
    }

    it("takes a gate that is awaited a minute less than the build may run", () =>
        assert.deepEqual(check("timeoutMinutes: 6"), []));
});
