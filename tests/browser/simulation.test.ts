import * as assert from "node:assert/strict";
import { hostile, payload, shopScript, simulated } from "../cli/report/support/reports";
import { needsBrowser, overflow, printedPages, violations, type Opened } from "./support/browser";

/** A script in which nearly everything happens that a timeline can show. */
const everything = `
service: orders
deployed: { staging: z, prod: z }
commits: [{ id: a }, { id: b, at: 5m }, { id: c, at: 6m }, { id: d, at: 30h }]
failures: [{ action: staging/integration, commit: b }]
approvals: [{ commit: c, answer: refuse, after: 3h, by: "<b>the product owner" }]
alarms: [{ name: orders-prod-5xx, from: 2h, to: 3h }]
freezes: [{ environment: prod, from: 30h, to: 40h }]
transitions: [{ stage: staging, from: 30h, to: 40h }]
stops: [{ commit: d, at: 31h }]
expect:
  - { reaches: { commit: a, environment: prod } }
  - { reaches: { commit: b, environment: prod } }
`;

describe("simulations of the report in a browser", function () {
    const browser = needsBrowser(this);
    const scripts = ["failed-test.yaml", "alarm-after-release.yaml", "two-commits.yaml"].map(shopScript);
    const report = simulated(...scripts, everything);
    const quiet = ({ trouble }: Opened) => assert.deepEqual(trouble, []);
    const nth = (opened: Opened, index: number) => opened.page.locator("section.played").nth(index);

    it("lists in the overview what was played and what came of it, with a way there", async () => {
        const opened = await browser.open(report);
        const { page } = opened;
        const rows = page.locator("[aria-labelledby=simulations] li");
        assert.deepEqual(await rows.allInnerTexts(), [
            "orders release.yaml 6 expectations met",
            "orders release.yaml 5 expectations met",
            "orders release.yaml 10 expectations met",
            "orders release.yaml 1 of 2 expectations not met",
        ]);
        await rows.first().getByRole("link").click();
        await nth(opened, 3).waitFor();
        quiet(opened);
    });

    it("draws stages as rows in their order, with a bar for each execution in a stage, from left to right", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const played = nth(opened, 0);
        assert.deepEqual(await played.locator(".lane-names text").allTextContents(), [
            "Commits",
            "Source",
            "Build",
            "staging",
            "Approve-prod",
            "prod",
        ]);
        assert.deepEqual(await played.locator(".scroll .bar:not(.around) text").allTextContents(), [
            ...["a ✓", "b ✓", "a ✓", "b ✓"],
            ...["a ✓", "b ✕", "↶ a ✓"],
            ...["a ✓", "a ✓"],
        ]);
        const boxes = await Promise.all(
            (await played.locator(".scroll .bar:not(.around) .part-of-bar").all()).map(bar => bar.boundingBox()),
        );
        const [source, , build] = boxes;
        assert.ok(source !== null && build !== null && build.x >= source.x + source.width - 4 && build.y > source.y);
        const kinds = await opened.page.evaluate(
            "[...new Set([...document.querySelector('.played .scroll').querySelectorAll('.part-of-bar')].map(bar => bar.classList[1]))].sort()",
        );
        assert.deepEqual(kinds, ["approval", "failed", "rollback", "running"]);
        quiet(opened);
    });

    it("covers no bar with another, nor a label with another", async () => {
        const opened = await browser.open(report, { at: "orders", width: 1280 });
        for (const index of [0, 1, 2, 3]) {
            for (const what of [".bar > text", ".bar"]) {
                const boxes = await Promise.all(
                    (await nth(opened, index).locator(`.scroll ${what}`).all()).map(one => one.boundingBox()),
                );
                const over = boxes.flatMap((one, at) =>
                    boxes
                        .slice(at + 1)
                        .filter(
                            other =>
                                one !== null &&
                                other !== null &&
                                one.x + 1 < other.x + other.width &&
                                other.x + 1 < one.x + one.width &&
                                one.y + 2 < other.y + other.height &&
                                other.y + 2 < one.y + one.height,
                        ),
                );
                assert.deepEqual(over, [], `${index} ${what}`);
            }
        }
    });

    it("tells kinds of bars apart by thickness or pattern, not by colour alone", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const looks = await opened.page.evaluate<Record<string, string>>(
            "Object.fromEntries([...document.querySelectorAll('.part-of-bar')].map(bar => [bar.classList[1], bar.getAttribute('height') + (bar.getAttribute('fill') ?? '').replace(/.*-/, ' ')]))",
        );
        assert.deepEqual(Object.keys(looks).sort(), ["approval", "failed", "rollback", "running", "waiting"]);
        assert.equal(new Set(Object.values(looks)).size, Object.keys(looks).length);
    });

    it("says the same in words: expectations with their places, executions, who is told, and each event", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const text = await nth(opened, 0).innerText();
        for (const words of [
            "met b never reaches prod release.yaml:11:5",
            "Failed #2 b after 17m36s",
            "staging: a since 2h28m24s",
            "2h17m36s: failed, staging, #2 b",
        ]) {
            assert.ok(text.includes(words), words);
        }
        const last = await nth(opened, 3).innerText();
        assert.match(last, /not met b reaches prod release\.yaml:\d+:\d+\s+found: b ended as Failed/);
        await nth(opened, 0).locator("summary", { hasText: "events" }).click();
        const row = nth(opened, 0).locator("tr.trouble").first();
        assert.match(await row.innerText(), /2h17m36s\s+#2 b\s+staging\s+✕ integration fails: 2 of 40 tests failed/);
        const events = report.pipelines[0].simulations?.[0].events.length;
        assert.equal(await nth(opened, 0).locator("tbody tr").count(), events);
        quiet(opened);
    });

    it("scrolls by keyboard alone, with the names of the rows in their place, and is never wider than its window", async () => {
        const opened = await browser.open(report, { at: "orders", width: 320, height: 700 });
        const { page } = opened;
        assert.ok((await overflow(page)) <= 0);
        const box = page.getByRole("region", { name: "Timeline of release.yaml" }).first();
        await box.focus();
        const name = box.locator(".lane-names text").first();
        const before = await name.boundingBox();
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowRight");
        const scrolled = await page.evaluate<number>(
            `new Promise(done => {
                let last = 0;
                const look = () => {
                    const { scrollLeft } = document.activeElement;
                    if (scrollLeft > 0 && scrollLeft === last) {
                        done(scrollLeft);
                    } else {
                        last = scrollLeft;
                        setTimeout(look, 100);
                    }
                };
                look();
            })`,
        );
        assert.ok(scrolled > 0);
        assert.ok(Math.abs(((await name.boundingBox())?.x ?? 0) - (before?.x ?? 99)) < 2);
        quiet(opened);
    });

    for (const colorScheme of ["light", "dark"] as const) {
        it(`has nothing that axe-core finds, ${colorScheme}, folded and open`, async () => {
            const opened = await browser.open(report, { colorScheme, at: "orders" });
            assert.deepEqual(await violations(opened.page), []);
            await opened.page.getByRole("button", { name: "Open everything" }).click();
            assert.deepEqual(await violations(opened.page), []);
            quiet(opened);
        });
    }

    it("shows hostile names as text, in a page that is not wider than its window", async () => {
        const bad = hostile(report);
        const at = encodeURIComponent(bad.pipelines[0].key);
        const opened = await browser.open(bad, { at, width: 320, height: 700 });
        const { page } = opened;
        await page.getByRole("button", { name: "Open everything" }).click();
        assert.ok((await nth(opened, 0).innerText()).includes(payload.slice(0, 30)));
        for (const width of [320, 1280]) {
            await page.setViewportSize({ width, height: 700 });
            assert.ok((await overflow(page)) <= 0);
        }
        assert.equal(await page.locator("img, iframe").count(), 0);
        assert.equal(await page.evaluate("typeof hostile"), "undefined");
        assert.deepEqual(await violations(page), []);
        quiet(opened);
    });

    it("leaves out of print a timeline that is too wide for paper, and says so", async () => {
        const commits = Array.from({ length: 40 }, (_, index) => `{ id: c${index}, at: ${index * 70}m }`);
        const wide = simulated(`{ service: orders, commits: [${commits.join(", ")}] }`, scripts[0]);
        const { page } = await browser.open(wide, { at: "orders" });
        const drawn = page.locator("section.played .scroll > .timeline");
        const seen = async () => [await drawn.nth(0).isVisible(), await drawn.nth(1).isVisible()];
        assert.deepEqual(await seen(), [true, true]);
        assert.equal(await page.locator(".print-only").isVisible(), false);
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await seen(), [false, true]);
        assert.equal(await page.locator(".print-only").count(), 1);
        assert.equal(await page.locator(".print-only").isVisible(), true);
    });

    it("prints what is seen on few pages, and all of it where everything is open", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const { page } = opened;
        const seen = await printedPages(page);
        assert.ok(seen >= 3 && seen <= 8, `${seen} pages`);
        await page.getByRole("button", { name: "Open everything" }).click();
        assert.ok((await printedPages(page)) > seen + 8);
        quiet(opened);
    });
});
