import { broken } from "../support/broken";

const smoke = "smoke: { after: deploy, commands: [npm run smoke], needs: [] }";
const reports = "reports: { junit: reports/junit.xml }";
const token = `sqp_${"0123456789".repeat(4)}`;

const scan = (words: string) => `smoke: { type: inspector-scan, after: deploy, ${words} }`;
const sonar = (words: string) =>
    `smoke: { type: sonarqube, hostUrl: https://sonar.example, projectKey: orders, scanner: { type: gradle }, ${words} }`;
const tested = (words: string, environment: string) =>
    `smoke: { after: deploy, ${words}, testEnvironment: { template: t.yaml, ${environment} } }`;
const role = 'executionRoleArn: "arn:aws:iam::{account}:role/cfn"';

/** Suites, their reports and what they leave for later actions. */
export const suites = [
    broken(
        "more reports than a project has report groups",
        [
            [
                reports,
                "§reports: { junit: a, cucumber: b, nunit: c, nunit3: d, testng: e, coverage: { format: jacoco, file: f } }",
            ],
        ],
        "services.orders.build.reports",
        "expected at most 5 reports, found 6: a project has no more report groups",
    ),
    broken(
        "a report in a format that CodeBuild does not read",
        [[reports, "reports: { §xunit: a.xml }"]],
        "services.orders.build.reports.xunit",
        'unknown key; did you mean "junit"?',
    ),
    broken(
        "the folder of one coverage report as a pattern",
        [[reports, 'reports: { coverage: { format: jacoco, file: j.xml, minimum: 80, §baseDirectory: "build*" } }']],
        "services.orders.build.reports.coverage.baseDirectory",
        'expected one file to take `minimum` from, found the pattern "build*"',
    ),
    broken(
        "an exported variable of AWS",
        [[reports, "exportedVariables: [VERSION, §AWS_REGION]"]],
        "services.orders.build.exportedVariables[1]",
        "expected another name: CodeBuild exports no variable that begins with AWS_",
    ),
    broken(
        "an exported secret",
        [[reports, "exportedVariables: [§NPM_TOKEN]"]],
        "services.orders.build.exportedVariables[0]",
        "is a secret, which CodeBuild does not export: later actions name the secret themselves",
    ),
    broken(
        "a scan outside the network without a reason",
        [[smoke, `§${scan("thresholds: { critical: 0 }")}`]],
        "services.orders.suites.smoke.outsideNetwork",
        "missing; expected why it may run outside the build network, as a text",
    ),
    broken(
        "a scan outside the network that is simply allowed",
        [[smoke, scan("thresholds: { critical: 0 }, §outsideNetwork: true")]],
        "services.orders.suites.smoke.outsideNetwork",
        "expected why it may run outside the build network, as a text, found true",
    ),
    broken(
        "a scan that never fails",
        [[smoke, scan("§thresholds: {}, outsideNetwork: It reads no secret.")]],
        "services.orders.suites.smoke.thresholds",
        "expected at least one of critical, high, medium, low: without any the scan never fails",
    ),
    broken(
        "a token of SonarQube in plain text",
        [[smoke, sonar(`§token: ${token}`)]],
        "services.orders.suites.smoke.token",
        "looks like a SonarQube token in plain text: keep it in Secrets Manager or SSM and name it here, and replace it where it is valid",
        token,
    ),
    broken(
        "a token of SonarQube that is no reference",
        [[smoke, sonar('§token: "hunter2!hunter2"')]],
        "services.orders.suites.smoke.token",
        'expected a reference: "secret-id:json-key", a full Secrets Manager ARN, or "ssm:/path", found a text (not shown)',
        "hunter2!hunter2",
    ),
    broken(
        "a quality gate that is not awaited",
        [[smoke, sonar('token: "sonar:token", properties: { §sonar.qualitygate.wait: "false" }')]],
        "services.orders.suites.smoke.properties.sonar.qualitygate.wait",
        "expected no such property: the suite has keys for the server, the project, the token and the quality gate, and no secret may stand on a command line",
    ),
    broken(
        "a test environment without commands that run in it",
        [[smoke, tested("preBuild: [make]", role).replace("testEnv", "§testEnv")]],
        "services.orders.suites.smoke.testEnvironment",
        "expected `commands`, which are what runs while the test environment is there",
    ),
    broken(
        "a test environment with a role of another account",
        [[smoke, `§${tested("commands: [make], environments: [dev]", role.replace("{account}", "333333333333"))}`]],
        "services.orders.suites.smoke",
        'expected a role of dev\'s account 111111111111, found "arn:aws:iam::333333333333:role/cfn": a role is passed within its account',
    ),
    broken(
        "a test environment with an unknown placeholder",
        [
            [
                smoke,
                tested(
                    "commands: [make], environments: [dev]",
                    '§executionRoleArn: "arn:aws:iam::{account}:role/{env}"',
                ),
            ],
        ],
        "services.orders.suites.smoke.testEnvironment.executionRoleArn",
        'unknown placeholder {env}; expected one of "{environment}", "{service}", "{account}", "{region}"',
    ),
];
