import * as assert from "node:assert/strict";
import { join } from "node:path";
import { rolesToMake } from "../../blueprint/account";
import type { FleetPlan } from "../../blueprint/plan";
import { planStack } from "../../blueprint/stack";
import { resourcesOf } from "../../cli/resources";
import { DeployRole } from "../../components/deploy-role";
import { fromFile } from "../../config/from-file";
import { problemLines } from "../../config/read";
import { registered } from "../support/recordings";
import { everything, RecordedAccess, type Principal } from "../support/simulation";
import { asKey, roles, rows } from "./page";
import { wishes, type Wish } from "./wishes";

/** Deploy roles of prod, in its account, by their physical names. */
const deployRoles: Readonly<Record<string, string>> = {
    "orders deploy role of prod": "shop--orders--deploy-prod",
    "payments deploy role of prod": "shop--payments--deploy-prod",
};

const prod = { account: "222222222222", region: "eu-west-1" };

/** What the program of `accounts/` makes in the account of prod. */
async function accessOfProd(plan: FleetPlan): Promise<RecordedAccess> {
    const { roles: all } = rolesToMake(plan, prod.account);
    const made = await registered(() => all.map(role => new DeployRole(role.name, { plan: role, tags: plan.tags })));
    return new RecordedAccess(made, prod);
}

describe("least privilege, as docs/least-privilege.md has it", () => {
    let access: RecordedAccess;
    let all: Readonly<Record<string, Wish>>;
    let madeInProd: readonly string[];
    let principals: Readonly<Record<string, Principal>>;

    before(async function () {
        this.timeout(20_000);
        const source = fromFile(join(__dirname, "fleet.yaml"), "test");
        const { plan, problems } = planStack(source);
        assert.ok(plan, problemLines(problems).join("\n"));
        const ofProd = await accessOfProd(plan);
        access = new RecordedAccess(await resourcesOf(source, plan), plan.home, ofProd.trusts);
        madeInProd = ofProd.roleNames;
        const artifactKey = access.arn("Key", "artifacts-key");
        const signingKey = access.arn("Key", "signing-key");
        all = wishes({
            bucket: plan.shared.store.bucket,
            artifactKey,
            signingKey,
            subnet: access.buildSubnets[0],
            securityGroup: access.arn("SecurityGroup", "network-builds"),
        });
        principals = {
            ...Object.fromEntries(Object.entries(roles).map(([who, name]) => [who, access.role(name)])),
            ...Object.fromEntries(Object.entries(deployRoles).map(([who, name]) => [who, ofProd.role(name)])),
            "approvers of staging": access.holder("shop--fleet--approve--staging"),
            "approvers of prod": access.holder("shop--fleet--approve--prod"),
            administrators: { arn: "arn:aws:iam::111111111111:role/administrators", policies: [everything] },
            "administrators of prod": { arn: "arn:aws:iam::222222222222:role/administrators", policies: [everything] },
            "other accounts": { arn: "arn:aws:iam::999999999999:role/administrators", policies: [everything] },
        };
    });

    it("has a row for everything that is asked, and knows whom it names", () => {
        assert.deepEqual(
            rows.map(([what]) => asKey(what)),
            Object.keys(all),
        );
        assert.deepEqual([...access.roleNames].sort(), Object.values(roles).sort());
        assert.deepEqual([...madeInProd].sort(), Object.values(deployRoles).sort());
    });

    for (const [what, who] of rows) {
        it(`${what}: ${who}`, async () => {
            const wish = all[asKey(what)];
            const may: string[] = [];
            for (const [name, principal] of Object.entries(principals)) {
                const answers = await Promise.all(wish.map(question => access.allows(principal, question)));
                if (answers.every(answer => answer)) {
                    may.push(name);
                }
            }
            assert.deepEqual(may, who === "nobody" ? [] : who.split(", "));
        });
    }
});
