import type { SettingChange } from "./fact";

/** The same change of several pipelines. */
export interface SharedChange extends SettingChange {
    /** Logical names of the pipelines that have it; none of what is of the stack. */
    readonly pipelines: readonly string[];
}

/** What is different of one pipeline. */
export interface PipelineSettings {
    /** Logical name of the pipeline. */
    readonly key: string;
    readonly service: string;
    readonly changes: readonly SettingChange[];
}

/** `text` with `{service}` for the name of `service`, as the stack file says it. */
function generic(text: string, service: string): string {
    const name = service.replace(/[^\w-]/g, "");
    return text.replace(new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`, "g"), "{service}");
}

/**
 * Changes of `all`, each once: pipelines that have the same one stand together, also where it is the same but for the name of the
 * service; and so do places of the same pipelines. What is weaker comes first.
 */
export function together(all: readonly PipelineSettings[]): SharedChange[] {
    const groups = new Map<string, { change: SettingChange; generic: SettingChange; pipelines: string[] }>();
    for (const { key, service, changes } of all) {
        for (const change of changes) {
            const same = {
                ...change,
                what: generic(change.what, service),
                before: generic(change.before, service),
                after: generic(change.after, service),
            };
            const id = JSON.stringify(same);
            const group = groups.get(id) ?? { change, generic: same, pipelines: [] };
            groups.set(id, group);
            group.pipelines.push(key);
            // Where their own words are not the same, those of the group stand for them.
            group.change = JSON.stringify(group.change) === JSON.stringify(change) ? change : group.generic;
        }
    }
    const shared = [...groups.values()].map(({ change, pipelines }): SharedChange => ({ ...change, pipelines }));
    const united = unitedPlaces(shared);
    return [...united.filter(({ weaker }) => weaker), ...united.filter(({ weaker }) => !weaker)];
}

/** Changes that are the same but for where they are, as one: `dev, staging`. */
function unitedPlaces(all: readonly SharedChange[]): SharedChange[] {
    const byRest = new Map<string, SharedChange>();
    for (const change of all) {
        const id = JSON.stringify({ ...change, where: "" });
        const known = byRest.get(id);
        byRest.set(id, known === undefined ? change : { ...known, where: `${known.where}, ${change.where}` });
    }
    return [...byRest.values()];
}
