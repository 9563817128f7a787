import { costAtRest } from "../../blueprint/cost";
import type { Outcome } from "../../blueprint/changes/outcomes";
import { madePipelines } from "../../blueprint/part";
import type { FleetPlan } from "../../blueprint/plan";
import { releaseCost } from "../../blueprint/release-cost";
import type { Previous } from "../baseline";
import { changeText, comparedWith, kindNames } from "../change-words";
import { dollars } from "../cost";
import { permissionsChange } from "../permissions-change";
import { plural } from "../plural";
import { code, codes } from "./escape";
import type { Block } from "./fit";

/** What a stack file changes, for whoever reviews it; and the services whose pipelines do. */
export function changeBlocks(
    previous: Previous,
    plan: FleetPlan,
): { readonly blocks: Block[]; readonly services: string[] } {
    const heading = `### Against ${code(previous.since)}`;
    const compared = comparedWith(previous, plan);
    if (previous.plan === undefined || compared === undefined) {
        return {
            blocks: [{ lines: [heading, "", "It has problems there, so that nothing can be compared."] }],
            services: [],
        };
    }
    const { pipelines, settings, notes } = compared;
    const lines = [
        ...kinds.flatMap(kind => kindLine(kind, pipelines)),
        ...storeLines(previous, plan),
        ...settings.map(
            change =>
                `- **${change.weaker ? "weaker" : "changed"}**: ${code(changeText(change))}${change.pipelines.length === 0 ? "" : ` (${whose(change.pipelines)})`}`,
        ),
        ...notes.map(({ text, names }) => `- ${[sentence(text), codes(names)].join(" ").trimEnd()}`),
    ];
    return {
        blocks: [
            { lines: [heading, "", ...(lines.length === 0 ? ["No pipeline changes."] : lines)], head: 3 },
            permissionsBlock(previous, plan),
            costBlock(previous.plan, plan),
        ],
        services: servicesOf(pipelines, plan),
    };
}

const kinds: readonly Outcome["kind"][] = ["added", "removed", "replaced", "changed", "beside"];

function kindLine(kind: Outcome["kind"], pipelines: readonly Outcome[]): string[] {
    const found = pipelines.filter(outcome => outcome.kind === kind);
    return found.length === 0
        ? []
        : [
              `- **${kindNames[kind]}**: ${found.map(({ key, before }) => `${code(key)}${before === undefined ? "" : ` (was ${code(before)})`}`).join(", ")}`,
          ];
}

/** Of one stack another name, account or region makes another bucket. */
function storeLines({ plan: before, beside }: Previous, after: FleetPlan): string[] {
    const [was, now] = [before, after].map(plan => plan?.shared.store.bucket);
    return was === now || beside !== undefined
        ? []
        : ["- **replaced**: the artifact bucket, and with it what can be gone back to"];
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(":") ? "" : "."}`;

const whose = (names: readonly string[]) =>
    names.length === 1
        ? code(names[0])
        : `${plural(names.length, "pipeline")}: ${codes(names.slice(0, 8))}${names.length > 8 ? ", …" : ""}`;

/** What became broader: the rest is in `npm start -- --permissions --compare`. */
function permissionsBlock(previous: Previous, plan: FleetPlan): Block {
    const { changes = [] } = permissionsChange(previous, plan, undefined);
    const broader = changes.filter(change => change.broader);
    const others = changes.length - broader.length;
    const lines = broader.flatMap(({ key, of, change, notes, differences }) => [
        `- ${code(key)} (${code(of)}) ${change === "added" ? "is new" : "may do more"}`,
        ...notes.filter(note => note.broader).map(({ text }) => `  - ${code(text)}`),
        ...differences
            .filter(difference => difference.broader)
            .map(({ what, statement: { Sid, Action, Resource }, was = [] }) =>
                what === "trust"
                    ? `  - another may become it: ${code(Sid)}`
                    : `  - ${codes(Action)} on ${codes(Resource)}${was.length === 0 ? "" : `, before on ${codes([...new Set(was.flatMap(one => one.Resource))])}`}`,
            ),
    ]);
    return {
        lines: [
            `**Permissions**: ${broader.length === 0 ? "nothing may do more than before" : `${plural(broader.length, "holder")} may do more than before`}${others === 0 ? "" : `; ${plural(others, "other change")}, none broader`}.`,
            ...(lines.length === 0 ? [] : ["", ...lines]),
        ],
        head: 1,
    };
}

/** What it costs more or less: at rest, and for each release. */
function costBlock(before: FleetPlan, after: FleetPlan): Block {
    const [was, is] = [before, after].map(plan => costAtRest(plan).monthlyIdle);
    const releases = (plan: FleetPlan) =>
        new Map(madePipelines(plan).map(pipeline => [pipeline.logicalName, releaseCost(plan, pipeline).usd]));
    const [old, now] = [releases(before), releases(after)];
    const lines = [...now].flatMap(([name, usd]) => {
        const previous = old.get(name);
        return previous === undefined || cents(previous) === cents(usd)
            ? []
            : [`- A release of ${code(name)}: ${cents(previous)} → ${cents(usd)}`];
    });
    return {
        lines: [
            `**Cost at rest**: ${dollars(was) === dollars(is) ? `${dollars(is)} a month, as before` : `${dollars(was)} → ${dollars(is)} a month`}.`,
            ...(lines.length === 0 ? [] : ["", ...lines]),
        ],
        head: 1,
    };
}

/** US dollars of something small. */
export const cents = (usd: number): string => `$${usd.toFixed(4)}`;

/** The services that have a pipeline which is new or another one, as they stand in the table. */
function servicesOf(pipelines: readonly Outcome[], plan: FleetPlan): string[] {
    const isOther = ({ kind }: Outcome) => kind !== "removed" && kind !== "beside";
    const names = new Set(pipelines.filter(isOther).map(({ service }) => service));
    return [...new Set(madePipelines(plan).map(({ service }) => service))].filter(name => names.has(name));
}
