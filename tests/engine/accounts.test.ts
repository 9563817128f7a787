import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { changesByUrn, each, edited, type Config } from "./support/scenarios";
import { needsEngine, Sandbox, succeeded, unordered } from "./support/stack";

const fleet = "accounts";
const file = `Pulumi.${fleet}.yaml`;
const words = readFileSync(join(__dirname, "fixtures/stacks", file), "utf8");
const account = "222222222222";
const stack = `${fleet}-${account}`;

const roleResources = (name: string) => [
    `DeployRole ${name}`,
    `DeployRole/Role ${name}-role`,
    `DeployRole/RolePolicy ${name}-policy`,
];

interface Foreign {
    readonly arn: string;
    readonly trusts: readonly string[];
    readonly statements: readonly { readonly reason?: string }[];
}

/** Whom a trust policy lets in, which has to be of the pipelines' account. */
function trustOf(document: unknown): unknown {
    const { Statement } = JSON.parse(String(document)) as { readonly Statement: readonly Record<string, unknown>[] };
    const [{ Principal, Condition }] = Statement;
    assert.deepEqual([Statement.length, Principal], [1, { AWS: "arn:aws:iam::111111111111:root" }]);
    return (Condition as { readonly ArnEquals: Record<string, unknown> }).ArnEquals["aws:PrincipalArn"];
}

describe("deploy roles that are made in an account of environments", function () {
    needsEngine(this);
    let pipelines: Sandbox;
    let accounts: Sandbox;
    before(() => {
        pipelines = Sandbox.open();
        accounts = pipelines.inside("accounts");
        pipelines.write(file, words);
        accounts.write(
            `Pulumi.${stack}.yaml`,
            JSON.stringify({
                config: {
                    "aws:region": "eu-west-1",
                    "aws:allowedAccountIds": [account],
                    "service-pipelines-accounts:stackFile": `../${file}`,
                },
            }),
        );
    });
    after(() => pipelines?.close());

    const ecs = { type: "ecs", cluster: "shop-{environment}", service: "catalog", taskRoles: [] };
    const upRoles = async () => changesByUrn(succeeded(await accounts.up(stack)));
    const upFleet = async () => changesByUrn(succeeded(await pipelines.up(fleet)));
    const change = (how: (config: Config) => void) => pipelines.write(file, edited(words, how));
    const rolesIn = (place: string) =>
        pipelines.cloud.list("aws:iam/role:Role").filter(entry => entry.account === place && !entry.seeded);

    /** What the fleet's own offline preview says of the roles that have to be in the account. */
    const foreignRoles = async () => {
        const { stdout } = await pipelines.offline(fleet, "--json");
        const { pipelines: all } = JSON.parse(stdout) as { readonly pipelines: { readonly foreignRoles: Foreign[] }[] };
        return all.flatMap(({ foreignRoles: roles }) => roles).filter(({ arn }) => arn.includes(account));
    };

    it("come up before the pipelines, whose roles they trust, are there", async () => {
        assert.deepEqual(
            await upRoles(),
            each(
                "create",
                [
                    "orders--deploy-prod",
                    "orders--deploy-staging",
                    "settlement--deploy-prod",
                    "settlement--deploy-staging",
                ]
                    .flatMap(roleResources)
                    .sort(),
            ),
        );
        assert.deepEqual(unordered(await accounts.export(stack)), []);
    });

    it("are the roles that the pipelines' plan names, and trust roles that are there by then", async () => {
        await upFleet();
        const planned = await foreignRoles();
        const made = rolesIn(account);
        assert.deepEqual(made.map(({ arn }) => arn).sort(), planned.map(({ arn }) => arn).sort());
        const atHome = rolesIn("111111111111").map(({ arn }) => arn);
        for (const { arn, trusts } of planned) {
            const entry = made.find(role => role.arn === arn);
            assert.deepEqual(trustOf(entry?.properties.assumeRolePolicy), trusts);
            assert.deepEqual(
                trusts.filter(role => !atHome.includes(role)),
                [],
            );
        }
    });

    it("may do what the kinds of each service name, and no more", async () => {
        const policies = pipelines.cloud
            .list("aws:iam/rolePolicy:RolePolicy")
            .filter(entry => entry.account === account);
        for (const { arn, statements } of await foreignRoles()) {
            const policy = policies.find(({ properties }) => arn.endsWith(`/${String(properties.role)}`));
            const document = JSON.parse(String(policy?.properties.policy)) as { readonly Statement: object[] };
            assert.deepEqual(
                document.Statement,
                statements.map(({ reason, ...statement }) => statement),
            );
        }
    });

    it("change nothing when they come up again, after the pipelines or not", async () => {
        assert.deepEqual(await upRoles(), []);
        assert.deepEqual(await upFleet(), []);
    });

    it("are made for a service that is added, which changes nothing that others share", async () => {
        change(({ services }) => {
            services.catalog = { source: { repository: "acme/catalog" }, build: services.orders.build, deploy: ecs };
        });
        assert.deepEqual(
            await upRoles(),
            each("create", ["catalog--deploy-prod", "catalog--deploy-staging"].flatMap(roleResources).sort()),
        );
        const changes = await upFleet();
        assert.deepEqual(
            changes.filter(step => !/^create Fleet\/ServicePipeline/.test(step)),
            [],
        );
    });

    it("go with the service, and with the environment", async () => {
        change(({ services, environments }) => {
            delete services.settlement;
            environments[1] = { name: "staging" };
        });
        await upFleet();
        assert.deepEqual(
            (await upRoles()).map(step => step.split(" ")[0]),
            Array<string>(15).fill("delete"),
        );
        assert.deepEqual(
            rolesIn(account).map(({ name }) => name),
            ["shop--orders--deploy-prod"],
        );
    });

    it("fails in an account for which nothing is to be made, and says which there are", async () => {
        change(({ environments }) => {
            (environments as unknown[]).splice(1, 2);
        });
        const { code, errors } = await accounts.up(stack);
        assert.notEqual(code, 0);
        assert.match(
            errors.join(),
            /no environment of the stack accounts in account 222222222222 has `deployRoles: create` and a service: found such in 333333333333/,
        );
    });

    it("fails with the problems of the stack file", async () => {
        change(({ environments }) => {
            environments[1].deployRoles = "made";
        });
        const { code, errors } = await accounts.up(stack);
        assert.notEqual(code, 0);
        assert.match(errors.join(), /\.\.\/Pulumi\.accounts\.yaml has problems:\n.*environments\[1\]\.deployRoles/);
    });
});
