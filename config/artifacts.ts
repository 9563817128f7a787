import type { z } from "zod";
import { artifactNames } from "../catalog/words";
import type { Problem } from "../catalog/problem";
import type { Builds } from "./builds";
import type { NamedArtifact } from "./fleet-config";
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

/** The artifacts that `settings` name; paths are relative to the settings. */
export function namedArtifacts<T>(schema: z.ZodType, settings: T): NamedArtifact[] {
    const named: NamedArtifact[] = [];
    mapTexts(schema, settings, artifactNames, (name, _, path) => {
        named.push({ name, path });
        return name;
    });
    return named;
}

/** Those of `named` that are not among `known`. */
export const artifactProblems = (named: readonly NamedArtifact[], known: readonly string[]): Problem[] =>
    named
        .filter(({ name }) => !known.includes(name))
        .map(({ name, path }) => ({ path, message: `unknown artifact ${JSON.stringify(name)}${hint(name, known)}` }));
