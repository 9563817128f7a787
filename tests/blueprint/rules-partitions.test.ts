import * as assert from "node:assert/strict";
import { parse } from "yaml";
import type { FleetPlan } from "../../blueprint/plan";
import { checkFleet } from "../../blueprint/rules";
import { lacksOf, partitions, regionProblem } from "../../catalog/partitions";
import { resourcesOf } from "../../cli/resources";
import { pathText } from "../../catalog/problem";
import { problemLines } from "../../config/read";
import { project } from "../../config/source";
import { ecsService, fleetOf, stackOf, stackText, type Words } from "./support/fleet";

const image = "aws/codebuild/amazonlinux-x86_64-standard:5.0";
const onIntel = { commands: ["npm ci"], image };
const s3 = { type: "s3", bucket: "site-{environment}" };
const service = (own: Words = {}): Words => ({ ...ecsService("orders"), build: onIntel, deploy: s3, ...own });
const without = (words: Words, key: string): Words =>
    Object.fromEntries(Object.entries(words).filter(([name]) => name !== key));

const said = (own: Words, region: string) =>
    problemLines(stackOf({ services: { orders: service(own) } }, region).problems).map(line =>
        line.replace(/^Pulumi\S+ /, ""),
    );

describe("what partitions lack", () => {
    const stack = (partition: string) => ({
        type: "cloudformation",
        stack: "orders-{environment}",
        executionRoleArn: `arn:${partition}:iam::{account}:role/a`,
    });
    const set = { type: "stack-set", stackSet: "set-{environment}", permissions: { type: "service-managed" } };
    const configuration = {
        type: "app-config",
        applicationId: "abc1234",
        environmentId: "def5678",
        configurationProfileId: "ghi9012",
        deploymentStrategyId: "AppConfig.AllAtOnce",
        file: "config.json",
    };
    const noCloudFormation = (region: string, name = "deploy") =>
        `services.orders.${name}: CodePipeline has no CloudFormation action in ${region}: deploy with a script`;

    for (const [what, own, region, elsewhere, expected] of [
        ["CloudFormation", { deploy: stack("aws-cn") }, "cn-north-1", undefined, [noCloudFormation("cn-north-1")]],
        [
            "stack sets",
            { deploy: undefined, deploys: { set, site: s3 } },
            "cn-northwest-1",
            "us-gov-west-1",
            [noCloudFormation("cn-northwest-1", "deploys.set")],
        ],
        [
            "InspectorScan",
            {
                suites: {
                    scan: {
                        type: "inspector-scan",
                        thresholds: { critical: 0 },
                        outsideNetwork: "It reads the source alone.",
                    },
                },
            },
            "cn-north-1",
            "us-gov-west-1",
            [
                "services.orders.suites.scan: CodePipeline has no InspectorScan action in cn-north-1: leave it out, or scan with a suite of commands",
            ],
        ],
        [
            "ARM machines",
            { build: { commands: ["make"] } },
            "us-gov-east-1",
            "eu-west-1",
            [
                'services.orders: CodeBuild has no ARM machines in us-gov-east-1: build on x86_64, with an image such as "aws/codebuild/amazonlinux-x86_64-standard:5.0"',
            ],
        ],
        [
            "the largest machines",
            { build: { ...onIntel, compute: "2xlarge" } },
            "us-gov-west-1",
            "eu-west-1",
            [
                "services.orders: CodeBuild has no machines of the size 2xlarge in us-gov-west-1: take a smaller `compute`",
            ],
        ],
        [
            "batches",
            { build: { ...without(onIntel, "commands"), buildspec: "batch.yml", batch: { compute: ["small"] } } },
            "us-gov-west-1",
            "eu-west-1",
            [
                "services.orders: CodeBuild has no batches of builds in us-gov-west-1: build in several builds of the service",
            ],
        ],
        [
            "AppConfig",
            { deploy: configuration },
            "us-gov-east-1",
            "us-gov-west-1",
            ["services.orders.deploy: CodePipeline has no AppConfig action in us-gov-east-1: deploy with a script"],
        ],
    ] as const) {
        it(`fails for ${what} in ${region}${elsewhere === undefined ? "" : `, and not in ${elsewhere}`}`, () => {
            const words = Object.fromEntries(Object.entries(service(own)).filter(([, value]) => value !== undefined));
            const run = (place: string) =>
                problemLines(stackOf({ services: { orders: words } }, place).problems).map(line =>
                    line.replace(/^Pulumi\S+ /, ""),
                );
            assert.deepEqual(run(region), expected);
            if (elsewhere !== undefined) {
                assert.deepEqual(run(elsewhere), []);
            }
        });
    }

    const warned = (region: string, own: Words = {}) => {
        const { warnings } = checkFleet(fleetOf({ services: { orders: service(own) } }, region));
        return warnings
            .filter(({ message }) => /regions without|guide for China/.test(message))
            .map(({ path, message }) => `${pathText(path)}: ${message}`);
    };

    it("warns of connections in regions that their page leaves out, and not of other sources", () => {
        const line = (region: string) =>
            `services.orders.source: CodePipeline's page of connections names it among the regions without them in ${region}: see whether the console offers connections there, or take the source from S3, ECR or CodeCommit`;
        assert.deepEqual(warned("us-gov-west-1"), [line("us-gov-west-1")]);
        assert.deepEqual(warned("il-central-1"), [line("il-central-1")]);
        assert.deepEqual(warned("us-gov-west-1", { source: { type: "s3", bucket: "drops", key: "a.zip" } }), []);
        assert.deepEqual([warned("us-gov-east-1"), warned("eu-west-1")], [[], []]);
    });

    it("warns of China, of which AWS's pages say two things", () => {
        assert.deepEqual(warned("cn-north-1"), [
            "aws:region: AWS's guide for China says that CodePipeline is not available, and its user guide for China describes it in cn-north-1: see whether the console of the account offers it",
        ]);
    });

    it("has a source, and a remedy, in each row", () => {
        const rows = Object.values(partitions).flatMap(({ lacks }) => lacks);
        assert.ok(rows.length > 8);
        for (const { source, instead, what } of rows) {
            assert.match(source, /^https:\/\/docs\.(aws\.amazon\.com|amazonaws\.cn)\//);
            assert.ok(instead.length > 0 && what.length > 0);
        }
        assert.deepEqual(lacksOf("eu-west-1"), []);
    });
});

describe("regions", () => {
    for (const [region, problem] of [
        ["eu-west-1", undefined],
        ["us-gov-east-1", undefined],
        ["cn-northwest-1", undefined],
        [
            "us-gov-north-1",
            "AWS GovCloud (US) has no region us-gov-north-1: expected one of us-gov-east-1, us-gov-west-1",
        ],
        ["cn-south-1", "China has no region cn-south-1: expected one of cn-north-1, cn-northwest-1"],
        [
            "us-iso-east-1",
            "us-iso-east-1 is in a partition that is not known here: expected a region of the standard partition, AWS GovCloud (US), China",
        ],
    ] as const) {
        it(`${problem === undefined ? "are" : "fail where they are not"} known: ${region}`, () =>
            assert.equal(regionProblem(region), problem));
    }

    it("fail where the pipelines, or an environment, are where nothing is known", () => {
        assert.match(said({}, "cn-south-1").join(), /^aws:region: China has no region cn-south-1/);
        const { problems } = stackOf(
            { environments: [{ name: "dev", regions: ["us-gov-north-1"] }], services: { orders: service() } },
            "us-gov-west-1",
        );
        assert.match(problemLines(problems).join(), /environments: AWS GovCloud \(US\) has no region us-gov-north-1/);
    });
});

/** All texts in `value`, keys too: a condition can hold an ARN there. */
function texts(value: unknown): string[] {
    return typeof value === "string"
        ? [value]
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)])
          : [];
}

