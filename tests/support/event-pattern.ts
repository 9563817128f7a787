const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether `value` is one of what a list of a pattern allows: texts, `prefix`, `exists` and `anything-but` texts. */
function allowed(allowances: readonly unknown[], value: unknown): boolean {
    return allowances.some(one => {
        if (!isRecord(one)) {
            return one === value;
        }
        if ("exists" in one) {
            return (value !== undefined) === one.exists;
        }
        if ("prefix" in one) {
            return (Array.isArray(value) ? value : [value]).some(
                text => typeof text === "string" && text.startsWith(String(one.prefix)),
            );
        }
        if ("anything-but" in one) {
            return value !== undefined && !(one["anything-but"] as readonly unknown[]).includes(value);
        }
        throw new Error(`an operator that the tests do not know: ${JSON.stringify(one)}`);
    });
}

/**
 * Whether an EventBridge event pattern matches `event`; of operators it knows those that the program uses.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: Readonly<Record<string, unknown>>, event: unknown): boolean {
    return Object.entries(pattern).every(([key, wanted]) => {
        if (key === "$or") {
            return (wanted as readonly Readonly<Record<string, unknown>>[]).some(one => matchesPattern(one, event));
        }
        const value = isRecord(event) ? event[key] : undefined;
        return Array.isArray(wanted)
            ? allowed(wanted, value)
            : isRecord(wanted) && isRecord(value) && matchesPattern(wanted, value);
    });
}
