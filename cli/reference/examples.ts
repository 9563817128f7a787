import type { Documented, DocumentedSort } from "./sorts";

/** A small stack file that shows one kind. */
export interface Example {
    /** `deploys/ecs.yaml`, below `examples/`. */
    readonly file: string;
    readonly text: string;
}

/** A piece of YAML that stands `spaces` in; its first line sets the margin. */
export function indented(yaml: string, spaces: number): string {
    const lines = yaml
        .replace(/^\s*\n/, "")
        .trimEnd()
        .split("\n");
    const margin = /^ */.exec(lines[0])?.[0].length ?? 0;
    return lines.map(line => (line.trim() === "" ? "" : " ".repeat(spaces) + line.slice(margin))).join("\n");
}

const below = (key: string, yaml: string | undefined, spaces: number): string =>
    yaml === undefined ? "" : `${" ".repeat(spaces)}${key}:\n${indented(yaml, spaces + 2)}\n`;

/** What a service of an example has unless the kind that is shown takes its place. */
const ordinary = {
    sources: "{ repository: acme/orders }",
    builds: "{ commands: [npm ci, npm test, npm run build] }",
    deploys: '{ type: s3, bucket: "shop-orders-{environment}" }',
} as const;

const part = (key: string, folder: keyof typeof ordinary, shown: string, kind: Documented): string =>
    folder === shown ? below(key, kind.example, 6) : `      ${key}: ${ordinary[folder]}\n`;

/** Name of the suite or step that an example shows. */
const unitName = { suites: "acceptance", steps: "prepare" } as const;

const units = (folder: "suites" | "steps", shown: string, kind: Documented): string =>
    folder === shown ? `      ${folder}:\n${below(unitName[folder], kind.example, 8)}` : "";

function gate({ on = [], example }: Documented): string {
    const lines = indented(example, 10).split("\n");
    return `      ${on[0]}:\n        - ${lines[0].trimStart()}\n${lines.slice(1).join("\n")}\n`;
}

/** Who is told in every example; of a target, that one beside. */
const targetKeys = (folder: DocumentedSort["folder"], kind: Documented): string[] => [
    "  service-pipelines:targets:\n",
    "    people: { type: sns, emails: [on-call@example.com] }\n",
    ...(folder === "targets" ? [below("shown", kind.example, 4)] : []),
    `  service-pipelines:notify: { people: [failed, recovered, alarm]${folder === "targets" ? ", shown: [failed, recovered]" : ""} }\n`,
];

/** The smallest stack file that shows `kind`, with what it needs around it. */
function stackText(folder: DocumentedSort["folder"], kind: Documented): string {
    const { around = {} } = kind;
    const own = (yaml: string) =>
        yaml.replace(/^( *)([a-zA-Z]+):/gm, (line, space: string, key: string) =>
            space.length === indentOf(yaml) ? `${space}service-pipelines:${key}:` : line,
        );
    const ofEach = around.environments === undefined ? "" : `${indented(around.environments, 6)}\n`;
    return [
        "# yaml-language-server: $schema=../../docs/stack-file.schema.json\n",
        `# ${folder}/${kind.type}: the smallest stack file that shows it. Made by \`npm run generate\` from catalog/${folder}/${kind.type}.ts.\n`,
        "config:\n",
        "  aws:region: eu-west-1\n",
        '  aws:allowedAccountIds: ["111111111111"]\n',
        "  service-pipelines:prefix: shop\n",
        "  service-pipelines:connections: { github: { provider: GitHub } }\n",
        "  service-pipelines:network: { create: { availabilityZones: 2, endpoints: [s3] } }\n",
        ...targetKeys(folder, kind),
        around.stack === undefined ? "" : `${indented(own(around.stack), 2)}\n`,
        "  service-pipelines:environments:\n",
        ...["dev", "staging", "prod"].map(name => `    - name: ${name}\n${ofEach}`),
        "      approval: { notify: [release@example.com] }\n",
        folder === "gates" ? gate(kind) : "",
        "  service-pipelines:defaults:\n",
        "    source: { type: connection, connection: github, branch: main }\n",
        "  service-pipelines:services:\n",
        "    orders:\n",
        part("source", "sources", folder, kind),
        part("build", "builds", folder, kind),
        units("suites", folder, kind),
        units("steps", folder, kind),
        part("deploy", "deploys", folder, kind),
        around.service === undefined ? "" : `${indented(around.service, 6)}\n`,
        around.services === undefined ? "" : `${indented(around.services, 4)}\n`,
    ].join("");
}

const indentOf = (yaml: string) => /^ */.exec(yaml.replace(/^\s*\n/, ""))?.[0].length ?? 0;

/** The example of every kind of `sort`. */
export const examplesOf = ({ folder, kinds }: DocumentedSort): Example[] =>
    kinds.map(kind => ({ file: `${folder}/${kind.type}.yaml`, text: stackText(folder, kind) }));
