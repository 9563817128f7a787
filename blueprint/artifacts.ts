/** A key in the names of artifacts and namespaces; hyphens would keep a shell from reading `CODEBUILD_SRC_DIR_<artifact>`. */
const word = (key: string) => key.replaceAll("-", "_");

/** Names that every pipeline has. */
const own = new Map([
    ["source", "SourceArtifact"],
    ["build", "BuildArtifact"],
]);

/**
 * Name of an artifact that the stack file calls `key`; of a build for each environment, with the environment's name behind.
 * Keys hold neither `_` nor `--`, so no two names meet.
 */
export function artifactName(key: string, environment?: string): string {
    const name = own.get(key) ?? `${word(key)}_artifact`;
    return environment === undefined ? name : `${name}__${word(environment)}`;
}

/** Name under which later actions read the variables of `unit`: in an environment's stage it holds the environment's name. */
export function namespaceOf(unit: string, environment?: string): string {
    const name = unit === "source" ? "SourceVariables" : unit;
    return environment === undefined ? name : `${name}__${environment}`;
}
