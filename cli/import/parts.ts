import type { Reading } from "./reading";
import { buildWords, type Projects } from "./builds";
import { deployWords, type DeployWords } from "./deploys";
import { mergedWords } from "./environments";
import type { Notes } from "./notes";
import { keyOf, unique, type ImportedAction, type ImportedStage } from "./stages";

type Words = Readonly<Record<string, unknown>>;

/** The builds of a service: what is built before anything is deployed. */
export function buildsOf(actions: readonly ImportedAction[], projects: Projects, notes: Notes): Words {
    const taken = new Set(["build"]);
    const all = actions.map((action, index) => {
        const key =
            index === 0 && actions.length === 1 ? "build" : unique(keyOf(action.name, "build").slice(0, 20), taken);
        return [key, buildWords(action, actions.length === 1 ? "build" : `builds.${key}`, projects, notes)] as const;
    });
    const known = all.filter(([, words]) => words !== undefined);
    return known.length === 0
        ? { build: { type: "none" } }
        : known.length === 1 && actions.length === 1
          ? { build: known[0][1] }
          : { builds: Object.fromEntries(known) };
}

/** Tests: those before any deploy, and those in or behind an environment's stage, where one of the same project is one suite. */
export function suitesOf(
    actions: readonly { readonly stage: ImportedStage; readonly action: ImportedAction; readonly after: boolean }[],
    stages: readonly ImportedStage[],
    projects: Projects,
    notes: Notes,
): Words {
    const suites = new Map<string, { words: Words; environments: Set<string>; after: boolean }>();
    for (const { stage, action, after } of actions) {
        const key = keyOf(action.name, "suite").slice(0, 20).replace(/-$/, "");
        const words = buildWords(action, `suites.${key}`, projects, notes);
        if (words === undefined) {
            continue;
        }
        const before = stages.slice(0, stages.indexOf(stage) + 1).flatMap(({ environment }) => environment ?? []);
        const suite = suites.get(key) ?? { words, environments: new Set<string>(), after };
        suites.set(key, suite);
        before.slice(-1).forEach(environment => suite.environments.add(environment));
    }
    const entries = [...suites].map(([key, { words, environments, after }]) => [
        key,
        after ? { after: "deploy", environments: [...environments], ...words } : words,
    ]);
    return entries.length === 0 ? {} : { suites: Object.fromEntries(entries) as Words };
}

/** The deploys of a service, and what is different in one environment. */
export function deploysOf(stages: readonly ImportedStage[], environments: readonly Words[], notes: Notes): Words {
    const accounts = Object.fromEntries(
        environments.flatMap(({ name, account }) =>
            typeof name === "string" && typeof account === "string" ? [[name, account]] : [],
        ),
    );
    const byKey = new Map<string, Record<string, DeployWords>>();
    for (const { environment = "", actions } of stages) {
        const deploys = actions.filter(
            ({ category, configuration }) => category === "Deploy" && !executes(configuration),
        );
        actions
            .filter(({ configuration }) => executes(configuration))
            .forEach(({ configuration }) => configuration.done());
        for (const action of deploys) {
            const known = deployWords(action.provider, action.configuration);
            if (known === undefined) {
                action.configuration.done();
                notes.lose(
                    action.json.path,
                    `there is no deploy for ${action.provider} (${action.name}): docs/reference/deploys.md has those that there are`,
                );
                continue;
            }
            const key = deploys.length === 1 ? "deploy" : keyOf(action.name, "deploy").slice(0, 20).replace(/-$/, "");
            byKey.set(key, { ...byKey.get(key), [environment]: known.words });
            if (known.isReadByInstances) {
                notes.fill(
                    `artifactReaders of ${environment}`,
                    "the roles of the instances, which fetch the artifact themselves",
                );
            }
            Object.entries(known.toFill).forEach(([word, what]) => notes.fill(`${key}.${word}`, what));
        }
    }
    const merged = [...byKey].map(([key, words]) => [key, mergedWords(words, accounts)] as const);
    const [only] = merged;
    if (merged.length === 0) {
        return { deploy: { type: "none" } };
    }
    const isOne = merged.length === 1;
    const differing: Record<string, Record<string, unknown>> = {};
    for (const [key, { differing: other }] of merged) {
        for (const [environment, words] of Object.entries(other)) {
            differing[environment] = isOne
                ? { deploy: words }
                : { deploys: { ...(differing[environment]?.deploys as object), [key]: words } };
        }
    }
    return {
        ...(isOne
            ? { deploy: only[1].common }
            : { deploys: Object.fromEntries(merged.map(([key, { common }]) => [key, common])) }),
        ...(Object.keys(differing).length > 0 && { environments: differing }),
    };
}

/** Whether it is the second action of a deploy by CloudFormation, which runs what the first one has prepared. */
const executes = (configuration: Reading): boolean => configuration.at("ActionMode").is("CHANGE_SET_EXECUTE");
