import type { Path } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import type { PipelinePlan } from "../plan";
import { isOf } from "./durations";
import { commandsOf, ownPath, type Proposal, type Run } from "./proposals";
import type { Change, Trial } from "./what-if";

/** What could run at another time, or less often. */
export const orderProposals = (
    pipeline: PipelinePlan,
    runs: readonly Run[],
    trial: Pick<Trial, "said">,
    home: string,
): Proposal[] => [
    ...parallelSuites(pipeline, trial),
    ...suitesOnce(runs),
    ...buildsOnce(runs),
    ...regionsTogether(pipeline, trial),
    ...homeRegion(pipeline, home),
];

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Words in a sentence: `a, b and c`. */
export const named = (words: readonly string[]) =>
    words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** Suites that wait for others: all of them at once, and each by itself, as a single one may need what another leaves. */
function parallelSuites({ service, stages }: PipelinePlan, { said }: Pick<Trial, "said">): Proposal[] {
    const paths = new Map<string, Path>();
    for (const { action } of stages.flatMap(({ actions }) => actions.map(one => ({ action: one })))) {
        if (isOf(action.path, ["suites"])) {
            paths.set(String(action.path.at(-1)), ownPath(action.path, service));
        }
    }
    const needs = (path: Path) => list(said([...path, "needs"]) ?? said(["defaults", ...path.slice(2), "needs"]));
    const waiting = [...paths].flatMap(([name, path]) => {
        const awaited = needs(path).filter(need => paths.has(need));
        return awaited.length === 0 ? [] : [{ name, awaited, change: { path: [...path, "needs"], value: [] } }];
    });
    const proposal = (some: typeof waiting): Proposal => ({
        kind: "parallel-suites",
        changes: some.map(({ change }): Change => change),
        why: `${some.map(({ name, awaited }) => `${name} waits for ${named(awaited)}`).join(", ")}, because of \`needs\` alone`,
        but: "they then test at the same time, and one that fails stops no other",
    });
    return [...(waiting.length > 1 ? [proposal(waiting)] : []), ...waiting.map(one => proposal([one]))];
}

/** What an action tells its build about where it runs, beside the environment's name. */
function told({ action }: Run): string {
    const { EnvironmentVariables: given = "[]" } = action.configuration;
    const variables = JSON.parse(shown(given)) as readonly { readonly name: string }[];
    return JSON.stringify(variables.filter(({ name }) => name !== "ENVIRONMENT"));
}

/** Suites that are told the same in every environment: they cannot tell one from another. */
function suitesOnce(runs: readonly Run[]): Proposal[] {
    const suites = runs.filter(({ action, stage }) => isOf(action.path, ["suites"]) && stage.environment !== undefined);
    return [...new Set(suites.map(({ action }) => action.name))].flatMap((name): Proposal[] => {
        const all = suites.filter(({ action }) => action.name === name);
        const [first, ...others] = all;
        const commands = commandsOf(first.project);
        const blind =
            others.length > 0 &&
            commands !== "" &&
            !/ENVIRONMENT/.test(commands) &&
            others.every(one => told(one) === told(first) && one.project.physicalName === first.project.physicalName);
        return !blind
            ? []
            : [
                  {
                      kind: "suite-once",
                      changes: [{ path: [...first.path, "environments"], value: [first.stage.name] }],
                      why: `${name} runs in ${named(all.map(({ stage }) => stage.name))}, and the stack file tells it nothing of where it is`,
                      but: `right only where its commands do not read ENVIRONMENT; it then tests ${first.stage.name} alone`,
                  },
              ];
    });
}

/** Builds that are made anew in each environment's stage: all of them at once, and each by itself. */
function buildsOnce(runs: readonly Run[]): Proposal[] {
    const builds = runs.filter(
        ({ action, stage }) => stage.environment !== undefined && isOf(action.path, ["build", "builds"]),
    );
    const anew = [...new Set(builds.map(({ action }) => action.name))].map(name => {
        const all = builds.filter(({ action }) => action.name === name);
        const change: Change = { path: [...all[0].path, "perEnvironment"], value: false };
        return { change, why: `${name} is built anew for ${named(all.map(({ stage }) => stage.name))}` };
    });
    const proposal = (some: typeof anew): Proposal => ({
        kind: "build-once",
        changes: some.map(({ change }) => change),
        why: some.map(({ why }) => why).join("; "),
        but: "right where what differs can be read when the service starts; what is deployed is then what was tested before",
    });
    return [...(anew.length > 1 ? [proposal(anew)] : []), ...anew.map(one => proposal([one]))];
}

/** Regions of an environment that wait for one another. */
function regionsTogether({ stages }: PipelinePlan, { said }: Pick<Trial, "said">): Proposal[] {
    const environments = said(["environments"]);
    return (Array.isArray(environments) ? (environments as readonly unknown[]) : []).flatMap((_, index): Proposal[] => {
        const path: Path = ["environments", index];
        const name = String(said([...path, "name"]));
        const stage = stages.find(({ purpose, environment }) => purpose === "environment" && environment === name);
        return stage?.actions.some(({ region }) => region !== undefined) && said([...path, "regionsInOrder"]) === true
            ? [
                  {
                      kind: "regions-together",
                      changes: [{ path: [...path, "regionsInOrder"], value: false }],
                      why: `${name} is deployed to region after region`,
                      but: "a bad release then reaches all regions at once; it is a key of the environment, for all services",
                  },
              ]
            : [];
    });
}

/** All that is performed elsewhere in one region other than the pipelines': each action is copied there. */
function homeRegion({ stages }: PipelinePlan, home: string): Proposal[] {
    const placed = stages
        .filter(({ purpose }) => purpose === "environment")
        .flatMap(({ actions }) => actions.filter(({ targets, region }) => targets.length > 0 || region !== undefined));
    const regions = [...new Set(placed.map(({ region }) => region ?? home))];
    const [only] = regions;
    return regions.length !== 1 || only === home
        ? []
        : [
              {
                  kind: "home-region",
                  changes: [{ path: ["aws:region"], value: only }],
                  why: `everything is deployed to ${only}, and copied there from ${home}`,
                  but: "makes all pipelines of the stack anew: for a new stack",
              },
          ];
}
