import type { Path, Problem } from "../catalog/problem";
import { reservedBeginnings, reservedUnits } from "./schema";

/** Something of a service that has a name: it becomes part of the names of actions, projects, roles and artifacts. */
export interface Named {
    readonly sort: "deploy" | "build" | "source" | "artifact" | "step" | "suite";
    readonly name: string;
    readonly path: Path;
}

/** Names that the pipeline itself or something before in `all` has already; deploys come first, and may have the pipeline's. */
export function unitNameProblems(all: readonly Named[]): Problem[] {
    const owners = new Map<string, string>(reservedUnits.map(name => [name, "the pipeline or a deploy"]));
    const problems: Problem[] = [];
    for (const { sort, name, path } of all) {
        const beginning = reservedBeginnings.find(word => name === word || name.startsWith(`${word}-`));
        if (beginning !== undefined) {
            const message = `expected another name, found ${JSON.stringify(name)}: actions that hold artifacts to what was built are called "${beginning}" and "${beginning}-…"`;
            problems.push({ path, message });
            continue;
        }
        const owner = owners.get(name);
        const own = sort === "deploy" || (sort === "build" && name === "build");
        if (owner !== undefined && !own) {
            const message = `expected a name of its own, found ${JSON.stringify(name)}, which ${owner} has`;
            problems.push({ path, message });
        }
        owners.set(name, sort === "deploy" ? "the pipeline or a deploy" : (owner ?? `another ${sort}`));
    }
    return problems;
}
