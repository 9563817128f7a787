import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rolesToMake } from "../../blueprint/account";
import type { FleetPlan } from "../../blueprint/plan";
import { planStack } from "../../blueprint/stack";
import { chosenPermissions, permissionsJson } from "../../cli/permissions-of";
import { resourcesOf } from "../../cli/resources";
import { DeployRole } from "../../components/deploy-role";
import { project, type StackSource } from "../../config/source";
import { problemLines } from "../../config/read";
import type { Values } from "../support/plans";
import { registered, type Registration } from "../support/recordings";
import { everything, RecordedAccess, type Policy, type Principal } from "../support/simulation";
import { asKey, roles, rows } from "./page";
import { wishes, type Surroundings, type Wish } from "./wishes";

/** The stack of docs/least-privilege.md, as it would be with another word of its stack file. */
export interface Shop {
    readonly plan: FleetPlan;
    readonly registrations: readonly Registration[];
    readonly access: RecordedAccess;
    /** What the program of `accounts/` makes in the account of prod. */
    readonly ofProd: RecordedAccess;
    readonly around: Surroundings;
}

/** Everything that the stack file of the page says, keys of this project without their namespace. */
const said: Values = Object.fromEntries(
    Object.entries(
        (parse(readFileSync(join(__dirname, "fleet.yaml"), "utf8"), { merge: true }) as { config: Values }).config,
    ).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
);

/**
 * The stack with `more` in place of keys of its stack file.
 *
 * @param elsewhere - policies of what the stack does not make, by ARNs
 */
export async function shopWith(
    more: (values: Values) => Values,
    elsewhere: ReadonlyMap<string, Policy> = new Map(),
): Promise<Shop> {
    const values = { ...said, ...more(said) };
    const source: StackSource = {
        stack: "test",
        values,
        problems: [],
        locate: () => undefined,
        source: () => undefined,
    };
    const { plan, problems } = planStack(source);
    assert.ok(plan, problemLines(problems).join("\n"));
    const { registrations } = await resourcesOf(source, plan);
    const ofProd = new RecordedAccess(await madeInProd(plan), prod, elsewhere);
    const trusts = plan.roles.existing ? printedTrusts(plan) : ofProd.trusts;
    const access = new RecordedAccess(registrations, plan.home, new Map([...trusts, ...elsewhere]));
    return {
        plan,
        registrations,
        access,
        ofProd,
        around: {
            bucket: plan.shared.store.bucket,
            artifactKey: access.arn("Key", "artifacts-key"),
            signingKey: access.arn("Key", "signing-key"),
            subnet: access.buildSubnets[0],
            securityGroup: access.arn("SecurityGroup", "network-builds"),
            rolePath: plan.roles.path,
        },
    };
}

const prod = { account: "222222222222", region: "eu-west-1" };

/** Deploy roles of prod, in its account, by their physical names. */
export const deployRoles: Readonly<Record<string, string>> = {
    "orders deploy role of prod": "shop--orders--deploy-prod",
    "payments deploy role of prod": "shop--payments--deploy-prod",
};

async function madeInProd(plan: FleetPlan): Promise<readonly Registration[]> {
    const { roles: all } = rolesToMake(plan, prod.account);
    return registered(() => all.map(role => new DeployRole(role.name, { plan: role, tags: plan.tags })));
}

/** Trust policies that deploy roles of prod must have, by their ARNs, as `--permissions --json` prints them. */
const printedTrusts = (plan: FleetPlan): [string, Policy][] =>
    chosenPermissions(plan, undefined)
        .map(holder => permissionsJson(holder, plan))
        .flatMap(({ arn, trustPolicy }): [string, Policy][] =>
            arn?.split(":")[4] !== prod.account || trustPolicy === undefined ? [] : [[arn, trustPolicy]],
        );

/** Whom the page names beside roles of the stack: they hold what their own account gives them. */
export const others = {
    administrators: { arn: "arn:aws:iam::111111111111:role/administrators", policies: [everything] },
    "administrators of prod": { arn: "arn:aws:iam::222222222222:role/administrators", policies: [everything] },
    "other accounts": { arn: "arn:aws:iam::999999999999:role/administrators", policies: [everything] },
} as const;

/** All whom the page names. */
export const principalsOf = ({ access, ofProd }: Pick<Shop, "access" | "ofProd">): Record<string, Principal> => ({
    ...Object.fromEntries(Object.entries(roles).map(([who, name]) => [who, access.role(name)])),
    ...Object.fromEntries(Object.entries(deployRoles).map(([who, name]) => [who, ofProd.role(name)])),
    "approvers of staging": access.holder("shop--fleet--approve--staging"),
    "approvers of prod": access.holder("shop--fleet--approve--prod"),
    ...others,
});

/** Names of those of `principals` who may do all of `wish`. */
export async function whoMay(
    access: RecordedAccess,
    principals: Readonly<Record<string, Principal>>,
    wish: Wish,
): Promise<string[]> {
    const may: string[] = [];
    for (const [name, principal] of Object.entries(principals)) {
        const answers = await Promise.all(wish.map(question => access.allows(principal, question)));
        if (answers.every(answer => answer)) {
            may.push(name);
        }
    }
    return may;
}

/** The rows of the page, as far as they name `principals`: what, who, and what is asked. */
export const rowsFor = (
    around: Surroundings,
    principals: Readonly<Record<string, Principal>>,
): { readonly what: string; readonly who: readonly string[]; readonly wish: Wish }[] => {
    const all = wishes(around);
    return rows.map(([what, who]) => ({
        what,
        who: who.split(", ").filter(name => Object.hasOwn(principals, name)),
        wish: all[asKey(what)],
    }));
};

/** Fails unless those may what the page says, each row as far as `expected` leaves it. */
export async function assertPage(
    { access, around }: Pick<Shop, "access" | "around">,
    principals: Readonly<Record<string, Principal>>,
    expected: (row: { readonly who: readonly string[]; readonly wish: Wish }) => readonly string[] = ({ who }) => who,
): Promise<void> {
    const all = rowsFor(around, principals);
    const found: [string, string[]][] = [];
    for (const { what, wish } of all) {
        found.push([what, await whoMay(access, principals, wish)]);
    }
    assert.deepEqual(
        found,
        all.map(row => [row.what, expected(row)]),
    );
}
