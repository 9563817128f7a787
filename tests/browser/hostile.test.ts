import * as assert from "node:assert/strict";
import { committedText, compared, hostile, payload } from "../cli/report/support/reports";
import { needsBrowser, overflow, violations } from "./support/browser";

describe("a hostile stack file in a browser", function () {
    const browser = needsBrowser(this);
    const before = committedText("prod");
    const bad = hostile(compared(before, before.replace("timeoutHours: 48", "timeoutHours: 24")));
    const [first] = bad.pipelines;
    const [build] = first.stages.filter(({ name }) => name.startsWith("Build"));
    const address = (...parts: readonly string[]) => parts.map(encodeURIComponent).join("/");
    const routes = ["", address(first.key), address(first.key, build.name, build.actions[0].name)];

    /** What is seen of {@link payload}: what nobody would see has its code. */
    const seen = payload
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\u0007", "\\u0007")
        .replace("\u202e", "\\u202e");

    it("is shown as text, and nothing of it runs, asks or breaks out", async () => {
        for (const at of routes) {
            const { page, trouble } = await browser.open(bad, { at });
            assert.ok((await page.locator("body").innerText()).includes(seen), at);
            assert.equal(await page.locator("img, script:not(#report):not(:last-of-type), iframe").count(), 0);
            assert.equal(await page.evaluate("typeof hostile"), "undefined");
            assert.equal(await page.locator("svg.drawing").count(), at === "" ? 0 : 1);
            assert.deepEqual(trouble, []);
            await page.close();
        }
    });

    it("makes no page wider than its window, and none that voices cannot read", async () => {
        for (const at of routes) {
            const { page } = await browser.open(bad, { at, width: 320, height: 700 });
            assert.ok((await overflow(page)) <= 0, at);
            assert.deepEqual(await violations(page), []);
            await page.close();
        }
    });

    it("takes an address that names nothing, or is none, for the overview", async () => {
        for (const at of ["nothing", "%", "%E0%A4%A/x/y", "__proto__/constructor", "<img src=x onerror=hostile()>"]) {
            const { page, trouble } = await browser.open(bad, { at });
            assert.equal(await page.locator(".overview").count(), 1, at);
            assert.deepEqual(trouble, []);
            await page.close();
        }
    });

    it("cannot make the page ask for anything: its policy refuses", async () => {
        const { page } = await browser.open(bad);
        const asked = await page.evaluate("fetch('https://shop.example/').then(() => 'answered', () => 'refused')");
        assert.equal(asked, "refused");
        await page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))",
        );
        assert.equal(await page.evaluate("window.ran"), undefined);
    });
});
