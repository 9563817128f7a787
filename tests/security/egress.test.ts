import * as assert from "node:assert/strict";
import { everything, open, type Policy, type Principal, type Question } from "../support/simulation";
import { others, principalsOf, shopWith, whoMay, type Shop } from "./shop";
import { at as arn, sealedBy, type Surroundings } from "./wishes";

const home = "111111111111";
const prod = "222222222222";
const stranger = "999999999999";
const aws = "444444444444";

/** What a stranger has lets everybody in, as one does who wants what builds know. */
const trap = open;
const trapRole = `arn:aws:iam::${stranger}:role/trap`;
const traps = new Map([
    ["arn:aws:s3:::trap", trap],
    ...[
        arn("secretsmanager", "secret:trap-AbCdEf", stranger),
        arn("logs", "log-group:trap:log-stream:x", stranger),
        arn("ecr", "repository/trap", stranger),
        arn("lambda", "function:trap", stranger),
        trapRole,
    ].map((resource): [string, Policy] => [resource, trap]),
    ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket", trap],
]);

const serviceOfAws = "a role of AWS";

/** In a build anybody can use any credentials: those of an administrator, and those that a stranger brought in. */
const everybody: Readonly<Record<string, Principal>> = {
    ...others,
    [serviceOfAws]: { arn: `arn:aws:iam::${aws}:role/service`, policies: [everything] },
};

const organization = "o-a1b2c3d4e5";

/** Accounts of the stack are of the organization, strangers of one of their own. */
const organizationOf = (account: string) => (account === home || account === prod ? organization : "o-strangers00");

/** One request through an endpoint. */
interface Row extends Question {
    readonly what: string;
    readonly through: string;
    readonly account: string;
    readonly who: readonly string[];
}

/** What builds need, and what would carry off what they know. */
function rowsOf({ bucket, artifactKey }: Surroundings): Row[] {
    const object = `arn:aws:s3:::${bucket}/shop--orders/BuildArtif/a`;
    const readers = [
        "orders pipeline",
        "orders build",
        "orders suite",
        "`seal`",
        "`verify`",
        "orders deploy role of prod",
        "administrators",
    ];
    const layer = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/0a1b";
    const foreignSecret = arn("secretsmanager", "secret:trap-AbCdEf", stranger);
    const foreignImages = arn("ecr", "repository/trap", stranger);
    const row =
        (account: string) =>
        (what: string, through: string, action: string, resource: string, who: readonly string[]): Row => ({
            what,
            through,
            action,
            resource,
            account,
            who,
        });
    const own = row(home);
    const ofProd = row(prod);
    const ofAws = row(aws);
    const foreign = row(stranger);
    return [
        own("read artifacts of orders", "s3", "s3:GetObject", object, readers),
        {
            ...own("write artifacts of orders", "s3", "s3:PutObject", object, [
                "orders pipeline",
                "orders build",
                "administrators",
            ]),
            context: sealedBy(artifactKey),
        },
        // Whoever signed the address: ECR's own role, for a build that pulls its image.
        ofAws("fetch a layer of an image", "s3", "s3:GetObject", layer, Object.keys(everybody)),
        ofAws("put a layer where AWS keeps them", "s3", "s3:PutObject", layer, []),
        foreign("put an object into a bucket of another account", "s3", "s3:PutObject", "arn:aws:s3:::trap/x", []),
        foreign("get an object of another account", "s3", "s3:GetObject", "arn:aws:s3:::trap/x", []),

        own(
            "read the secret of the suite of orders",
            "secretsmanager",
            "secretsmanager:GetSecretValue",
            arn("secretsmanager", "secret:orders-test-key-AbCdEf"),
            ["orders suite", "administrators"],
        ),
        foreign(
            "read a secret of another account",
            "secretsmanager",
            "secretsmanager:GetSecretValue",
            foreignSecret,
            [],
        ),
        foreign(
            "write what is known into a secret of another account",
            "secretsmanager",
            "secretsmanager:PutSecretValue",
            foreignSecret,
            [],
        ),
        own(
            "read the parameter of the suite of orders",
            "ssm",
            "ssm:GetParameters",
            arn("ssm", "parameter/orders/port"),
            ["orders suite", "administrators"],
        ),

        own(
            "write the log of the build of orders",
            "logs",
            "logs:PutLogEvents",
            arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/build/1"),
            ["orders build", "administrators"],
        ),
        foreign(
            "write into a log of another account",
            "logs",
            "logs:PutLogEvents",
            arn("logs", "log-group:trap:log-stream:x", stranger),
            [],
        ),

        own("push an image of orders", "ecr.api", "ecr:PutImage", arn("ecr", "repository/shop/orders/build"), [
            "orders build",
            "administrators",
        ]),
        own("push a layer of it", "ecr.dkr", "ecr:UploadLayerPart", arn("ecr", "repository/shop/orders/build"), [
            "orders build",
            "administrators",
        ]),
        foreign("push an image to another account", "ecr.api", "ecr:PutImage", foreignImages, []),
        foreign("push a layer to another account", "ecr.dkr", "ecr:UploadLayerPart", foreignImages, []),

        foreign("become a role of another account", "sts", "sts:AssumeRole", trapRole, []),
        own("deploy payments to dev", "lambda", "lambda:UpdateFunctionCode", arn("lambda", "function:payments-dev"), [
            "payments deploy to dev",
            "administrators",
        ]),
        ofProd(
            "deploy to prod with the role that was assumed",
            "lambda",
            "lambda:UpdateFunctionCode",
            arn("lambda", "function:payments-prod", prod),
            ["payments deploy role of prod", "administrators of prod"],
        ),
        foreign(
            "hand the code to a function of another account",
            "lambda",
            "lambda:InvokeFunction",
            arn("lambda", "function:trap", stranger),
            [],
        ),
    ];
}

