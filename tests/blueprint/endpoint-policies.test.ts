import * as assert from "node:assert/strict";
import type { Statement } from "../../blueprint/policy";
import { ecsService, fleetOf, threeEnvironments, type Words } from "./support/fleet";

const network = (endpoints: readonly string[] | "auto") => ({ create: { natGateways: "None", endpoints } });

/** The policy of `endpoint`, in a network with it and those of every build. */
function policyOf(endpoint: string, words: Words = {}, region?: string): readonly Statement[] | undefined {
    const fleet = fleetOf({ network: { create: { endpoints: [endpoint] } }, ...words }, region);
    return fleet.shared.network.endpoints.find(one => one.endpoint === endpoint)?.policy;
}

const own = { "aws:PrincipalAccount": ["111111111111"] };
const allow = (Sid: string, Action: readonly string[], Resource: readonly string[], Condition?: object) => ({
    Sid,
    Effect: "Allow",
    Principal: "*",
    Action,
    Resource,
    ...(Condition && { Condition }),
});
const byAws = (action: string) =>
    allow("AskAsServiceOfAws", [action], ["*"], { Bool: { "aws:PrincipalIsAWSService": "true" } });
const asOwn = (action: string, principals: object, resources?: object) =>
    allow("AskAsOwn", [action], ["*"], {
        StringEquals: principals,
        ...(resources && { StringEqualsIfExists: resources }),
    });
const built = (build: object) => ({
    services: { orders: { ...ecsService("orders"), build: { commands: ["make"], ...build } } },
});
const permission = (actions: string[], ...resources: string[]) => ({
    permissions: [{ actions, resources, reason: "The build needs it." }],
});

describe("policies of endpoints", () => {
    it("let roles of the account ask for what is the account's, and services of AWS for what is theirs", () =>
        assert.deepEqual(policyOf("logs"), [
            asOwn("logs:*", own, { "aws:ResourceAccount": ["111111111111"] }),
            byAws("logs:*"),
        ]));

    it("let roles of every account that the stack file names: builds assume roles there", () => {
        const accounts = ["111111111111", "222222222222"];
        assert.deepEqual(policyOf("sts", { environments: threeEnvironments })?.[0], {
            ...asOwn("sts:*", { "aws:PrincipalAccount": accounts }, { "aws:ResourceAccount": accounts }),
        });
    });

    it("let roles of the organization, where the stack file names it", () => {
        const roles = { organization: "o-a1b2c3d4e5" };
        assert.deepEqual(policyOf("secretsmanager", { roles, environments: threeEnvironments })?.[0], {
            ...asOwn(
                "secretsmanager:*",
                { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
                { "aws:ResourceOrgID": "o-a1b2c3d4e5" },
            ),
        });
    });

    it("let layers of images, packages of CodeArtifact and of Amazon Linux through the gateway of S3", () =>
        assert.deepEqual(policyOf("s3"), [
            asOwn("s3:*", own, { "aws:ResourceAccount": ["111111111111"] }),
            byAws("s3:*"),
            allow(
                "GetWhatAwsKeeps",
                ["s3:GetObject"],
                [
                    "prod-eu-west-1-starport-layer-bucket",
                    "al2023-eu-west-1",
                    "al2023-repos-eu-west-1-de612dc2",
                    "amazonlinux-2-repos-eu-west-1",
                    "amazonlinux.eu-west-1.amazonaws.com",
                    "assets-438097961670-eu-west-1",
                ].map(bucket => `arn:aws:s3:::${bucket}/*`),
            ),
        ]));

    it("name no bucket of packages in a region without CodeArtifact, and the region's partition", () => {
        const site = {
            source: { repository: "acme/site" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "site" },
        };
        const buckets = policyOf("s3", { services: { site } }, "cn-north-1")?.at(-1)?.Resource ?? [];
        assert.equal(buckets[0], "arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*");
        assert.equal(buckets.length, 5);
    });

    it("let buckets through that builds are allowed by name, and not the stack's own a second time", () =>
        assert.deepEqual(
            policyOf(
                "s3",
                built(permission(["s3:PutObject"], "arn:aws:s3:::packages/orders/*", "arn:aws:s3:::packages")),
            )?.[2],
            allow("AskForNamedByStackFile", ["s3:*"], ["arn:aws:s3:::packages", "arn:aws:s3:::packages/*"], {
                StringEquals: own,
            }),
        ));

    it("let resources of another account through that builds are allowed, and none of the account's own", () => {
        const image =
            "333333333333.dkr.ecr.eu-west-1.amazonaws.com/acme/build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4";
        const mine = permission(["ecr:DescribeImages"], "arn:aws:ecr:eu-west-1:111111111111:repository/orders");
        assert.deepEqual(policyOf("ecr.api", built({ image, ...mine }))?.slice(2), [
            allow("AskForNamedByStackFile", ["ecr:*"], ["arn:aws:ecr:eu-west-1:333333333333:repository/acme/build"], {
                StringEquals: own,
            }),
        ]);
        assert.equal(policyOf("logs", built({ image }))?.length, 2);
    });

    for (const [endpoint, expected] of [
        [
            "ssm",
            allow(
                "ReadPublicParameters",
                ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
                ["arn:aws:ssm:eu-west-1::parameter/aws/*"],
                { StringEquals: own },
            ),
        ],
        [
            "cloudformation",
            allow(
                "UseTransformsOfAws",
                ["cloudformation:CreateChangeSet"],
                ["arn:aws:cloudformation:eu-west-1:aws:transform/*"],
                { StringEquals: own },
            ),
        ],
    ] as const) {
        it(`let through what of ${endpoint} is AWS's own`, () =>
            assert.deepEqual(policyOf(endpoint)?.slice(2), [expected]));
    }

    it("tell of CodeArtifact only who asks, and let its tokens through", () => {
        for (const endpoint of ["codeartifact.api", "codeartifact.repositories"]) {
            assert.deepEqual(policyOf(endpoint), [
                asOwn("codeartifact:*", own),
                byAws("codeartifact:*"),
                allow("TokenOfPackages", ["sts:GetServiceBearerToken"], ["*"], { StringEquals: own }),
            ]);
        }
    });

    it("are none of endpoints that take none", () => assert.equal(policyOf("codepipeline"), undefined));

    it("do not change with a service that needs one more endpoint", () => {
        const one = { orders: { ...ecsService("orders"), build: { commands: ["make"] } } };
        const two = { ...one, web: { ...ecsService("web"), build: { commands: ["make"], secrets: { A: "a" } } } };
        const of = (services: object) => fleetOf({ network: network("auto"), services }).shared.network.endpoints;
        assert.deepEqual(
            of(one).map(({ endpoint }) => endpoint),
            ["logs", "s3"],
        );
        assert.deepEqual(
            of(two).filter(({ endpoint }) => endpoint !== "secretsmanager"),
            of(one),
        );
    });
});
