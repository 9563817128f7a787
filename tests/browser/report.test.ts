import * as assert from "node:assert/strict";
import { committedText, fleetOf, reported } from "../cli/report/support/reports";
import { needsBrowser, violations, type Opened } from "./support/browser";

describe("the report in a browser", function () {
    const browser = needsBrowser(this);
    const { report } = reported(
        committedText("prod").replace("tags: { fleet: shop,", "tags: { team: checkout,"),
        "prod",
    );
    const quiet = ({ trouble }: Opened) => assert.deepEqual(trouble, []);

    /** What the list of pipelines shows. */
    const shown = ({ page }: Opened) => page.locator("nav li:not([hidden]) .strong").allTextContents();
    const all = ["catalog", "orders", "payments", "reports", "settlement", "web"];

    it("shows the fleet, with no error, and asks for nothing", async () => {
        const opened = await browser.open(report);
        const { page } = opened;
        assert.equal(await page.title(), "shop, stack prod: pipelines");
        assert.match(await page.locator("header.top").innerText(), /shop, stack prod[^]*111111111111[^]*valid/);
        assert.deepEqual(await shown(opened), all);
        assert.deepEqual(await page.locator("main h2").allTextContents(), [
            ...(report.fleet?.weakens.length === 0 ? [] : ["Weakened for all services"]),
            "Pipelines",
            "Quotas",
            "Cost at rest",
            "Who may answer approvals",
            "Allowed on everything, and why",
            "What all share: roles, and who may reach it",
        ]);
        quiet(opened);
    });

    it("finds pipelines by names, words and secrets, and leads through them by keys", async () => {
        const opened = await browser.open(report);
        const { page } = opened;
        await page.keyboard.press("/");
        await page.keyboard.type("orders-test-key");
        assert.deepEqual(await shown(opened), ["orders"]);
        assert.equal(await page.getByRole("status").innerText(), "1 of 6 pipelines");
        assert.deepEqual(await page.locator("[data-pipeline]:not([hidden]) > a").allTextContents(), ["orders"]);
        for (const [words, found] of [
            ["window", all],
            ["thursday 16:59", all],
            ["passrole", all.filter(name => ["orders", "catalog", "payments"].includes(name))],
            ["everything task", ["catalog", "orders"]],
            ["consoleurl", []],
        ] as const) {
            await page.locator("#search").fill(words);
            assert.deepEqual(await shown(opened), found, words);
        }
        await page.locator("#search").fill("storefront libs");
        assert.deepEqual(await shown(opened), ["catalog", "web"]);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.locator("#pipeline", { hasText: "web" }).waitFor();
        assert.equal(await page.locator("nav [aria-current=page] .strong").innerText(), "web");
        assert.equal(await page.evaluate("document.activeElement.id"), "pipeline");
        await page.locator("#search").fill("no such thing");
        assert.deepEqual(await shown(opened), []);
        quiet(opened);
    });

    it("filters by environment, team and warnings", async () => {
        const half = {
            ...report,
            warnings: [{ path: "services.web", service: "web", message: "a warning" }],
            pipelines: report.pipelines.map(one =>
                one.key === "orders" ? { ...one, environments: ["prod"], team: "other" } : one,
            ),
        };
        const opened = await browser.open(half);
        const { page } = opened;
        await page.getByLabel("Environment").selectOption("staging");
        assert.deepEqual(
            await shown(opened),
            all.filter(name => name !== "orders"),
        );
        await page.getByLabel("Environment").selectOption("prod");
        await page.getByLabel("Team").selectOption("other");
        assert.deepEqual(await shown(opened), ["orders"]);
        await page.getByLabel("Team").selectOption("");
        await page.getByLabel("Attention").selectOption({ label: "Has a warning" });
        assert.deepEqual(await shown(opened), ["web"]);
        quiet(opened);
    });

    it("draws stages from left to right, with what runs in parallel one under the other", async () => {
        const opened = await browser.open(report, { at: "web" });
        const { page } = opened;
        const boxes = await page
            .locator("svg .stage > rect")
            .all()
            .then(all => Promise.all(all.map(one => one.boundingBox())));
        const web = report.pipelines.find(({ key }) => key === "web");
        assert.equal(boxes.length, web?.stages.length);
        assert.ok(
            boxes.slice(1).every((box, at) => (box?.x ?? 0) > (boxes[at]?.x ?? 0) + (boxes[at]?.width ?? 0)),
            "stages stand in one another's way",
        );
        const place = async (stage: string, part: string) => {
            const box = await page.locator(`svg [data-stage="${stage}"][data-part="${part}"] .body`).boundingBox();
            assert.ok(box);
            return box;
        };
        const [lint, unit] = [await place("Suites", "lint"), await place("Suites", "unit")];
        assert.equal(Math.round(lint.x + lint.width / 2), Math.round(unit.x + unit.width / 2));
        assert.ok(Math.abs(lint.y - unit.y) >= lint.height);
        assert.ok((await page.locator("svg .edge.rollback").count()) === 2);
        assert.ok((await page.locator("svg .side.start").count()) >= 1);
        assert.equal(await page.locator("svg .gate").count(), 2);
        assert.match(
            await page
                .locator("svg text")
                .allTextContents()
                .then(texts => texts.join(" ")),
            /Approve-prod waits up to 48 h/,
        );
        quiet(opened);
    });

    it("opens an action by mouse, and closes it by Escape with the focus where it was", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const { page } = opened;
        await page.locator('svg [data-stage="Build"][data-part="build"]').click();
        const panel = page.locator("#panel");
        await panel.waitFor();
        const text = await panel.innerText();
        for (const words of [
            "Build / build",
            "NPM_TOKEN",
            "npm-token:token",
            "Secrets Manager",
            "amazonlinux-aarch64",
            "a release",
            "Pulumi.prod.yaml:",
        ]) {
            assert.ok(text.includes(words), words);
        }
        assert.equal(await page.evaluate("document.activeElement.id"), "panel-title");
        await panel.locator("summary", { hasText: "the build runs as" }).click();
        assert.match(await panel.innerText(), /ecr:GetAuthorizationToken has no resource-level permission/);
        await page.keyboard.press("Escape");
        await panel.waitFor({ state: "hidden" });
        assert.equal(await page.evaluate("document.activeElement.dataset.part"), "build");
        quiet(opened);
    });

    it("fades the edge behind which a drawing goes on, and none once it fits", async () => {
        const { page } = await browser.open(report, { at: "orders" });
        const box = page.getByRole("region", { name: "Drawing of orders" });
        const isFaded = (edges: string) => page.locator(edges).and(box).waitFor();
        await isFaded(".more-behind:not(.more-before)");
        await page.evaluate("document.querySelector('.scroll').scrollTo(60, 0)");
        await isFaded(".more-before.more-behind");
        await page.evaluate("document.querySelector('.scroll').scrollTo(9999, 0)");
        await isFaded(".more-before:not(.more-behind)");
        await page.getByRole("button", { name: "Fit to width" }).click();
        await isFaded(":not(.more-before, .more-behind)");
    });

    it("opens actions and gates by keyboard alone", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const { page } = opened;
        await page.locator('svg [data-stage="prod"][data-part="before"]').focus();
        await page.keyboard.press("Enter");
        await page.locator("#panel-title", { hasText: "Gates before prod" }).waitFor();
        assert.match(await page.locator("#panel").innerText(), /Open Monday to Thursday, .*Europe\/Berlin/);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await page.locator("#panel").waitFor({ state: "hidden" });
        await page.goBack();
        await page.locator("#panel-title", { hasText: "Gates before prod" }).waitFor();
        quiet(opened);
    });

    it("says times as people do, and hours as hours", async () => {
        const { page } = await browser.open(report, { at: "orders/Approve-prod/approve" });
        assert.match(await page.locator("#panel").innerText(), /times out\s+after 48 h\n/);
    });

    it("has the drawing as an ordered list, and names for voices", async () => {
        const { page } = await browser.open(report, { at: "orders" });
        const orders = report.pipelines.find(({ key }) => key === "orders");
        assert.deepEqual(
            await page.locator("ol.stages > li > .strong").allTextContents(),
            orders?.stages.map(({ name }) => name),
        );
        assert.match(
            await page.locator("[aria-labelledby=secrets]").innerText(),
            /NPM_TOKEN from Secrets Manager: npm-token:token, read by Build \/ build/,
        );
        assert.match(
            await page.locator("ol.stages").innerText(),
            /MON-THU[^]*Monday to Thursday, from 8:00 until 16:59/,
        );
        await page.getByRole("group", { name: "Pipeline orders: 6 stages" }).waitFor();
        await page
            .getByRole("link", { name: "Action deploy (ECS) in prod: ECS service orders of cluster shop-prod" })
            .waitFor();
    });

    it("shows the problems of a stack file, and nothing else", async () => {
        const { report: broken } = reported(committedText("prod").replace("cluster:", "clutser:"), "prod");
        const opened = await browser.open(broken);
        const text = await opened.page.locator("main").innerText();
        assert.match(
            text,
            /Pulumi\.prod\.yaml:\d+:\d+ services\.orders\.deploy\.clutser\s+unknown key; did you mean "cluster"\?/,
        );
        assert.equal(await opened.page.locator("nav").count(), 0);
        assert.deepEqual(await violations(opened.page), []);
        quiet(opened);
    });

    it("opens everything by a button: all that is folded, and each action; the next page too, until it is folded again", async () => {
        const opened = await browser.open(report, { at: "orders" });
        const { page } = opened;
        const button = page.getByRole("button", { name: "Open everything" });
        await button.focus();
        await page.keyboard.press("Enter");
        const orders = report.pipelines.find(({ key }) => key === "orders");
        const actions =
            orders?.stages.flatMap(({ name, actions: own }) => own.map(action => `${name} / ${action.name}`)) ?? [];
        const titles = await page.locator(".all-details h2").allTextContents();
        assert.deepEqual(
            actions.filter(title => !titles.includes(title)),
            [],
        );
        assert.equal(await page.locator("main details:not([open])").count(), 0);
        await page.locator("nav a", { hasText: "web" }).click();
        await page.locator("#pipeline", { hasText: "web" }).waitFor();
        assert.equal(await page.locator("main details:not([open])").count(), 0);
        assert.equal(await page.locator(".all-details").count(), 1);
        await button.click();
        assert.equal(await page.locator("main details[open]").count(), 0);
        assert.equal(await page.locator(".all-details").count(), 0);
        quiet(opened);
    });

    it("shows 200 services, and opens one of them, without making anybody wait", async () => {
        const begun = Date.now();
        const opened = await browser.open(reported(fleetOf(200)).report);
        const { page } = opened;
        assert.equal((await shown(opened)).length, 200);
        await page.locator("#search").fill("service-0150");
        assert.deepEqual(await shown(opened), ["service-0150"]);
        await page.keyboard.press("Enter");
        await page.locator("svg.drawing").waitFor();
        // What a person would call at once, with room for a machine that is busy.
        assert.ok(Date.now() - begun < 30_000);
        quiet(opened);
    });
});
