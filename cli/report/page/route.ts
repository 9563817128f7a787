/** What of the report is shown: the address says it, so that it can be sent to somebody. */
export interface Route {
    /** Key of a pipeline. @default the overview */
    readonly pipeline?: string;
    readonly stage?: string;
    /** Name of an action, `before` or `after` for the gates of the stage. */
    readonly part?: string;
}

const decoded = (text: string) => {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
};

/** The route of an address, `#/orders/Build/Build`. */
export function routeOf(hash: string): Route {
    const [pipeline, stage, part] = hash
        .replace(/^#?\/?/, "")
        .split("/")
        .filter(text => text !== "")
        .map(decoded);
    return {
        ...(pipeline !== undefined && { pipeline }),
        ...(stage !== undefined && { stage }),
        ...(part !== undefined && { part }),
    };
}

/** The address of a route. */
export const addressOf = (...parts: readonly string[]) => `#/${parts.map(encodeURIComponent).join("/")}`;
