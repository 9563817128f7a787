import type { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { once, type Table } from "../lib/claims";
import { emf, isTakenByCloudWatch, type Declared, type Unit } from "../lib/emf";
import type { Event } from "../lib/event";
import { eventOf } from "../lib/parse";
import { Later, Malformed } from "../lib/errors";
import { isShown, type History, type Measurable } from "./history";
import { isOver, measured, type Measured } from "./measure";
import { basicUnits, everyEnvironment, stageUnits, type LineFields, type Values } from "./metric";
import { executionOf, historyOf, type Archive } from "./read";
import { environmentOf, lastEnvironment, namedBy } from "./service";
import type { MetricsSettings } from "./settings";

/** What the function works with. */
export interface Means {
    readonly settings: Pick<MetricsSettings, "environments" | "metrics" | "namespace" | "prefix">;
    readonly archive: Archive;
    readonly table: Table;
    /** Writes a line into the function's log. */
    readonly write: (line: string) => void;
}

export const archiveOf = (codepipeline: CodePipelineClient): Archive => ({ codepipeline, known: new Map() });

/** Seconds until AWS's API is asked again, when it does not yet tell what the event tells, or is asked too often. */
const pause = 30;

/**
 * Writes a line of the values that the message `body` gives, if it tells of something that is over: once for each event.
 * Pipelines that check pull requests are not measured.
 *
 * @throws Malformed for what can never be measured; Later where it cannot yet
 */
export async function handle(body: unknown, { settings, archive, table, write }: Means): Promise<void> {
    const event = eventOf(body);
    if (!isMeasurable(event) || !isOver(event)) {
        return;
    }
    const { service, check } = namedBy(event.pipeline, settings.prefix);
    if (check) {
        return;
    }
    if (!isTakenByCloudWatch(event.time, (table.now ?? Date.now)())) {
        throw new Malformed(`an event of ${event.time.toISOString()} is too far from now for CloudWatch`);
    }
    const line = lineOf(event, service, await told(event, settings, archive), settings);
    await once(table, `metrics#${event.id}`, "log", () => {
        write(line);
        return Promise.resolve();
    });
}

const isMeasurable = (event: Event): event is Measurable =>
    event.kind === "action" || event.kind === "pipeline" || event.kind === "stage";

/** What is written of an event. */
interface Told extends Measured {
    readonly rollback: boolean;
    /** The service's last one. */
    readonly environment: string;
}

async function told(event: Measurable, { environments }: Means["settings"], archive: Archive): Promise<Told> {
    try {
        const own = await executionOf(event.pipeline, event.execution, archive);
        const last = lastEnvironment(own.stages, environments);
        const deploys =
            event.kind === "stage" && event.stage === last?.stage && (event.state === "SUCCEEDED" || own.rollback);
        const history: History = deploys
            ? await historyOf(event.pipeline, own, event.stage, archive)
            : { own, others: [] };
        if (!isShown(event, history.own, last?.stage)) {
            throw new Later(pause, `${event.pipeline} does not show yet what has become of ${event.execution}`);
        }
        return {
            ...measured(event, history, last?.stage),
            rollback: own.rollback,
            environment: last?.name ?? everyEnvironment,
        };
    } catch (error) {
        throw meaningOf(error, event);
    }
}

/** Errors by which AWS says that something is not there, by what that is. */
const gone: Readonly<Record<string, string>> = {
    PipelineExecutionNotFoundException: "the execution",
    PipelineNotFoundException: "the pipeline",
    PipelineVersionNotFoundException: "the version of the pipeline",
};

function meaningOf(error: unknown, { pipeline, execution }: Measurable): unknown {
    if (!(error instanceof Error)) {
        return error;
    }
    if (Object.hasOwn(gone, error.name)) {
        return new Malformed(`${gone[error.name]} is gone: ${pipeline}, execution ${execution}`);
    }
    return /throttl|too ?many ?requests/i.test(error.name) ? new Later(pause, `CodePipeline: ${error.message}`) : error;
}

/** Units of those of `values` that `units` knows. */
const given = (values: Values, units: Readonly<Record<string, Unit>>): Record<string, Unit> =>
    Object.fromEntries(Object.entries(units).filter(([name]) => Object.hasOwn(values, name)));

function lineOf(
    event: Measurable,
    service: string,
    { values, cause, leadTimeFrom, rollback, environment }: Told,
    { environments, metrics, namespace }: Means["settings"],
): string {
    const fields: LineFields = {
        Service: service,
        Environment: event.kind === "pipeline" ? environment : environmentOf(event.stage, environments),
        ...(event.kind !== "pipeline" && { Stage: event.stage }),
        ...(event.kind === "action" && { action: event.action }),
        pipeline: event.pipeline,
        execution: event.execution,
        type: rollback ? "ROLLBACK" : "STANDARD",
        kind: event.kind,
        state: event.state,
        ...(cause !== undefined && { cause }),
        ...(leadTimeFrom !== undefined && { leadTimeFrom }),
        id: event.id,
    };
    const basic: Declared = { dimensions: ["Service", "Environment"], metrics: given(values, basicUnits) };
    const stages: Declared = { dimensions: ["Service", "Environment", "Stage"], metrics: given(values, stageUnits) };
    return emf({
        namespace,
        time: event.time,
        declared: [basic, ...(metrics === "stages" && event.kind !== "pipeline" ? [stages] : [])],
        fields: { ...fields, ...values },
    });
}
