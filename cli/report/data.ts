import { basename } from "node:path";
import { costAtRest, byUse } from "../../blueprint/cost";
import { allResources, fleetResources, pipelineResources } from "../../blueprint/counts";
import { madePipelines, makesShared } from "../../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { tableDate } from "../../blueprint/prices/table";
import { headroom } from "../../blueprint/rules/quotas";
import { quotasOf, sharedMachines } from "../../blueprint/quotas";
import { releaseCost, roundedRelease } from "../../blueprint/release-cost";
import { fleetWeaknesses } from "../../blueprint/weaknesses";
import type { LocatedProblem, StackSource } from "../../config/source";
import type { Previous } from "../baseline";
import type { Played } from "../simulate/play";
import { partText, servicesByStack } from "../spread";
import { toldLines } from "../told";
import { pathOf, placed, stageOf, words } from "./actions";
import { changeOfReport } from "./change";
import type { Finding, Fleet, Pipeline, Report, Start } from "./model";
import { playedScript } from "./simulations";
import { holdersOf, type Holders } from "./statements";

/** What a report is made of. */
export interface ReportInput {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    readonly source: StackSource;
    /** Absent where the stack file has problems. */
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
    /** The one service that is asked for. @default all */
    readonly service?: string;
    /** What it is compared with. @default nothing */
    readonly previous?: Previous;
    /** Scripts that were played. @default none */
    readonly played?: readonly Played[];
}

/** What the page shows of a stack. */
export function reportOf({ stack, file, source, plan, service, previous, played = [], ...found }: ReportInput): Report {
    const findings = (all: readonly LocatedProblem[]) => all.map(findingOf);
    const head = {
        stack,
        file: basename(file),
        ...(service !== undefined && { service }),
        problems: findings(found.problems),
        warnings: findings(found.warnings),
    };
    if (plan === undefined) {
        return { ...head, pipelines: [] };
    }
    const holders = holdersOf(plan);
    return {
        ...head,
        fleet: fleetOf(plan, holders),
        pipelines: madePipelines(plan)
            .filter(pipeline => service === undefined || pipeline.service === service)
            .map(pipeline => ({ ...pipelineOf(pipeline, plan, source, holders), ...simulationsOf(pipeline, played) })),
        ...(previous && { change: changeOfReport(previous, plan, service) }),
    };
}

/** `{ simulations }` of a pipeline, where there are any. */
function simulationsOf(pipeline: PipelinePlan, played: readonly Played[]): Pick<Pipeline, "simulations"> {
    const own = played.filter(({ plan }) => plan.logicalName === pipeline.logicalName);
    return own.length === 0 ? {} : { simulations: own.map(playedScript) };
}

function findingOf(problem: LocatedProblem): Finding {
    const { position, path, message } = problem;
    return {
        ...(position && { place: `${position.file}:${position.line}:${position.column}` }),
        path: pathOf(problem),
        ...(path[0] === "services" && path.length > 1 && { service: String(path[1]) }),
        message,
    };
}

function fleetOf(plan: FleetPlan, holders: Holders): Fleet {
    const { prefix, home, environments, tags, spread } = plan;
    const made = madePipelines(plan);
    const services = new Set(made.map(({ service }) => service)).size;
    const { monthlyIdle, items } = costAtRest(plan);
    return {
        prefix,
        account: home.account,
        region: home.region,
        environments,
        part: partText(plan, new Set(plan.pipelines.map(({ service }) => service)).size),
        ...(spread.role === "platform" && {
            standing: [...servicesByStack(spread.stacks)].map(([stack, names]) => ({ stack, services: names })),
        }),
        counts: [
            { what: "services", count: services },
            { what: "pipelines", count: made.length },
            {
                what: "actions",
                count: made.flatMap(({ stages }) => stages).reduce((sum, { actions }) => sum + actions.length, 0),
            },
            { what: "resources", count: allResources(plan) },
            {
                what: makesShared(plan) ? "resources that all share" : "resources of the fleet",
                count: fleetResources(plan),
            },
        ],
        tags: words(tags),
        cost: { monthlyIdle, items, byUse: byUse(plan), prices: `${tableDate}, ${home.region}` },
        quotas: quotasOf(plan)
            .filter(({ used }) => used > 0)
            .map(({ what, scope, used, limit, adjustable, source }) => ({
                what,
                scope,
                used,
                limit,
                adjustable,
                source,
            })),
        headroom,
        unknownQuotas: sharedMachines(plan),
        weakens: fleetWeaknesses(plan),
        holders: holders.shared,
    };
}

function pipelineOf(pipeline: PipelinePlan, plan: FleetPlan, source: StackSource, holders: Holders): Pipeline {
    const { service, purpose, logicalName, name, consoleUrl, executionMode, variables, stages } = pipeline;
    const { usd, items } = roundedRelease(releaseCost(plan, pipeline));
    const team = teamOf(pipeline, plan);
    return {
        service,
        purpose,
        key: logicalName,
        name,
        consoleUrl,
        executionMode,
        environments: [
            ...new Set(stages.flatMap(stage => (stage.purpose === "environment" ? (stage.environment ?? []) : []))),
        ],
        ...(team !== undefined && { team }),
        ...placed(source, ["services", service]),
        resources: pipelineResources(pipeline, plan.roles),
        starts: startsOf(pipeline),
        variables,
        stages: stages.map(stage => stageOf(stage, pipeline, plan, source)),
        told: toldLines(pipeline, plan),
        weakens: pipeline.weakens,
        prerequisites: pipeline.prerequisites,
        roles: holders.of(pipeline),
        cost: { usd, items: items.map(({ what, count, usd: each }) => ({ what, count, usd: each })) },
    };
}

/** Tags that say whose a pipeline is, the first that is there. */
const teamTags = ["team", "Team", "owner", "Owner"];

/** Whose a pipeline is: what tags say, and of a fleet in several stacks the stack that makes it. */
function teamOf({ tags }: PipelinePlan, { tags: all, spread, stack }: FleetPlan): string | undefined {
    const said = { ...all, ...tags };
    const tag = teamTags.find(key => Object.hasOwn(said, key));
    return tag !== undefined ? said[tag] : spread.role === "services" ? stack : undefined;
}

/** How the words of a start begin, by what it is. */
const startKinds: readonly (readonly [RegExp, Start["kind"]])[] = [
    [/^by hand|^not when/, "manual"],
    [/^at /, "schedule"],
    [/^after each release/, "release"],
    [/^when a pull request/, "pull request"],
];

/** What starts it: changes of its sources, unless its words say otherwise. */
function startsOf({ starts, stages }: PipelinePlan): Start[] {
    const said = starts.map((text): Start => ({
        kind: startKinds.find(([words]) => words.test(text))?.[1] ?? "other",
        text,
    }));
    const ignoresChanges = said.some(({ kind }) => kind === "manual" || kind === "pull request");
    const changes = stages[0].actions.map(({ summary }): Start => ({ kind: "commit", text: `a change of ${summary}` }));
    return [...(ignoresChanges ? [] : changes), ...said];
}
