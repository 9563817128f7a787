import type { z } from "zod";
import { artifactNames } from "../catalog/words";
import type { Problem } from "../catalog/problem";
import type { Builds } from "./builds";
import type { Sources } from "./sources";
import { hint } from "./suggest";
import { mapOf } from "./values";
import { mapTexts } from "./walk";

/** Names of what a build hands on beside its main artifact. */
export const furtherArtifacts = (settings: object): string[] =>
    Object.keys(mapOf((settings as { furtherArtifacts?: unknown }).furtherArtifacts));

/** What the artifacts of a service are called: its sources, its builds, and what these hand on beside their main artifact. */
export const namesOfArtifacts = (sources: Sources, { reads }: Builds): string[] => [
    ...sources.keys(),
    ...[...reads].flatMap(([name, { settings }]) => [name, ...furtherArtifacts(settings)]),
];

/** Artifacts that `settings` name and that are not among `known`; paths are relative to the settings. */
export function artifactProblems<T>(schema: z.ZodType, settings: T, known: readonly string[]): Problem[] {
    const problems: Problem[] = [];
    mapTexts(schema, settings, (text, at, path) => {
        if (artifactNames.has(at) && !known.includes(text)) {
            problems.push({ path, message: `unknown artifact ${JSON.stringify(text)}${hint(text, known)}` });
        }
        return text;
    });
    return problems;
}
