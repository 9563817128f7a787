import { isDeepStrictEqual } from "node:util";
import { shown } from "../../catalog/reference";
import type { ActionPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import type { Difference } from "./model";

/** `{ what, before, after }` in a list, where both are not the same. */
export const difference = (what: string, before: unknown, after: unknown): Difference[] => {
    const [was, is] = [textOf(before), textOf(after)];
    return was === is
        ? []
        : [{ what, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
};

function textOf(value: unknown): string | undefined {
    return value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);
}

/** What is different of two pipelines of one name, in words. */
export function differences(was: PipelinePlan, now: PipelinePlan): Difference[] {
    return [
        ...difference("execution mode", was.executionMode, now.executionMode),
        ...difference("starts", was.starts.join("; "), now.starts.join("; ")),
        ...difference("triggers", was.triggers, now.triggers),
        ...difference("variables", was.variables, now.variables),
        ...difference("tags", was.tags, now.tags),
        ...byName(was.stages, now.stages).flatMap(([name, before, after]) =>
            before === undefined || after === undefined
                ? difference(`stage ${name}`, before && stageWords(before), after && stageWords(after))
                : stageDifferences(name, before, after),
        ),
        ...byName(named(was), named(now)).flatMap(
            ([name, { name: _, ...before } = { name }, { name: __, ...after } = { name }]) =>
                mapDifferences(name, before, after),
        ),
    ];
}

/** The components of a pipeline, with what a reviewer reads of them. */
const named = ({ components }: PipelinePlan) =>
    components.map(({ logicalName, ...rest }) => {
        const { grants, component, batch, ...settings } = rest as typeof rest & { grants?: unknown; batch?: unknown };
        return { ...settings, name: `${component} ${logicalName}` };
    });

const stageWords = ({ actions }: StagePlan) => actions.map(({ name }) => name).join(", ");

function stageDifferences(name: string, was: StagePlan, now: StagePlan): Difference[] {
    const gates = (rules: StagePlan["before"]) => rules.map(({ summary }) => summary).join("; ");
    return [
        ...difference(`${name}: gates before`, gates(was.before), gates(now.before)),
        ...difference(`${name}: gates after`, gates(was.after), gates(now.after)),
        ...difference(`${name}: on failure`, was.onFailure, now.onFailure),
        ...mapDifferences(`${name}: approval`, was.approval ?? {}, now.approval ?? {}),
        ...difference(`${name}: rolled back by`, (was.rollbackOn ?? []).join(", "), (now.rollbackOn ?? []).join(", ")),
        ...byName(was.actions, now.actions).flatMap(([action, before, after]) =>
            before === undefined || after === undefined
                ? difference(`${name}: action ${action}`, before?.summary, after?.summary)
                : mapDifferences(`${name}: ${action}`, actionWords(before), actionWords(after)),
        ),
    ];
}

/** What a reviewer reads of an action. */
const actionWords = ({
    configuration,
    action,
    name,
    summary,
    path,
    timeoutMinutes,
    targets,
    passes,
    readers,
    compute,
    ...rest
}: ActionPlan) => ({
    ...rest,
    provider: action.provider,
    ...(compute && { commands: compute.commands }),
    ...Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, shown(value)])),
});

function mapDifferences(what: string, was: object, now: object): Difference[] {
    const [before, after] = [was, now] as Readonly<Record<string, unknown>>[];
    return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap(key =>
        isDeepStrictEqual(before[key], after[key]) ? [] : difference(`${what}: ${key}`, before[key], after[key]),
    );
}

/** Those of two lists by their names, in the order of the second. */
function byName<T extends { readonly name: string }>(was: readonly T[], now: readonly T[]) {
    const [old, current] = [was, now].map(all => new Map(all.map(one => [one.name, one])));
    return [...new Set([...current.keys(), ...old.keys()])].map(
        name => [name, old.get(name), current.get(name)] as const,
    );
}