const nowhere = { stack: "test", problems: [], locate: () => undefined, source: () => undefined };

describe("a stack in another partition", function () {
    this.timeout(60_000);
    for (const [region, partition, further] of [
        ["us-gov-west-1", "aws-us-gov", "us-gov-east-1"],
        ["cn-north-1", "aws-cn", "cn-northwest-1"],
    ] as const) {
        const words: Words = {
            environments: [
                { name: "dev", freezable: true, approval: { notify: ["a@shop.example"] } },
                { name: "stage", account: "222222222222", deployRoles: "create", regions: [region, further] },
                {
                    name: "prod",
                    account: "333333333333",
                    deployRoleArn: `arn:${partition}:iam::{account}:role/{service}-deploy`,
                    rollbackOn: ["a"],
                },
            ],
            accessLogs: { bucket: "logs-{region}" },
            operations: { audit: { trail: { bucket: "trails" } }, metrics: "stages" },
            services: {
                orders: {
                    ...service({ trigger: { schedule: { cron: "0 6 ? * MON-FRI *", timeZone: "Europe/Berlin" } } }),
                    suites: { unit: { ...onIntel, secrets: { TOKEN: "npm:token" } } },
                    deploy: { type: "s3", bucket: "site-{environment}-{region}" },
                },
                batch: {
                    ...service(),
                    deploy: { type: "script", ...onIntel },
                    steps: { move: { type: "lambda", function: "move-{environment}", when: "after" } },
                },
            },
        };

        it(`names nothing of the standard partition: ${region}`, async () => {
            const plan: FleetPlan = fleetOf(words, region);
            const { config } = parse(stackText(words, region)) as { readonly config: Words };
            const values = Object.fromEntries(
                Object.entries(config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
            );
            const { registrations } = await resourcesOf({ ...nowhere, values }, plan);
            assert.ok(registrations.length > 60);
            const all = [...texts(plan), ...texts(registrations)];
            assert.deepEqual(
                all.filter(text => /arn:aws:/.test(text)),
                [],
            );
            assert.ok(all.filter(text => text.includes(`arn:${partition}:`)).length > 100);
        });
    }

    it("lets keys be used through the services as China and the others call them", () => {
        const statement = fleetOf({ services: { orders: service() } }, "cn-north-1").shared.store.keyPolicy[1];
        assert.deepEqual(statement.Condition?.StringEquals["kms:ViaService"], [
            ...["s3", "sns", "sqs"].flatMap(name => [
                `${name}.cn-north-1.amazonaws.com`,
                `${name}.cn-north-1.amazonaws.com.cn`,
            ]),
        ]);
    });
});
