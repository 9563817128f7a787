import { costAtRest } from "../../blueprint/cost";
import { changeOf, type FleetChange } from "../../blueprint/change";
import { madePipelines } from "../../blueprint/part";
import type { FleetPlan } from "../../blueprint/plan";
import { releaseCost } from "../../blueprint/release-cost";
import type { Previous } from "../baseline";
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
    if (previous.plan === undefined) {
        return {
            blocks: [{ lines: [heading, "", "It has problems there, so that nothing can be compared."] }],
            services: [],
        };
    }
    const change = changeOf(previous.plan, plan);
    const replaced = replacedOf(previous.plan, plan);
    const lines = [...changeLines(change), ...replacedLines(replaced)];
    return {
        blocks: [
            { lines: [heading, "", ...(lines.length === 0 ? ["No pipeline changes."] : lines)], head: 3 },
            permissionsBlock(previous, plan),
            costBlock(previous.plan, plan),
        ],
        services: servicesOf(change, plan),
    };
}

function changeLines({ added, removed, edited, beside }: FleetChange): string[] {
    const back = edited.filter(({ rollsBack }) => rollsBack).map(({ service }) => service);
    return [
        ...(added.length === 0 ? [] : [`- **added**: ${codes(added)}`]),
        ...(removed.length === 0 ? [] : [`- **removed**: ${codes(removed)}`]),
        ...edited.map(
            ({ service, stages }) =>
                `- **changed**: ${code(service)}, ${stages.length === 0 ? "the pipeline as a whole" : `in ${codes(stages)}`}`,
        ),
        ...(beside.length === 0
            ? []
            : [`- **changed beside the pipeline** (projects and roles alone): ${codes(beside)}`]),
        ...(edited.length === 0
            ? []
            : [
                  "- Saving a changed pipeline stops what runs in it, and until the next success there is nothing to go back to: bring it up when none runs.",
              ]),
        ...(back.length === 0 ? [] : [`- Of these go back by themselves, and until then cannot: ${codes(back)}`]),
    ];
}

/** What is the same to Pulumi, and has another name, account or region in AWS: it is made anew. */
function replacedOf(before: FleetPlan, after: FleetPlan): string[] {
    const old = new Map(madePipelines(before).map(pipeline => [pipeline.logicalName, pipeline.arn]));
    const shared = [before, after].map(({ shared: { store } }) => store.bucket);
    return [
        ...madePipelines(after)
            .filter(({ logicalName, arn }) => old.has(logicalName) && old.get(logicalName) !== arn)
            .map(({ logicalName }) => `the pipeline ${logicalName}`),
        ...(shared[0] === shared[1] ? [] : ["the artifact bucket, and with it what can be gone back to"]),
    ];
}

const replacedLines = (replaced: readonly string[]) =>
    replaced.length === 0 ? [] : [`- **replaced**: ${codes(replaced)}`];

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
            .map(({ what, statement: { Sid, Action, Resource } }) =>
                what === "trust"
                    ? `  - another may become it: ${code(Sid)}`
                    : `  - ${codes(Action)} on ${codes(Resource)}`,
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

/** The services that have a pipeline which is new or another one. */
function servicesOf({ added, edited }: FleetChange, plan: FleetPlan): string[] {
    const names = new Set([...added, ...edited.map(({ service }) => service)]);
    return [
        ...new Set(
            madePipelines(plan)
                .filter(({ logicalName }) => names.has(logicalName))
                .map(({ service }) => service),
        ),
    ];
}
