import { isMap } from "../../config/values";
import type { Reading } from "./reading";

/** What one of this program's own functions is asked, as far as it tells. */
export interface OwnQuestion {
    /** Whether it asks the check of freezes and alarms; else what is built is sealed, or verified. */
    readonly check: boolean;
    /** Whether freezes are looked for. */
    readonly freezable: boolean;
    /** Alarms that must not be raised. */
    readonly alarms: readonly string[];
}

/**
 * The question that the configuration of an action, or of a rule, puts to a function of this program; undefined where it is none. They all
 * say where they stand, so that a function of somebody else's is not taken for one.
 */
export function ownQuestion(configuration: Reading, pipeline: string, stage: string): OwnQuestion | undefined {
    const value = jsonOf(configuration.at("UserParameters").peek());
    if (
        !isMap(value) ||
        value.pipeline !== pipeline ||
        value.stage !== stage ||
        value.execution !== "#{codepipeline.PipelineExecutionId}" ||
        typeof value.action !== "string"
    ) {
        return undefined;
    }
    const { freezes, alarms } = value;
    const check = isMap(freezes) && Array.isArray(alarms) && alarms.every(name => typeof name === "string");
    return {
        check,
        freezable: check && Object.keys(freezes).length > 0,
        alarms: check ? alarms : [],
    };
}

/** The value of a text of JSON; undefined where it is none. */
export function jsonOf(text: unknown): unknown {
    try {
        return typeof text === "string" ? (JSON.parse(text) as unknown) : undefined;
    } catch {
        return undefined;
    }
}
