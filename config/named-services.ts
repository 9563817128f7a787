import type { z } from "zod";
import { serviceNames } from "../catalog/words";
import type { Problem } from "../catalog/problem";
import { hint } from "./suggest";
import { mapTexts } from "./walk";

/** The services of a stack, as one of them sees them. */
export interface OtherServices {
    readonly service: string;

    /** Names of all, with its own. */
    readonly all: readonly string[];
}

/** Services that `settings` of one name and that are none of the others; paths are relative to the settings. */
export function serviceProblems<T>(schema: z.ZodType, settings: T, { service, all }: OtherServices): Problem[] {
    const problems: Problem[] = [];
    mapTexts(schema, settings, serviceNames, (text, _, path) => {
        if (text === service || !all.includes(text)) {
            const others = all.filter(other => other !== service);
            problems.push({ path, message: `unknown other service ${JSON.stringify(text)}${hint(text, others)}` });
        }
        return text;
    });
    return problems;
}
