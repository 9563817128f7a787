import * as assert from "node:assert/strict";
import { join } from "node:path";
import { planStack } from "../../blueprint/stack";
import { reportOf } from "../../cli/report/data";
import { fromFile } from "../../config/from-file";
import { fleet } from "../blueprint/stacks/support";
import { committedText, reported } from "../cli/report/support/reports";
import { inFolder } from "../support/stack-files";
import { needsBrowser, overflow, violations } from "./support/browser";

describe("the overview of the report in a browser", function () {
    const browser = needsBrowser(this);

    it("lists the stacks that stand on a platform, with their services behind each", async () => {
        const report = inFolder(fleet, folder => {
            const file = join(folder, "Pulumi.base.yaml");
            const source = fromFile(file, "base");
            return reportOf({ stack: "base", file, source, ...planStack(source) });
        });
        const { page, trouble } = await browser.open(report, { width: 320 });
        const stacks = page.locator("[aria-labelledby=standing] details");
        assert.deepEqual(await stacks.locator("summary").allInnerTexts(), ["team-a 1 service", "team-b 2 services"]);
        await stacks.nth(1).locator("summary").click();
        assert.deepEqual(await stacks.nth(1).locator("li").allInnerTexts(), ["mail", "web"]);
        assert.ok((await overflow(page)) <= 0);
        assert.deepEqual([await violations(page), trouble], [[], []]);
    });

    it("marks the quotas that are near their limit, by the share that the report says", async () => {
        const { report } = reported(committedText("prod"), "prod");
        assert.ok(report.fleet);
        const most = Math.max(...report.fleet.quotas.map(({ used, limit }) => used / limit));
        for (const [headroom, marked] of [
            [most, true],
            [most + 0.01, false],
        ] as const) {
            const { page } = await browser.open({ ...report, fleet: { ...report.fleet, headroom } });
            assert.equal((await page.locator(".quotas li.warn").count()) > 0, marked);
        }
        assert.equal(report.fleet.headroom, 0.8);
    });
});
