import * as assert from "node:assert/strict";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { planOf, stackFile } from "../support/plans";
import { between } from "./support/lines";

const plan = planOf(
    stackFile(`
        environments:
            - { name: dev }
            - name: prod
              account: "222222222222"
              deployRoleArn: arn:aws:iam::222222222222:role/deploy
              approval: { notify: [release@example.com], timeoutHours: 48, instructions: Look first. }
              before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]
              after: [{ type: alarm, name: prod-5xx, waitMinutes: 10 }]
              onFailure: rollback
        services:
            orders:
                source: { repository: acme/orders }
                build: { commands: [make], privileged: true, secrets: { TOKEN: "npm:token" } }
                suites:
                    lint: { commands: [make lint] }
                    types: { commands: [make types] }
                    unit: { commands: [make test], needs: [lint, types] }
                deploy: { type: ecs, cluster: "c-{environment}", service: orders, taskRoles: [] }
            web:
                source: { repository: acme/web }
                deploy: { type: s3, bucket: "web-{environment}" }
                environments: { prod: { skipApproval: nobody reads it } }
    `),
);
const plain = paintFor({});
const shown = (service?: string) => fleetText(plan, service, [], plain).split("\n");
const ofOrders = shown("orders");

describe("the text of a fleet", () => {
    it("says whose commits show what happens to them, where any do", () => {
        const connections = `connections:
            github: { provider: GitHub, statusToken: "github-status:token" }
            lab:
                arn: arn:aws:codeconnections:eu-west-1:111111111111:connection/x
                provider: GitLabSelfManaged
                statusToken: lab
                statusApi: https://git.acme.example/api/v4
            other: { provider: Bitbucket }`;
        const lines = fleetText(planOf(stackFile(connections)), undefined, [], plain).split("\n");
        assert.deepEqual(between(lines, /^Statuses of/, /^$/), [
            "Statuses of commits and pull requests",
            "  github       set by https://api.github.com (GitHub), with the secret github-status:token",
            "  lab          set by https://git.acme.example/api/v4 (GitLab), with the secret lab",
        ]);
        assert.ok(!shown().some(line => line.startsWith("Statuses of")));
    });

    it("shows stages in their order, and actions that run together joined", () => {
        assert.deepEqual(between(ofOrders, /^ +1 Source/, /^ {2}told/), [
            "   1 Source",
            "        source          acme/orders, branch main",
            "   2 Build",
            "        build           make in aws/codebuild/amazonlinux-aarch64-standard:3.0",
            "        seal            seals BuildArtifact, if imagedefinitions.json names images by digest",
            "   3 Suites",
            "      ┬ lint            make lint",
            "      └ types           make types",
            "        unit            make test",
            "   4 dev                stops on failure",
            "        verify          goes on only if BuildArtifact is as sealed",
            "        deploy          ECS service orders of cluster c-dev",
            "   5 Approve-prod       waits for a yes: “Look first.”",
            "        approve         release@example.com asked, 48 h to answer",
            "   6 prod               enters only with window * * 8-16 ? * MON-THU * (Europe/Berlin); on failure goes back to the last release that succeeded",
            "        verify          goes on only if BuildArtifact is as sealed",
            "        deploy          ECS service orders of cluster c-prod, with the role arn:aws:iam::222222222222:role/deploy",
            "      then alarm prod-5xx of account 111111111111, watched for 10 min: else rolled back",
        ]);
    });

    it("says which alarms roll a stage back, and where they have to be", () => {
        const rolledBack = planOf(
            stackFile(`
                environments:
                    - { name: dev, rollbackOn: ["{service}-5xx"] }
                    - name: prod
                      account: "222222222222"
                      deployRoleArn: arn:aws:iam::222222222222:role/deploy
                      rollbackOn: ["{service}-slow", "{service}-prod-5xx"]
                      onFailure: rollback
                services:
                    web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "w-{environment}" } }
            `),
        );
        const shown = fleetText(rolledBack, undefined, [], plain).split("\n");
        assert.deepEqual(
            shown.filter(line => /^ +\d (dev|prod)|^ {2}needs {3}the alarm/.test(line)),
            [
                "   3 dev                stops on failure; rolled back when the alarm web-5xx rises",
                "   4 prod               on failure goes back to the last release that succeeded; rolled back when the alarm web-slow or web-prod-5xx rises",
                ...["web-slow", "web-prod-5xx"].map(
                    name =>
                        `  needs   the alarm ${name} is in account 111111111111 and eu-west-1, as no rule hears of one of 222222222222 in eu-west-1; there it can watch metrics of 222222222222`,
                ),
            ],
        );
        assert.ok(
            shown.includes(
                "  Rolls a stage back when an alarm rises after a release; logs in /service-pipelines/shop/functions/rollback for 365 days",
            ),
        );
        assert.ok(shown.includes("      roll back stages: codepipeline RollbackStage on shop--*/dev, shop--*/prod"));
    });

    it("says of the stack file's own permissions what they are for", () => {
        const permissions =
            '[{ actions: [batch:SubmitJob], resources: ["arn:aws:batch:{region}:{account}:job/a"], reason: Runs it. }]';
        const own = planOf(
            stackFile(`
                services:
                    job: { source: { repository: acme/job }, build: { commands: [make], permissions: ${permissions} }, deploy: { type: s3, bucket: job } }
            `),
        );
        const lines = fleetText(own, undefined, [], plain).split("\n");
        assert.ok(lines.includes("      for its commands: batch SubmitJob on job/a (Runs it.)"), lines.join("\n"));
    });

    it("shows what starts a pipeline, what it knows, and behind it the one that checks pull requests", () => {
        const checked = planOf(
            stackFile(`
                services:
                    web:
                        source: { repository: acme/web, paths: [web/**] }
                        trigger: { commits: false, schedule: { cron: "0 6 ? * MON *" }, after: [api] }
                        variables: { SIDE: { default: blue, description: Which side }, N: { default: "1" } }
                        build: { commands: [make], secrets: { TOKEN: "npm:token" } }
                        deploy: { type: s3, bucket: site }
                        pullRequests: { events: [opened] }
                    api: { source: { repository: acme/api }, build: { type: none }, deploy: { type: s3, bucket: api } }
            `),
        );
        const lines = fleetText(checked, undefined, [], plain).split("\n");
        assert.match(lines[0], /: 2 services → dev$/);
        assert.deepEqual(between(lines, /^web {2}/, /^ {3}2 /), [
            "web  pipeline shop--web, 17 resources",
            "  starts  not when its sources change",
            "  starts  at 0 6 ? * MON * (UTC)",
            "  starts  after each release of api",
            '  knows   #{variables.SIDE} = "blue": Which side',
            '  knows   #{variables.N} = "1"',
            "   1 Source",
            "        source          acme/web, branch main",
        ]);
        const check = between(lines, /^web--check {2}/, /^ {2}role/);
        assert.deepEqual(check, [
            "web--check  pipeline shop--web--check, 8 resources",
            "  starts  when a pull request into main is opened, only web/**",
            '  knows   #{variables.SIDE} = "blue": Which side',
            '  knows   #{variables.N} = "1"',
            "   1 Source",
            "        source          acme/web, branch main",
            "   2 Build",
            "        build           make in aws/codebuild/amazonlinux-aarch64-standard:3.0",
            "  told    failed, recovered → people (topic arn:aws:sns:eu-west-1:111111111111:people)",
            "  weaker  runs code that nobody has merged, in the network of the builds",
            "  needs   builds and suites that do without the secret TOKEN here",
        ]);
        assert.match(lines.find(line => line.includes("resources: ")) ?? "", /, 4 api, 17 web, 8 web--check$/);
        const one = fleetText(checked, "web", [], plain).split("\n");
        assert.deepEqual(
            one.filter(line => / {2}pipeline shop--/.test(line)).map(line => line.split(" ")[0]),
            ["web", "web--check"],
        );
    });

    it("prints what is weakened, in every service where it is", () => {
        assert.deepEqual(
            shown().filter(line => line.includes("weaker")),
            [
                "  weaker  build runs privileged: it owns its build machine",
                "  weaker  no approval before prod: nobody reads it",
                "  weaker  nobody logs who reads the artifacts (accessLogs names no bucket)",
            ],
        );
    });

    it("says what each role may do: in full for one service, without what all have for a fleet", () => {
        const build = between(ofOrders, /^ {2}role shop--orders--build /, /^ {2}role/);
        assert.deepEqual(
            build[1].trim(),
            "use artifacts: s3 GetObject, GetObjectVersion, PutObject on shop--fleet--artifacts-111111111111-eu-west-1/shop--orders/*",
        );
        assert.ok(build.some(line => line.includes("ec2:AuthorizedService is codebuild.amazonaws.com")));
        const brief = between(shown(), /^ {2}role shop--orders--build /, /^ {2}role/).map(line => line.trim());
        assert.deepEqual(brief, [
            "role shop--orders--build (project shop--orders--build) may",
            "use artifacts: s3 GetObject, GetObjectVersion, PutObject on artifacts/shop--orders/*",
            "read named secrets: secretsmanager GetSecretValue on secret:npm-??????",
            "and as every build: its own logs and reports, an interface in the build subnets, the artifact key",
        ]);
    });

    it("says whom roles of other accounts must trust, and all that they must be allowed", () => {
        const foreign = between(shown(), /^ {2}role arn:aws:iam::222222222222:role\/deploy/, /^$/);
        assert.equal(
            foreign[0].trim(),
            "role arn:aws:iam::222222222222:role/deploy (of prod, not made here) must trust arn:aws:iam::111111111111:role/shop--orders--pipeline and must be allowed to",
        );
        assert.ok(foreign.some(line => line.includes("find bucket") && line.includes("ListBucket")));
        assert.ok(foreign.some(line => line.includes("arn:aws:ecs:eu-west-1:222222222222:service/c-prod/orders")));
    });

    it("closes a fleet with approvers, quotas, cost and resources, and one service without", () => {
        const all = shown().join("\n");
        for (const part of [
            "prod         holders of the policy shop--fleet--approve--prod; told: release@example.com",
            "    2 of 1000  pipelines in the region (can be raised)",
            "Cost at rest: about $11.40 a month",
            "nothing is protected from deletion (protect: false)",
        ]) {
            assert.ok(all.includes(part), part);
            assert.ok(!ofOrders.join("\n").includes(part), part);
        }
    });

    it("prints warnings last", () => {
        const lines = fleetText(plan, undefined, ["Pulumi.dev.yaml:1:1 x: mind this"], plain).trimEnd().split("\n");
        assert.deepEqual(lines.slice(-2), ["Warnings", "  Pulumi.dev.yaml:1:1 x: mind this"]);
    });

    it("colours only a terminal, and not where NO_COLOR is set", () => {
        const before = process.env.NO_COLOR;
        delete process.env.NO_COLOR;
        try {
            assert.ok(fleetText(plan, undefined, [], paintFor({ isTTY: true })).includes("\u001b["));
            assert.ok(!fleetText(plan, undefined, [], paintFor({ isTTY: false })).includes("\u001b["));
            process.env.NO_COLOR = "1";
            assert.ok(!fleetText(plan, undefined, [], paintFor({ isTTY: true })).includes("\u001b["));
        } finally {
            delete process.env.NO_COLOR;
            Object.assign(process.env, before === undefined ? {} : { NO_COLOR: before });
        }
    });
});
