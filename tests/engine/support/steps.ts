import * as fs from "node:fs";

/** One operation on one resource, as the engine planned it. */
export interface Step {
    /** `create`, `update`, `delete`, `same`, or one of `create-replacement`, `replace`, `delete-replaced`, … */
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Paths of the inputs that differ: `stages[1].actions[0].configuration.ProjectName`. */
    readonly diff: readonly string[];
    /** The inputs that force a replacement. */
    readonly replaces: readonly string[];
    /** Whether the provider refused it. */
    readonly failed: boolean;
}

interface Metadata {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly keys?: readonly string[];
    readonly diffs?: readonly string[];
    readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

interface EngineEvent {
    readonly resourcePreEvent?: { readonly metadata: Metadata };
    readonly resOpFailedEvent?: { readonly metadata: Metadata };
    readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** What an event log says. */
export interface Events {
    readonly steps: readonly Step[];
    /** Error messages, without colours. */
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
}

function step(metadata: Metadata, failed: boolean): Step {
    const { op, urn, type, keys, diffs, detailedDiff } = metadata;
    return {
        op,
        urn,
        type,
        name: urn.split("::").slice(3).join("::"),
        diff: Object.keys(detailedDiff ?? {}).length > 0 ? Object.keys(detailedDiff ?? {}).sort() : (diffs ?? []),
        replaces: keys ?? [],
        failed,
    };
}

/**
 * Reads the engine's event log: it has every operation once, for `up`, `preview` and `destroy` alike. What the CLI
 * prints, with `--json` or without, differs between them and between versions.
 */
export function readEvents(file: string): Events {
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
    const events = lines.filter(line => line !== "").map(line => JSON.parse(line) as EngineEvent);
    const failed = new Set(
        events.flatMap(({ resOpFailedEvent: event }) => (event ? [`${event.metadata.op} ${event.metadata.urn}`] : [])),
    );
    const diagnostics = (severity: string): string[] =>
        events
            .flatMap(({ diagnosticEvent: event }) => (event?.severity === severity ? [event.message] : []))
            .map(message => message.replace(/<\{%[^%]*%\}>/g, "").trim());
    return {
        steps: events.flatMap(({ resourcePreEvent: event }) =>
            event ? [step(event.metadata, failed.has(`${event.metadata.op} ${event.metadata.urn}`))] : [],
        ),
        errors: diagnostics("error"),
        warnings: diagnostics("warning"),
    };
}
