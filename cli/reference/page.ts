import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionType } from "../../catalog/plan";
import { shown } from "../../catalog/reference";
import { indented } from "./examples";
import { keyRows } from "./keys";
import type { PlannedExample } from "./planned";
import type { Documented, DocumentedSort } from "./sorts";

/** What the docstring of a kind says: its text, and the pages that it names. */
export interface Docstring {
    readonly text: string;
    readonly pages: readonly string[];
}

/**
 * The docstring of the kind `type`, from its file in the catalog.
 *
 * @throws Error where it has none
 */
export function docstring(project: string, folder: string, type: string): Docstring {
    const file = join(project, "catalog", folder, `${type}.ts`);
    const before = readFileSync(file, "utf8").split(/^export const \w+ = (?:kind|gateKind|targetKind)\(/m)[0];
    const [, comment] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(before) ?? [];
    if (comment === undefined) {
        throw new Error(`${file}: the kind has no docstring`);
    }
    const lines = comment.split("\n").map(line => line.replace(/^\s*\*? ?/, "").trimEnd());
    return {
        text: lines
            .filter(line => !line.startsWith("@see"))
            .join("\n")
            .replace(/\{@link (\w+)\}/g, "`$1`")
            .trim(),
        pages: lines.flatMap(line => /^@see (\S+)/.exec(line)?.[1] ?? []),
    };
}

const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|");

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0
        ? []
        : [
              `| ${heads.join(" | ")} |`,
              `| ${heads.map(() => "---").join(" | ")} |`,
              ...rows.map(row => `| ${row.map(cell).join(" | ")} |`),
              "",
          ];

const counted = ([fewest, most]: readonly [number, number], noun: string) =>
    fewest === most ? `${most === 0 ? "no" : most} ${noun}${most === 1 ? "" : "s"}` : `${fewest} to ${most} ${noun}s`;

const actionLine = ({ category, owner, provider, version, inputs, outputs, docs, outsideVpc }: ActionType) =>
    `- action [${provider}](${docs}) (${category}, ${owner}, version ${version}): takes ${counted(inputs, "artifact")}, makes ${counted(outputs, "artifact")}${outsideVpc === undefined ? "" : `; runs outside the build network: ${outsideVpc}`}`;

function kindLines(folder: string, kind: Documented, { text, pages }: Docstring, planned: PlannedExample | undefined) {
    const actions = [...new Map((kind.actions ?? []).map(action => [actionLine(action), action])).keys()];
    const known = (kind.actions ?? []).map(({ docs }) => docs);
    const more = [...new Set([...pages, ...(kind.docs === undefined ? [] : [kind.docs])])].filter(
        page => !known.includes(page),
    );
    const stands = kind.on === undefined ? [] : [`- stands in ${kind.on.map(on => `\`${on}\``).join(" and ")}`];
    return [
        `## ${kind.type}`,
        "",
        text,
        "",
        ...actions,
        ...stands,
        addsLine(folder, planned?.resources ?? 0),
        ...(kind.limits ?? []).map(limit => `- ${limit}`),
        ...more.map(page => `- see ${page}`),
        "",
        "```yaml",
        indented(kind.example, 0),
        "```",
        "",
        `In a stack file: [examples/${folder}/${kind.type}.yaml](../../examples/${folder}/${kind.type}.yaml)`,
        "",
        ...table(
            ["key", "takes", "what it is", "default"],
            keyRows(kind.settings).map(({ key, type, required, description, fallback }) => [
                `\`${key}\``,
                type,
                description,
                required ? "**required**" : (fallback ?? ""),
            ]),
        ),
        ...table(
            ["why", "who", "may", "on"],
            (planned?.grants ?? []).map(({ who, grant }) => [
                grant.sid,
                who,
                grant.actions.map(action => `\`${action}\``).join(", "),
                `${grant.resources.map(resource => `\`${shown(resource)}\``).join(", ")}${grant.reason === undefined ? "" : ` (${grant.reason})`}`,
            ]),
        ),
    ];
}

/** Resources that a kind adds, in its example. */
function addsLine(folder: string, count: number): string {
    const adds = `- adds ${count === 0 ? "no resource" : count === 1 ? "1 resource" : `${count} resources`}`;
    return folder === "targets"
        ? `${adds} to the stack`
        : `${adds} beside the pipeline's own${count > 0 && ["deploys", "steps"].includes(folder) ? ", in each environment" : ""}`;
}

/** The page of one sort of kinds, in Markdown. */
export function page(
    { folder, title, kinds }: DocumentedSort,
    doc: (type: string) => Docstring,
    planned: (type: string) => PlannedExample | undefined,
): string {
    return [
        `# ${title}`,
        "",
        `Made by \`npm run generate\` from \`catalog/${folder}/\`; what is to be different is to be changed there.`,
        "",
        kinds.map(({ type }) => `[${type}](#${type})`).join(" · "),
        "",
        ...kinds.flatMap(kind => kindLines(folder, kind, doc(kind.type), planned(kind.type))),
    ]
        .join("\n")
        .replace(/\n+$/, "\n");
}
