import type { Path, Problem } from "../catalog/problem";
import { isMap } from "./values";

/**
 * A problem where somebody writes pull requests into the words of a source: they would start the pipeline that deploys, with
 * code that nobody has merged.
 */
export const strayPullRequests = (path: Path, source: unknown): Problem[] =>
    (isMap(source) ? Object.keys(source) : [])
        .filter(key => /^pull-?requests?$/i.test(key))
        .map(key => ({
            path: [...path, key],
            message:
                "a pull request starts no pipeline that deploys: write `pullRequests` beside `source`, below the service, and a pipeline of its own checks them",
        }));
