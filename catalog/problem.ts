/** Where something stands in the configuration, for example `["services", "orders", "deploy", "cluster"]`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the stack file, or that its author should know. */
export interface Problem {
    /** Where it is; relative to the part that is checked until `config/` or `blueprint/` has placed it. */
    readonly path: Path;

    /** What was expected, what was found, and what to do. */
    readonly message: string;
}

/** A key as a message shows it: one with white space in quotes, so that it can be seen. */
export const keyText = (key: string) => (/^\S+$/.test(key) ? key : JSON.stringify(key));

/** `path` as people write it: `services.orders.paths[0]`. */
export function pathText(path: Path): string {
    return path.reduce<string>(
        (text, key) =>
            typeof key === "number" ? `${text}[${key}]` : text === "" ? keyText(key) : `${text}.${keyText(key)}`,
        "",
    );
}
