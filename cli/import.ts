import { readFileSync } from "node:fs";
import { key } from "../catalog/words";
import { isMap } from "../config/values";
import { entryText } from "./add/entry-text";
import { importOptions, importUsage } from "./import-options";
import type { Projects } from "./import/builds";
import { imported, type Imported } from "./import/service";
import { UsageError } from "./options";
import { wrapped } from "./status/words";
import { asCommand } from "./command";

/** Width of the comments. */
const width = 116;

/** The entry of a stack file for the pipeline in the text `json`, with what has to be known of it above. */
export function importText(json: string, projects?: string, name?: string): string {
    const names = key("name of a service").safeParse(name ?? "service");
    if (!names.success) {
        throw new UsageError(`--name: expected ${names.error.issues[0]?.message}, found ${JSON.stringify(name)}`);
    }
    const known = projects === undefined ? undefined : projectsOf(parsed(projects, "--projects"));
    return textOf(imported(parsed(json, "--from-json"), known, name));
}

function textOf({ name, entry, environments, toFill, notExpressed }: Imported): string {
    const items = environments.map(
        environment => `- ${entryText("x", environment, 2).split("\n").slice(1).join("\n").slice(2)}`,
    );
    return [
        ...section(
            "Environments that the stack file has to have, in this order:",
            items.flatMap(item => item.split("\n")),
        ),
        ...section(
            "To fill in:",
            toFill.flatMap(([word, what]) => wrapped(`${word}: ${what}`, width)),
        ),
        ...section(
            "Not expressed by this entry:",
            notExpressed.flatMap(([path, why]) => wrapped(`${path}: ${why}`, width)),
        ),
        entryText(name, entry, 2),
        "",
    ].join("\n");
}

const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`# ${title}`, ...lines.map(line => `#   ${line}`), "#"];

/** @throws Error where `text` is no JSON */
function parsed(text: string, option: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch (error) {
        throw new Error(
            `${option}: expected JSON, found ${JSON.stringify(text.trim().slice(0, 40))}: ${(error as Error).message}`,
        );
    }
}

/** @throws Error where `json` has no projects */
function projectsOf(json: unknown): Projects {
    const list = isMap(json) ? json.projects : undefined;
    if (!Array.isArray(list)) {
        throw new Error("--projects: expected what `aws codebuild batch-get-projects` prints, with a list `projects`");
    }
    return new Map(list.filter(isMap).map(project => [typeof project.name === "string" ? project.name : "", project]));
}

/** @throws Error where it cannot be read */
function fileText(path: string, option: string): string {
    try {
        return readFileSync(path === "-" ? 0 : path, "utf8");
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new Error(`${option}: ${code === "ENOENT" ? `no file ${JSON.stringify(path)}` : message}`);
    }
}

function run(args: readonly string[]): string {
    const { json, projects, name, help } = importOptions(args);
    return help
        ? `${importUsage}\n`
        : importText(
              fileText(json, "--from-json"),
              projects === undefined ? undefined : fileText(projects, "--projects"),
              name,
          );
}

if (require.main === module) {
    asCommand(() => {
        process.stdout.write(run(process.argv.slice(2)));
        return 0;
    });
}
