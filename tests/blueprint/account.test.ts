import * as assert from "node:assert/strict";
import { accountsToMake, rolesOfAccount, rolesToMake } from "../../blueprint/account";
import { deployRole, fleetOf } from "./support/fleet";

const created = { name: "prod", account: "222222222222", deployRoles: "create" };

describe("the accounts in which deploy roles are made", () => {
    const fleet = fleetOf({
        environments: [{ name: "dev" }, { ...created, account: "333333333333" }, { ...created, name: "stage" }],
    });

    it("are each told once, in order", () => assert.deepEqual(accountsToMake(fleet), ["222222222222", "333333333333"]));

    it("have the roles of their environments", () => {
        const { roles, problem } = rolesOfAccount(fleet, "222222222222");
        assert.deepEqual([roles.map(({ name }) => name), problem], [["shop--orders--deploy-stage"], undefined]);
    });

    it("are where the program of accounts/ makes them, unless somebody else makes all roles: then it makes none, and says so", () => {
        assert.deepEqual(rolesToMake(fleet, "222222222222"), rolesOfAccount(fleet, "222222222222"));
        assert.deepEqual(rolesToMake({ ...fleet, roles: { ...fleet.roles, existing: true } }, "222222222222"), {
            roles: [],
            problem:
                "the stack test has `roles.existing`: somebody else makes all roles, and nothing is made in account 222222222222; `npm start -- --permissions` prints the trust and the policy that each must have",
        });
    });

    for (const [what, plan, said] of [
        ["another account", fleet, "found such in 222222222222, 333333333333"],
        [
            "a fleet whose roles are there",
            fleetOf({ environments: [{ name: "prod", account: "222222222222", deployRoleArn: deployRole }] }),
            "no account has",
        ],
    ] as const) {
        it(`fails of ${what}`, () => {
            assert.deepEqual(rolesOfAccount(plan, "444444444444"), {
                roles: [],
                problem: `no environment of the stack test in account 444444444444 has \`deployRoles: create\` and a service: ${said}; what was made there before goes with \`pulumi destroy\``,
            });
        });
    }
});