for (const [title, roles] of [
    ["that know the stack's accounts", {}],
    ["that know the organization", { organization }],
] as const) {
    describe(`a network without a way to the internet, with endpoints ${title}`, function () {
        this.timeout(60_000);
        let shop: Shop;
        let principals: Readonly<Record<string, Principal>>;
        let rows: readonly Row[];
        before(async () => {
            const egress = { natGateways: "None", endpoints: "auto" };
            shop = await shopWith(
                ({ network }) => ({
                    roles,
                    network: { create: { ...(network as { create: object }).create, ...egress } },
                }),
                traps,
            );
            principals = { ...principalsOf(shop), ...everybody };
            rows = rowsOf(shop.around);
        });

        /** Who may what `row` asks, through its endpoint or through any that lets everything pass. */
        async function may({ through, action, resource, account, context }: Row, guarded: boolean): Promise<string[]> {
            const found: string[] = [];
            for (const [name, principal] of Object.entries(principals)) {
                const question: Question = {
                    action,
                    resource,
                    account,
                    ...(guarded && { through }),
                    context: {
                        "aws:PrincipalOrgID": organizationOf(principal.arn.split(":")[4]),
                        "aws:ResourceOrgID": organizationOf(account),
                        ...context,
                    },
                };
                found.push(...(await whoMay(shop.access, { [name]: principal }, [question])));
            }
            return found;
        }

        it("lets through what builds need, to those who may, and nothing that belongs to strangers", async () => {
            const found: [string, string[]][] = [];
            for (const row of rows) {
                found.push([row.what, await may(row, true)]);
            }
            assert.deepEqual(
                found,
                rows.map(({ what, who }) => [what, who]),
            );
        });

        it("is what stops strangers: elsewhere they would get through", async () => {
            for (const row of rows.filter(({ account }) => account === stranger)) {
                const free = await may(row, false);
                assert.ok(free.includes("administrators") && free.includes("other accounts"), row.what);
            }
        });

        it("asks of each endpoint that there is", () => {
            const { endpoints } = shop.plan.shared.network;
            assert.deepEqual(
                [...new Set(rows.map(({ through }) => through))].sort(),
                endpoints.map(({ endpoint }) => endpoint).sort(),
            );
        });
    });
}
