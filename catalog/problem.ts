/** Where something stands in the configuration, for example `["services", "orders", "deploy", "cluster"]`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the stack file, or that its author should know. */
export interface Problem {
    /** Where it is; relative to the part that is checked until `config/` or `blueprint/` has placed it. */
    readonly path: Path;

    /** What was expected, what was found, and what to do. */
    readonly message: string;
}

/** `path` as people write it: `services.orders.paths[0]`. */
export function pathText(path: Path): string {
    return path.reduce<string>(
        (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
        "",
    );
}
