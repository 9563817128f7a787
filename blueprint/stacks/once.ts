import { placed } from "../../config/read";
import type { LocatedProblem, StackSource } from "../../config/source";

/** What was found has its place already. */
const found: StackSource = {
    stack: "",
    values: {},
    problems: [],
    locate: () => undefined,
    source: () => undefined,
};

/** `problems` in the order of files and lines, each once: a file that several stacks share has its problems in each. */
export const once = (problems: readonly LocatedProblem[]): LocatedProblem[] => placed(problems, found);
