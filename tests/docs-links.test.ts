import * as assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pages, textOf } from "./support/pages";

const root = join(__dirname, "..");

/** The text of a page without its code, in which brackets are no links, and lines with `#` no headings. */
const proseOf = (page: string) =>
    textOf(page)
        .replaceAll(/^( *)```[^]*?^\1```$/gm, "")
        .replaceAll(/`[^`\n]*`/g, code => code.replaceAll(/[[\]()]/g, "·"));

/** What a page calls its headings: letters of any case, and what GitHub leaves out of an anchor is left out. */
const anchorsOf = (page: string) =>
    [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        heading
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
            .replaceAll(" ", "-"),
    );

/** Where the links of a page lead: behind `](`, or behind `[name]: `. */
const linksOf = (page: string) =>
    [...proseOf(page).matchAll(/\]\((?:<([^>]*)>|([^)\s]+))\)|^\[[^\]]+\]: (\S+)$/gm)].map(
        ([, pointed, plain, named]) => pointed ?? plain ?? named,
    );

describe("links in pages", () => {
    it("are found", () => {
        assert.ok(pages.length > 80, `${pages.length} pages`);
        assert.ok(pages.flatMap(linksOf).length > 400);
    });

    for (const page of pages) {
        it(`${page}: lead to files and headings that there are`, () => {
            const broken = linksOf(page).filter(link => {
                if (/^[a-z]+:/.test(link)) {
                    return !URL.canParse(link) || !/^(https:|mailto:)/.test(link);
                }
                const [path, anchor] = link.split("#");
                const file = path === "" ? page : relative(root, join(root, dirname(page), path));
                return (
                    file.startsWith("..") ||
                    !existsSync(join(root, file)) ||
                    (anchor !== undefined && !anchorsOf(file).includes(anchor))
                );
            });
            assert.deepEqual(broken, []);
        });
    }

    it("lead to each page from README.md, by way of others", () => {
        const reached = new Set<string>();
        const follow = (page: string) => {
            if (!reached.has(page) && page.endsWith(".md")) {
                reached.add(page);
                linksOf(page)
                    .filter(link => !/^[a-z]+:|^#/.test(link))
                    .forEach(link => follow(join(dirname(page), link.split("#")[0])));
            }
        };
        follow("README.md");
        assert.deepEqual(
            pages.filter(page => !reached.has(page)),
            [],
        );
    });
});
