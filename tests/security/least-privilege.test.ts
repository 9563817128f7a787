import * as assert from "node:assert/strict";
import type { Principal } from "../support/simulation";
import { asKey, roles, rows } from "./page";
import { deployRoles, principalsOf, shopWith, whoMay, type Shop } from "./shop";
import { wishes, type Wish } from "./wishes";

describe("least privilege, as docs/least-privilege.md has it", () => {
    let shop: Shop;
    let all: Readonly<Record<string, Wish>>;
    let principals: Readonly<Record<string, Principal>>;

    before(async function () {
        this.timeout(20_000);
        shop = await shopWith(() => ({}));
        all = wishes(shop.around);
        principals = principalsOf(shop);
    });

    it("has a row for everything that is asked, and knows whom it names", () => {
        assert.deepEqual(
            rows.map(([what]) => asKey(what)),
            Object.keys(all),
        );
        assert.deepEqual([...shop.access.roleNames].sort(), Object.values(roles).sort());
        assert.deepEqual([...shop.ofProd.roleNames].sort(), Object.values(deployRoles).sort());
    });

    for (const [what, who] of rows) {
        it(`${what}: ${who}`, async () => {
            const may = await whoMay(shop.access, principals, all[asKey(what)]);
            assert.deepEqual(may, who === "nobody" ? [] : who.split(", "));
        });
    }
});
