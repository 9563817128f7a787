/** A property bag as the engine sends it: plain JSON in which secrets are wrapped and unknown values are a sentinel. */
export type Properties = Record<string, unknown>;

/** What stands where a value is not known yet, in a preview. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks a wrapped value, and its value for secrets: both are fixed by Pulumi's wire format. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** One property that differs, with the path at which the engine shows it. */
export interface Difference {
    readonly path: string;
    readonly kind: "add" | "delete" | "update";
}

/** One value and where it was found. */
export interface Found {
    readonly path: string;
    readonly value: unknown;
}

function isRecord(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value without the secret wrappers, at any depth, and without `null` properties, which mean "not given". */
export function plain(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (!isRecord(value)) {
        return value;
    }
    if (value[signatureKey] === secretSignature) {
        return plain(value.value);
    }
    return Object.fromEntries(
        Object.entries(value)
            .filter(([, item]) => item !== null && item !== undefined)
            .map(([key, item]) => [key, plain(item)]),
    );
}

/** {@link plain} of a whole property bag. */
export function plainProperties(properties: Properties): Properties {
    return plain(properties) as Properties;
}

/** Whether the value is secret, or holds a secret at any depth. */
export function holdsSecret(value: unknown): boolean {
    if (Array.isArray(value)) {
        return value.some(holdsSecret);
    }
    return isRecord(value) && (value[signatureKey] === secretSignature || Object.values(value).some(holdsSecret));
}

/** Wraps a value so that the engine encrypts it. */
export function secret(value: unknown): unknown {
    return { [signatureKey]: secretSignature, value };
}

/** Whether the value, or anything in it, is not known yet. */
export function holdsUnknown(value: unknown): boolean {
    if (Array.isArray(value)) {
        return value.some(holdsUnknown);
    }
    return value === unknown || (isRecord(value) && Object.values(value).some(holdsUnknown));
}

function child(path: string, key: string | number): string {
    if (typeof key === "number") {
        return `${path}[${key}]`;
    }
    const named = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `[${JSON.stringify(key)}]`;
    return path === "" || named.startsWith("[") ? path + named : `${path}.${named}`;
}

/** Everything in which two plain values differ, at the deepest path at which both sides still have the same shape. */
export function differences(before: unknown, after: unknown, path = ""): readonly Difference[] {
    if (before === undefined || after === undefined) {
        return before === after ? [] : [{ path, kind: before === undefined ? "add" : "delete" }];
    }
    if (Array.isArray(before) && Array.isArray(after)) {
        const length = Math.max(before.length, after.length);
        return Array.from({ length }, (_, i) => differences(before[i], after[i], child(path, i))).flat();
    }
    if (isRecord(before) && isRecord(after)) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        return keys.flatMap(key => differences(before[key], after[key], child(path, key)));
    }
    return before === after ? [] : [{ path, kind: "update" }];
}

/** The values at a path such as `stages[*].actions[*].roleArn`; what is absent is not listed. */
export function valuesAt(properties: Properties, path: string): readonly Found[] {
    let found: readonly Found[] = [{ path: "", value: properties }];
    for (const step of path.replaceAll("[*]", ".*").split(".")) {
        found = found.flatMap(({ path: at, value }) => {
            if (step === "*") {
                return Array.isArray(value) ? value.map((item, i) => ({ path: child(at, i), value: item })) : [];
            }
            return isRecord(value) && value[step] !== undefined ? [{ path: child(at, step), value: value[step] }] : [];
        });
    }
    return found;
}
