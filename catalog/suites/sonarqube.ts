import { z } from "zod";
import { allActions, usualMinutes } from "../codebuild/compute";
import { quoted } from "../codebuild/coverage";
import { secretPlace } from "../codebuild/secrets";
import { checkBuild, commandShape, machineShape, reservedVariables, type BuildSettings } from "../codebuild/settings";
import { kind } from "../kind";
import type { Problem } from "../problem";
import { minutes, template, templateValue } from "../words";
import { planSuite, suiteActions } from "./codebuild";

/** What runs the analysis, each in a version that the stack file says. */
const scanner = z
    .discriminatedUnion("type", [
        z.strictObject({
            type: z.literal("npm").describe("`npx @sonar/scan`, for everything but Maven, Gradle and .NET projects."),
            version: exactVersion("of @sonar/scan", "4.3.8"),
        }),
        z.strictObject({
            type: z
                .literal("maven")
                .describe("The goal of `sonar-maven-plugin`, after `commands` have built the project."),
            version: exactVersion("of org.sonarsource.scanner.maven:sonar-maven-plugin", "5.5.0.6356"),
        }),
        z.strictObject({
            type: z
                .literal("gradle")
                .describe("The task `sonar` of `./gradlew`; the project's own build names the plugin and its version."),
        }),
    ])
    .describe("What runs the analysis: `npm` or `maven` in a `version`, or `gradle`.");

function exactVersion(of: string, example: string) {
    return z
        .string()
        .regex(/^\d+(\.\d+){2,3}(-[\w.]+)?$/, `an exact version such as "${example}"`)
        .describe(`Version ${of}: an exact one, so that no release of another changes what is scanned.`);
}

/** Properties that keys of the suite say, or that would put a secret on a command line. */
const reservedProperty =
    /^sonar\.(host\.url|projectKey|organization|token|login|qualitygate\..*)$|(password|passphrase|secret|token|\.secured)$/i;

/** A token of SonarQube itself, which somebody has pasted where its reference should be. */
const plainToken = /^(sq[aup]_)?[0-9a-f]{40}$/;

const settings = z
    .strictObject({
        ...machineShape,
        ...commandShape,
        commands: commandShape.commands.describe(
            "Shell commands before the scanner, which make what it reads: classes, reports of coverage. @default none",
        ),
        hostUrl: template(
            "Address of the server; of SonarQube Cloud https://sonarcloud.io.",
            z.string().regex(/^https:\/\/[^\s/?#@]+[^\s?#@]*$/, 'an address such as "https://sonar.example.com"'),
        ),
        token: secretPlace("Where the token of the analysis is kept."),
        projectKey: template("The project's key in SonarQube."),
        organization: template(
            "The organization's key; SonarQube Cloud asks for it. @default none, as of a server of your own",
        ).optional(),
        scanner,
        gateTimeoutMinutes: minutes(
            1,
            60,
            "Until an analysis without an answer of the quality gate fails. @default 5.",
        ).default(5),
        properties: z
            .record(
                z.string().regex(/^sonar\.[A-Za-z0-9._-]+$/, 'a property such as "sonar.sources"'),
                templateValue("The property's value."),
            )
            .default({})
            .describe("Further properties of the analysis, such as `sonar.sources`."),
    })
    .omit({ buildspec: true, postBuild: true });

type Settings = z.output<typeof settings>;

const tokenVariable = "SONAR_TOKEN";

/** What the schema of an analysis cannot say. */
function checkScan({
    token,
    properties,
    timeoutMinutes = usualMinutes.running,
    gateTimeoutMinutes,
}: Settings): Problem[] {
    return [
        ...(plainToken.test(token)
            ? [
                  {
                      path: ["token"],
                      message:
                          "looks like a SonarQube token in plain text: keep it in Secrets Manager or SSM and name it here, and replace it where it is valid",
                  },
              ]
            : []),
        ...(gateTimeoutMinutes < timeoutMinutes
            ? []
            : [
                  {
                      path: ["gateTimeoutMinutes"],
                      message: `expected less than the ${timeoutMinutes} minutes of timeoutMinutes, after which the build is stopped, found ${gateTimeoutMinutes}`,
                  },
              ]),
        ...Object.entries(properties)
            .filter(([, value]) => value.includes("#{"))
            .map(([name]) => ({
                path: ["properties", name],
                message:
                    "expected a value that is known beforehand, found a variable of the pipeline: hand it to `commands` by `environment`, and let them write sonar-project.properties",
            })),
        ...Object.keys(properties)
            .filter(name => reservedProperty.test(name))
            .map(name => ({
                path: ["properties", name],
                message:
                    "expected no such property: the suite has keys for the server, the project, the token and the quality gate, and no secret may stand on a command line",
            })),
    ];
}

/** The settings as those of a build: the commands, then the scanner. */
function scanning(own: Settings): BuildSettings {
    const { hostUrl, token, projectKey, organization, scanner: runner, gateTimeoutMinutes, properties, ...build } = own;
    const all: Record<string, string> = {
        "sonar.host.url": hostUrl,
        "sonar.projectKey": projectKey,
        ...(organization !== undefined && { "sonar.organization": organization }),
        ...properties,
        "sonar.qualitygate.wait": "true",
        "sonar.qualitygate.timeout": String(gateTimeoutMinutes * 60),
    };
    const options = Object.entries(all).map(([name, value]) => quoted(`-D${name}=${value}`));
    return {
        ...build,
        secrets: { ...build.secrets, [tokenVariable]: token },
        commands: [...(build.commands ?? []), [...startOf(runner), ...options].join(" ")],
    };
}

/** How the scanner is started, in the build's shell. */
function startOf(runner: Settings["scanner"]): string[] {
    switch (runner.type) {
        case "npm":
            return ["npx", "--yes", `@sonar/scan@${runner.version}`];
        case "maven":
            return ["mvn", "--batch-mode", `org.sonarsource.scanner.maven:sonar-maven-plugin:${runner.version}:sonar`];
        case "gradle":
            return ["./gradlew", "sonar"];
    }
}

/**
 * An analysis by SonarQube Server or SonarQube Cloud, whose quality gate is awaited: the suite fails when the gate does.
 * The token reaches the scanner in the variable `SONAR_TOKEN`, never on a command line.
 *
 * @see https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/ci-integration/not-integrated-tools
 * @see https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/analysis-parameters/parameters-not-settable-in-ui
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const sonarqube = kind({
    type: "sonarqube",
    actions: allActions(suiteActions),
    limits: [
        "The source of a pipeline has no history unless its source says `fullClone`; without one SonarQube knows no authors, and what is new by its own last analysis alone.",
        "The build network must reach the server.",
        "The npm scanner needs the Node.js that its version asks for in the image, the Maven scanner `mvn`.",
    ],
    settings,
    example: `
        type: sonarqube
        hostUrl: https://sonarcloud.io
        organization: acme
        projectKey: acme_orders
        token: "sonar:token"
        scanner: { type: npm, version: 4.3.8 }
        commands: [npm ci, npm test]
        properties: { sonar.javascript.lcov.reportPaths: coverage/lcov.info }`,
    plan: (own, at) => [
        planSuite(scanning(own), at, `SonarQube analysis of ${own.projectKey} at ${own.hostUrl}, quality gate awaited`),
    ],
    check: own => [
        ...checkBuild({ ...scanning(own), secrets: own.secrets }),
        ...reservedVariables(own, ["ENVIRONMENT", tokenVariable]),
        ...checkScan(own),
    ],
});
