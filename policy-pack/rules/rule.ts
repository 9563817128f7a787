/** What is known only once it is deployed, such as the ARN of a key that a preview has not made. */
export const unknown: unique symbol = Symbol("unknown");

/** One resource of a stack, whoever wrote it, as the engine shows it before it is deployed. */
export interface Resource {
    /** Type token, for example `aws:iam/role:Role`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    readonly urn: string;
    /** Plain values, and {@link unknown} in the place of what is not known yet. */
    readonly props: Readonly<Record<string, unknown>>;
    /** By property, the URNs of the resources that its value comes from. */
    readonly references: Readonly<Record<string, readonly string[]>>;
}

/** What a rule found, or could not see yet. */
export type Result = Found | Unseen;

/** What does not hold. */
export interface Found {
    readonly urn: string;
    /** Logical name of the resource. */
    readonly name: string;
    /** The property. */
    readonly at: string;
    readonly message: string;
}

/** What can be looked at only once it is deployed. */
export interface Unseen {
    readonly urn: string;
    readonly name: string;
    readonly at: string;
    readonly unseen: true;
}

/** Settings of a rule, by their names in its schema. */
export type Settings = Readonly<Record<string, readonly string[] | boolean | number>>;

/** One setting of a rule. */
export interface Setting {
    readonly type: "strings" | "boolean" | "number";
    readonly description: string;
    readonly default: readonly string[] | boolean | number;
}

/** What must hold of resources, of one or of several together. */
export interface Rule {
    readonly name: string;
    readonly description: string;
    readonly level: "mandatory" | "advisory";
    readonly severity: "low" | "medium" | "high" | "critical";
    readonly settings?: Readonly<Record<string, Setting>>;
    /** Looks at one resource: what is found refuses it before it is made. */
    readonly check?: (resource: Resource, settings: Settings) => readonly Result[];
    /** Looks at all of a stack, where one resource says something about another. */
    readonly checkStack?: (resources: readonly Resource[], settings: Settings) => readonly Result[];
}

/** All that `rule` has to say of a stack. */
export const resultsOf = (rule: Rule, resources: readonly Resource[], settings: Settings): readonly Result[] => [
    ...(rule.check === undefined ? [] : resources.flatMap(resource => rule.check?.(resource, settings) ?? [])),
    ...(rule.checkStack?.(resources, settings) ?? []),
];

/** The defaults of a rule's settings. */
export const defaultsOf = ({ settings = {} }: Rule): Settings =>
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.default]));

export const isFound = (result: Result): result is Found => !("unseen" in result);

/** What was expected at a property of `resource`, what is there, and what to do about it. */
export const found = ({ urn, name }: Resource, at: string, expected: string, what: string, remedy: string): Found => ({
    urn,
    name,
    at,
    message: `${name} ${at}: expected ${expected}, found ${what}: ${remedy}`,
});

export const unseen = ({ urn, name }: Resource, at: string): Unseen => ({ urn, name, at, unseen: true });

/** The value below `value` at `path`, {@link unknown} where any part of the way is. */
export function below(value: unknown, ...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>(
        (inner, key) =>
            isRecord(inner) || Array.isArray(inner)
                ? (inner as Record<string, unknown>)[key]
                : inner === unknown
                  ? unknown
                  : undefined,
        value,
    );
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of a list, the one of what is no list, and none of nothing. */
export const listed = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value];

/** Whether nothing is there; what is unknown is something. */
export const isMissing = (value: unknown) =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** A value in a message: nothing as "nothing". */
export const shown = (value: unknown): string => (isMissing(value) ? "nothing" : JSON.stringify(value));

/** `pattern`, in which `*` stands for any characters, as an expression for the whole of a text. */
export const glob = (pattern: string): RegExp =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`, "s");

/** Texts of a setting. */
export const texts = (settings: Settings, name: string): readonly string[] => {
    const value = settings[name];
    return Array.isArray(value) ? (value as readonly string[]) : [];
};

/** A rule of resources of some types: of others it says nothing. */
export const ofTypes =
    (types: readonly string[], check: (resource: Resource, settings: Settings) => readonly Result[]) =>
    (resource: Resource, settings: Settings): readonly Result[] =>
        types.includes(resource.type) ? check(resource, settings) : [];

/** A check that one property is `expected`, by `holds`; what is not known yet is left for the deployment. */
export const property =
    (path: readonly (string | number)[], expected: string, remedy: string, holds: (value: unknown) => boolean) =>
    (resource: Resource): readonly Result[] => {
        const value = below(resource.props, ...path);
        const at = path.join(".");
        return value === unknown
            ? [unseen(resource, at)]
            : holds(value)
              ? []
              : [found(resource, at, expected, shown(value), remedy)];
    };

/** A check that a property names a key of KMS that is the account's own. */
export const ownKey = (path: readonly (string | number)[], remedy: string) =>
    property(path, "a key of KMS of your own", remedy, isOwnKey);

/** Whether `value` is a key, an ARN or an alias that AWS does not own. */
export const isOwnKey = (value: unknown) =>
    typeof value === "string" && value !== "" && !/(^|:)alias\/aws\//.test(value);
