import type { z } from "zod";
import { serviceNames } from "../catalog/words";
import type { Problem } from "../catalog/problem";
import { hint } from "./suggest";
import { mapTexts } from "./walk";

/** Services that `settings` name and that are not among `others`, the other ones of the stack; paths are relative to the settings. */
export function serviceProblems<T>(schema: z.ZodType, settings: T, others: readonly string[]): Problem[] {
    const problems: Problem[] = [];
    mapTexts(schema, settings, (text, at, path) => {
        if (serviceNames.has(at) && !others.includes(text)) {
            problems.push({ path, message: `unknown other service ${JSON.stringify(text)}${hint(text, others)}` });
        }
        return text;
    });
    return problems;
}
