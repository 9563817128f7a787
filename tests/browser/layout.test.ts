import * as assert from "node:assert/strict";
import { committedText, compared, reported } from "../cli/report/support/reports";
import { needsBrowser, overflow, printedPages, violations, type Opened } from "./support/browser";

describe("the report's layout in a browser", function () {
    const browser = needsBrowser(this);
    const { report } = reported(committedText("prod"), "prod");
    const quiet = ({ trouble }: Opened) => assert.deepEqual(trouble, []);

    it("prints a pipeline as it is seen, on few pages, without what is there to click", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const { page } = opened;
        const pages = await printedPages(page);
        assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("nav").isVisible(), false);
        assert.equal(await page.getByRole("button", { name: "Open everything" }).isVisible(), false);
        quiet(opened);
    });

    for (const width of [320, 768, 1280]) {
        it(`is not wider than a window of ${width} pixels; a drawing scrolls in its own box`, async () => {
            for (const at of ["", "orders", "orders/Build/build", "orders/prod/after"]) {
                const opened = await browser.open(report, { width, height: 700, at });
                assert.ok((await overflow(opened.page)) <= 0, `#/${at}`);
                quiet(opened);
                await opened.page.close();
            }
        });
    }

    for (const colorScheme of ["light", "dark"] as const) {
        it(`has nothing that axe-core finds, ${colorScheme}: overview, comparison, pipeline and action`, async () => {
            const before = committedText("prod");
            const changed = compared(before, before.replace("timeoutHours: 48", "timeoutHours: 24"));
            for (const [shownReport, at] of [
                [report, ""],
                [changed, ""],
                [changed, "orders"],
                [report, "orders/Build/build"],
                [report, "orders/prod/before"],
            ] as const) {
                const opened = await browser.open(shownReport, { colorScheme, at });
                await opened.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))");
                assert.deepEqual(await violations(opened.page), [], `#/${at}`);
                await opened.page.close();
            }
        });
    }

    it("is dark where the reader wants it dark", async () => {
        const ground = async (colorScheme: "light" | "dark") => {
            const { page } = await browser.open(report, { colorScheme });
            return page.evaluate("getComputedStyle(document.body).backgroundColor");
        };
        assert.notEqual(await ground("light"), await ground("dark"));
    });
});
