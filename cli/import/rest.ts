import type { Notes } from "./notes";
import type { ImportedAction, ImportedStage } from "./stages";

/** Kinds of steps that do what an action does, by its provider; those that invoke functions are taken over. */
const stepKinds: Readonly<Record<string, string>> = {
    Commands: "commands",
    CodePipeline: "pipeline",
    StepFunctions: "step-functions",
};

/** What the stack file's kinds decide: names of artifacts, and what runs after what. */
export function wiring(
    { json, category, provider, name, configuration }: ImportedAction,
    { name: stage }: ImportedStage,
    notes: Notes,
): void {
    for (const key of ["inputArtifacts", "outputArtifacts", "namespace", "runOrder"]) {
        json.at(key).done();
    }
    const kind = stepKinds[provider];
    if (kind !== undefined && (category === "Invoke" || category === "Compute")) {
        configuration.done();
        json.at("commands").done();
        notes.lose(
            json.path,
            `${name} in ${stage}: a step of the kind \`${kind}\` can do that (docs/reference/steps.md)`,
        );
    }
}

/** Conditions of a stage that deploys to no environment, which has none here. */
export function strayConditions({ json, name }: ImportedStage, notes: Notes): void {
    for (const key of ["beforeEntry", "onSuccess", "onFailure"]) {
        if (json.at(key).isThere) {
            json.at(key).done();
            notes.lose(
                json.at(key).path,
                `conditions are of an environment, and ${name} deploys to none: docs/reference/gates.md`,
            );
        }
    }
}

/** A field that AWS keeps for itself. */
export function blockers({ json }: ImportedStage, notes: Notes): void {
    if (json.at("blockers").isThere) {
        json.at("blockers").done();
        notes.lose(json.at("blockers").path, "a field that AWS keeps for itself");
    }
}
