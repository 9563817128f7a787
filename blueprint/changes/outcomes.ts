import { changeOf } from "../change";
import { madePipelines } from "../part";
import type { FleetPlan, PipelinePlan } from "../plan";
import type { SettingChange } from "./fact";
import { pipelineSettings } from "./pipelines";
import { renames } from "./renames";

/** What became of one pipeline. */
export interface Outcome {
    /** Logical name of the pipeline. */
    readonly key: string;
    readonly service: string;

    /** `beside` where only projects, events, schedules, roles or tags differ. */
    readonly kind: "added" | "removed" | "changed" | "beside" | "replaced";

    /** What it was called in AWS, where it is replaced. */
    readonly before?: string;

    /** Services whose roles are its own, before and now. */
    readonly services: readonly string[];

    /** Names of the stages that differ, are new or are gone. */
    readonly stages: readonly string[];

    /** Whether a failed stage of it is rolled back by itself. */
    readonly rollsBack: boolean;

    readonly settings: readonly SettingChange[];
}

/**
 * What became of each pipeline of `was` in `now`. Of two stacks `beside` one another nothing becomes anything: what both have is the
 * same or not, and no pipeline is replaced.
 */
export function outcomes(was: FleetPlan, now: FleetPlan, beside = false): Outcome[] {
    const [old, current] = [was, now].map(
        plan => new Map(madePipelines(plan).map(pipeline => [pipeline.logicalName, pipeline])),
    );
    const only = (some: ReadonlyMap<string, PipelinePlan>, others: ReadonlyMap<string, PipelinePlan>) =>
        [...some.values()].filter(({ logicalName }) => !others.has(logicalName));
    const [gone, come] = [only(old, current), only(current, old)];
    const renamed = beside ? new Map<string, string>() : renames(gone, come);
    const left = [...renamed.values()];
    const kept = [...current.values()].flatMap(after => {
        const before = old.get(renamed.get(after.logicalName) ?? after.logicalName);
        return before === undefined ? [] : [{ before, after }];
    });
    return [
        ...come.filter(({ logicalName }) => !renamed.has(logicalName)).map(pipeline => plain(pipeline, "added")),
        ...gone.filter(({ logicalName }) => !left.includes(logicalName)).map(pipeline => plain(pipeline, "removed")),
        ...kept.flatMap(({ before, after }): Outcome[] => {
            if (before.arn !== after.arn && !beside) {
                return [replacement(before, after)];
            }
            const settings = pipelineSettings({ pipeline: before, fleet: was }, { pipeline: after, fleet: now });
            return beside
                ? settings.slice(0, 1).map(() => ({ ...plain(after, "changed"), settings }))
                : changed(before, after, settings, now);
        }),
    ];
}

/** What became of a pipeline that has its name still; nothing where it is as it was. */
function changed(
    before: PipelinePlan,
    after: PipelinePlan,
    settings: readonly SettingChange[],
    fleet: FleetPlan,
): Outcome[] {
    const [was, now] = [before, after].map(pipeline => ({ ...fleet, pipelines: [pipeline] }));
    const { edited, beside } = changeOf(was, now);
    const stages = edited.flatMap(one => one.stages);
    if (edited.length > 0) {
        const rollsBack = edited.some(one => one.rollsBack);
        const told = settings.length > 0 ? settings : [unnamed(stages)];
        return [{ ...plain(after, "changed"), stages, rollsBack, settings: told }];
    }
    return beside.length + settings.length === 0 ? [] : [{ ...plain(after, "beside"), settings }];
}

const plain = ({ logicalName, service, purpose }: PipelinePlan, kind: Outcome["kind"]): Outcome => ({
    key: logicalName,
    service,
    kind,
    // A check of pull requests shares its service with the release, which has the permissions of both.
    services: purpose === "check" ? [] : [service],
    stages: [],
    rollsBack: false,
    settings: [],
});

/** A name cannot be changed: it is another pipeline, also where the account or the region is another one. */
const replacement = (before: PipelinePlan, after: PipelinePlan): Outcome => ({
    ...plain(after, "replaced"),
    before: before.name,
    services: after.purpose === "check" ? [] : [after.service, before.service],
    settings: [
        {
            where: "pipeline",
            what: before.name === after.name ? "ARN" : "name",
            kind: "changed",
            before: before.name === after.name ? before.arn : before.name,
            after: before.name === after.name ? after.arn : after.name,
            weaker: false,
        },
    ],
});

/** A change of the definition that no setting tells. */
const unnamed = (stages: readonly string[]): SettingChange => ({
    where: stages.join(", ") || "pipeline",
    what: "what CodePipeline is told",
    kind: "changed",
    before: "",
    after: "",
    weaker: false,
});
