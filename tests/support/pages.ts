import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

const markdownIn = (folder: string, recursive: boolean) =>
    readdirSync(join(root, folder), { recursive, encoding: "utf8" })
        .filter(file => file.endsWith(".md"))
        .map(file => join(folder, file));

/** The pages of the project, by their paths from its folder. */
export const pages: readonly string[] = [
    ...markdownIn(".", false),
    ...markdownIn("docs", true),
    ...markdownIn("bench", false),
].sort();

export const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** The code blocks of `page` in `language`, without the indentation of the list that they stand in. */
export const blocksOf = (page: string, language: string): string[] =>
    [...textOf(page).matchAll(new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^\\1\`\`\`$`, "gm"))].map(
        ([, indent, text]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    );
