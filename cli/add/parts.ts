import { buildSort, deploySort, sourceSort } from "../../config/sorts";
import { mapOf, type Words } from "../../config/values";

/** The parts of a service that it cannot do without. */
export const parts = ["source", "build", "deploy"] as const;

export type Part = (typeof parts)[number];

/** What is said of a new service, by its parts. */
export type Given = Readonly<Record<Part, Words>>;

/** How each of them is read. */
export const sorts = { source: sourceSort, build: buildSort, deploy: deploySort };

/** Words that can stand behind `type` in `part`. */
export const typesOf = (part: Part): readonly string[] => sorts[part].kinds.map(({ type }) => type);

/** The stack file that a service is added to, as far as that matters. */
export interface Around {
    readonly defaults: Words;
    readonly services: Readonly<Record<string, unknown>>;
}

/** The part of what a stack file says that a new service is written after. */
export const aroundOf = (values: Words): Around => ({
    defaults: mapOf(values.defaults),
    services: mapOf(values.services),
});

/** The type of `part`, whether the service says it, the defaults, or nobody; undefined where nobody has to. */
export function typeOf(part: Part, words: unknown, { defaults }: Around): string | undefined {
    const said = mapOf(words).type ?? mapOf(defaults[part]).type ?? sorts[part].defaultType;
    return typeof said === "string" ? said : undefined;
}
