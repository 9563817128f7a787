import * as assert from "node:assert/strict";
import { quotasOf } from "../../../blueprint/quotas";
import { planStack } from "../../../blueprint/stack";
import type { QuotaOfPlace } from "../../../blueprint/stacks/quotas";
import { fromFile, stackFile as fileOf, stacksIn } from "../../../config/from-file";
import { inFolder } from "../../support/stack-files";
import { both, fleet, planned, platform, standing, type Stacks } from "./support";

const of = (quotas: readonly QuotaOfPlace[], what: string, account = "111111111111") =>
    quotas.find(quota => quota.what.startsWith(what) && quota.account === account);

/** What each stack of `stacks` by itself counts of the quotas of accounts and regions. */
const alone = (stacks: Stacks) =>
    inFolder(stacks, folder =>
        stacksIn(folder).map(stack => {
            const { plan } = planStack(fromFile(fileOf(folder, stack), stack));
            assert.ok(plan);
            return quotasOf(plan).filter(({ scope, used }) => scope !== "stack" && used > 0);
        }),
    );

const created = "{ prefix: big, network: { create: { availabilityZones: 2, natGateways: OnePerAz } } }";

describe("quotas of all stacks", () => {
    it("are of two fleets the sum of what each takes", () => {
        const stacks = { dev: both("dev", ["web"]), prod: both("prod", ["shop", "web"], created) };
        const [dev, prod] = alone(stacks);
        const sum = prod.map(({ what, used }) => [what, used + (dev.find(quota => quota.what === what)?.used ?? 0)]);
        assert.deepEqual(
            planned(stacks)
                .quotas.map(({ what, used }) => [what, used])
                .sort(),
            sum.sort(),
        );
    });

    it("are of a fleet that is spread those of the same fleet in one stack", () => {
        const whole = { base: { ...both("shop", []), services: servicesOf(fleet) } };
        const counted = (stacks: Stacks) => planned(stacks).quotas.map(({ what, used }) => [what, used]);
        assert.deepEqual(counted(fleet), counted(whole));
        assert.ok(counted(fleet).length > 3);
    });

    it("say what each stack takes, the most first, and what the platform makes for all", () => {
        const { quotas } = planned(fleet);
        const shares = (what: string) => of(quotas, what)?.stacks.map(({ stack, used }) => [stack, used]);
        assert.deepEqual(shares("pipelines"), [
            ["team-b", 2],
            ["team-a", 1],
        ]);
        assert.deepEqual(shares("IAM roles"), [
            ["base", 4],
            ["team-b", 2],
            ["team-a", 1],
        ]);
    });

    it("say how many services more find room, each like the average one, beside what is shared", () => {
        const { quotas } = planned(fleet);
        // 7 of 1000, of which 3 are of 3 services.
        assert.deepEqual(
            [of(quotas, "IAM roles")?.used, of(quotas, "IAM roles")?.room, of(quotas, "IAM roles")?.roomAtMost],
            [7, 993, 4993],
        );
        assert.equal(of(quotas, "pipelines")?.roomAtMost, undefined);
        assert.equal(of(quotas, "resource policies")?.room, undefined);
    });

    it("count roles over regions, and pipelines in each of them", () => {
        const elsewhere = "{ aws:region: eu-central-1 }";
        const { quotas } = planned({ dev: both("dev", ["web"]), there: both("there", ["shop", "web"], elsewhere) });
        const found = (what: string) =>
            quotas.filter(quota => quota.what.startsWith(what)).map(({ region, used }) => [region, used]);
        assert.deepEqual(found("pipelines"), [
            ["eu-central-1", 2],
            ["eu-west-1", 1],
        ]);
        assert.deepEqual(found("IAM roles"), [[undefined, 11]]);
    });

    it("count deploy roles in the account that they are made in", () => {
        const roles = `{ environments: [{ name: dev }, { name: prod, account: "222222222222", deployRoles: create }] }`;
        const { quotas } = planned({
            dev: both("dev", ["web"], roles),
            base: platform(roles),
            team: standing(["cart", "mail"]),
        });
        const there = of(quotas, "IAM roles", "222222222222");
        assert.deepEqual(
            [there?.used, there?.room, there?.stacks.map(({ stack, used }) => [stack, used])],
            [
                3,
                997,
                [
                    ["team", 2],
                    ["dev", 1],
                ],
            ],
        );
    });

    it("leave out what a fleet counts for itself alone", () => {
        const { quotas } = planned({ dev: both("dev", ["web"]) });
        assert.ok(!quotas.some(({ what }) => what.includes("longest") || what.startsWith("rules out")));
    });
});

/** The services of all of `stacks`. */
const servicesOf = (stacks: Stacks) =>
    Object.assign(
        {},
        ...Object.values(stacks).map(stack => (typeof stack === "string" ? {} : stack.services)),
    ) as object;
