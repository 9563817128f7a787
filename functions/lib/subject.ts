/** What a pipeline is about, as its name says. */
export interface Subject {
    readonly service: string;
    /** Whether it checks pull requests, and releases nothing. */
    readonly check: boolean;
}

/**
 * The subject of `pipeline`: `shop--orders` releases orders, `shop--orders--check` checks its pull requests, and a long name has
 * a hash before the service. Undefined for a pipeline of another stack.
 */
export function subjectOf(pipeline: string, prefix: string): Subject | undefined {
    const [, service, check] =
        new RegExp(`^${prefix}--(?:\\d[0-9a-f]{7}--)?([a-z][a-z0-9-]*?)(--check)?$`).exec(pipeline) ?? [];
    return service === undefined || service.includes("--") ? undefined : { service, check: check !== undefined };
}
