import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { htmlOf } from "../../../cli/report/html";
import type { Report } from "../../../cli/report/model";

/** Names the browser, where it is not on the PATH under one of {@link commands}. */
export const variable = "CHROMIUM";

const commands = ["chromium", "chromium-browser", "google-chrome"];

/** The browser, or nothing where there is none. */
function executable(): string | undefined {
    const folders = (process.env.PATH ?? "").split(delimiter);
    const named = process.env[variable];
    const all = named === undefined ? folders.flatMap(folder => commands.map(name => join(folder, name))) : [named];
    return all.find(file => {
        try {
            accessSync(file, constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
}

/** The browser speaks to nobody but the test. */
const flags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** How a page is looked at. */
export interface Look {
    readonly width?: number;
    readonly height?: number;
    readonly colorScheme?: "light" | "dark";
    /** Behind `#/` of the address. */
    readonly at?: string;
}

/** A report that is open in a browser. */
export interface Opened {
    readonly page: Page;
    /** What went wrong, or went out: errors, messages of the console, requests of anything but the file. */
    readonly trouble: readonly string[];
}

/** A browser for a suite: started before it, ended after it. */
export class Browser {
    private context?: BrowserContext;
    private folder = "";

    /** Opens `report` in a page of its own. */
    async open(
        report: Report,
        { width = 1280, height = 900, colorScheme = "light", at = "" }: Look = {},
    ): Promise<Opened> {
        const file = join(mkdtempSync(join(this.folder, "report-")), "report.html");
        writeFileSync(file, htmlOf(report));
        const url = pathToFileURL(file).href;
        if (this.context === undefined) {
            throw new Error("the browser has not started");
        }
        const page = await this.context.newPage();
        const trouble: string[] = [];
        page.on("pageerror", error => trouble.push(`error: ${error.message}`));
        page.on("console", message => trouble.push(`console: ${message.text()}`));
        page.on("dialog", dialog => {
            trouble.push(`dialog: ${dialog.message()}`);
            void dialog.dismiss();
        });
        page.on("request", request => {
            if (request.url().split("#")[0] !== url) {
                trouble.push(`request: ${request.url()}`);
            }
        });
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.goto(at === "" ? url : `${url}#/${at}`);
        await page.waitForSelector("main > *");
        return { page, trouble };
    }

    async start(file: string): Promise<void> {
        this.folder = mkdtempSync(join(tmpdir(), "browser-"));
        this.context = await chromium.launchPersistentContext(join(this.folder, "profile"), {
            executablePath: file,
            headless: true,
            args: flags,
            timeout: 120_000,
        });
        this.context.setDefaultTimeout(60_000);
    }

    async close(): Promise<void> {
        await this.context?.close();
        rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

/** A browser for a suite, which is skipped, with one line that says why, where there is none. */
export function needsBrowser(suite: Mocha.Suite): Browser {
    suite.timeout(240_000);
    const browser = new Browser();
    let started = false;
    before("the browser is there", async function () {
        const file = executable();
        if (file === undefined) {
            console.log(`    skipped: no ${commands.join(", ")} on the PATH, and ${variable} names none`);
            this.skip();
        }
        started = true;
        await browser.start(file);
    });
    after(async () => {
        if (started) {
            await browser.close();
        }
    });
    return browser;
}

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds against the accessibility of a page, in words. */
export async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found = await page.evaluate<
        {
            readonly id: string;
            readonly help: string;
            readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
        }[]
    >(
        "axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))",
    );
    return found.map(
        ({ id, help, nodes }) =>
            `${id}: ${help}\n${nodes
                .slice(0, 3)
                .map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n  ${failureSummary}`)
                .join("\n")}`,
    );
}

/** How much wider than its window a page is, in pixels. */
export const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** How many pages of A4 a page takes in print. */
export async function printedPages(page: Page): Promise<number> {
    const margin = "12mm";
    const pdf = await page.pdf({ format: "A4", margin: { top: margin, bottom: margin, left: margin, right: margin } });
    return pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}
