import * as assert from "node:assert/strict";
import { committedText, compared, fleetOf } from "../cli/report/support/reports";
import { needsBrowser, type Opened } from "./support/browser";

describe("a comparison in a browser", function () {
    const browser = needsBrowser(this);
    const quiet = ({ trouble }: Opened) => assert.deepEqual(trouble, []);
    const shown = ({ page }: Opened) => page.locator("nav li:not([hidden]) .strong").allTextContents();

    it("shows what changes: at the top, in the list and of each pipeline", async () => {
        const before = committedText("prod");
        const after = before
            .replace("    payments:\n", "    billing:\n")
            .replace("timeoutHours: 48", "timeoutHours: 24")
            .replace("repository/{service}", "repository/*");
        const opened = await browser.open(compared(before, after));
        const { page } = opened;
        const section = page.locator("[aria-labelledby=changes]");
        const rows = await section.locator(".rows li").allInnerTexts();
        assert.match(
            rows.join("\n"),
            /replaced billing was shop--payments[^]*changed catalog[^]*orders broader permissions/,
        );
        const text = await section.innerText();
        assert.match(text, /saving a changed pipeline stops its running executions: bring it up when none runs/);
        // Once for all that have it, with before and after.
        assert.deepEqual(
            await section.locator(".differences > li .strong").first().innerText(),
            "prod: time to approve",
        );
        assert.match(text, /weaker prod: time to approve\s+(− )?48 h\s+(\+ )?24 h\s+5 pipelines: catalog, orders, /);
        assert.equal(text.split("time to approve").length, 2);
        await section.getByRole("link", { name: "settlement" }).first().waitFor();
        await page.getByLabel("Attention").selectOption({ label: "Weaker than before" });
        assert.deepEqual(await shown(opened), ["catalog", "orders", "reports", "settlement", "web"]);
        await page.getByLabel("Attention").selectOption({ label: "Broader permissions" });
        assert.deepEqual(await shown(opened), ["billing", "catalog", "orders"]);
        await page.locator("nav a", { hasText: "orders" }).click();
        const change = page.locator("[aria-labelledby=change]");
        await change.waitFor();
        assert.match(await change.innerText(), /weaker prod: time to approve\s*(− )?48 h\s*(\+ )?24 h/);
        await change.locator("summary").first().click();
        assert.match(await change.innerText(), /repository\/\*[^]*Before[^]*repository\/orders/);
        assert.equal(await page.locator("svg .stage.changed").count(), 1);
        quiet(opened);
    });

    it("folds very many pipelines, and names those at once that may do more", async () => {
        const before = fleetOf(30);
        const after = before
            .replaceAll("npm run test:integration", "npm run test:all")
            .replace(
                "commands: [npm ci,",
                'permissions: [{ actions: [sqs:SendMessage], resources: ["arn:aws:sqs:{region}:{account}:q"], reason: It asks. }]\n        commands: [npm ci,',
            );
        const opened = await browser.open(compared(before, after));
        const section = opened.page.locator("[aria-labelledby=changes]");
        const row = await section.locator(".rows li").innerText();
        assert.match(row, /^changed beside service-0000 broader permissions\s+30 pipelines$/);
        assert.equal(await section.locator(".differences > li").count(), 1);
        quiet(opened);
    });
});
