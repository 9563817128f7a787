import type { Notes } from "./notes";
import type { ImportedAction, ImportedStage } from "./stages";

/** What the stack file's kinds decide: names of artifacts, and what runs after what. */
export function wiring(
    { json, category, provider, name, configuration }: ImportedAction,
    { name: stage }: ImportedStage,
    notes: Notes,
): void {
    for (const key of ["inputArtifacts", "outputArtifacts", "namespace", "runOrder"]) {
        json.at(key).done();
    }
    if (category === "Invoke" || (category === "Compute" && provider === "Commands")) {
        configuration.done();
        json.at("commands").done();
        const kind = category === "Compute" ? "commands" : provider === "Lambda" ? "lambda" : "state-machine";
        notes.lose(
            json.path,
            `${name} in ${stage}: a step of the kind \`${kind}\` can do that (docs/reference/steps.md)`,
        );
    }
}

/** Conditions of a stage, which are the environment's here, the same for all services. */
export function conditions({ json, name, environment }: ImportedStage, notes: Notes): void {
    for (const [key, word] of [
        ["beforeEntry", "before"],
        ["onSuccess", "after"],
        ["onFailure", "onFailure"],
    ] as const) {
        if (json.at(key).isThere) {
            json.at(key).done();
            const where =
                environment === undefined
                    ? `of an environment; ${name} is none`
                    : `of the environment ${environment}, for all services`;
            notes.lose([...json.path, key], `\`${word}\` ${where}: docs/reference/gates.md`);
        }
    }
    if (json.at("blockers").isThere) {
        json.at("blockers").done();
        notes.lose([...json.path, "blockers"], "a field that AWS keeps for itself");
    }
}
