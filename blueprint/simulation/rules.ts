import type { Rule } from "../../catalog/plan";
import type { PipelinePlan, StagePlan } from "../plan";
import type { Commit } from "./script";
import { dateText, durationText, minute } from "./times";
import { valueOf } from "./variables";
import { nextOpening } from "./window";
import type { World } from "./world";

/** What comes of a rule, and when; without a time it is never known. */
export interface Verdict {
    readonly rule: string;
    readonly at?: number;
    readonly passes: boolean;
    readonly why: string;
}

/** Where and when a rule is looked at. */
export interface Question {
    readonly pipeline: PipelinePlan;
    readonly stage: StagePlan;
    readonly when: "before" | "after";
    readonly commit: Commit;
    readonly world: World;
    /** Milliseconds since 1970 of the start. */
    readonly start: number;
    readonly now: number;
}

/** What comes of `rule`. */
export function verdictOf(rule: Rule, question: Question): Verdict {
    switch (rule.provider) {
        case "DeploymentWindow":
            return window(rule, question);
        case "CloudWatchAlarm":
            return alarm(rule, question);
        case "VariableCheck":
            return variable(rule, question);
        default:
            return answered(rule, question);
    }
}

const verdict = ({ name }: Rule, passes: boolean, at: number, why: string): Verdict => ({
    rule: name,
    passes,
    at,
    why,
});

/**
 * An execution waits until the window is open.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
function window(rule: Rule, { start, now }: Question): Verdict {
    const { Cron, TimeZone = "UTC" } = rule.configuration;
    const opens = nextOpening(Cron, TimeZone, start + now);
    if (opens === undefined) {
        return { rule: rule.name, passes: false, why: `the ${rule.summary} does not open any more` };
    }
    const waits = opens > start + now;
    return verdict(
        rule,
        true,
        opens - start,
        waits ? `the ${rule.summary} opens on ${dateText(opens)} UTC` : `the ${rule.summary} is open`,
    );
}

/**
 * Before a stage a raised alarm is given its wait to recover; after one it is watched for as long. Only ALARM speaks
 * against it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
function alarm(rule: Rule, { world, when, now }: Question): Verdict {
    const { AlarmName: name, WaitTime } = rule.configuration;
    const wait = Number(WaitTime ?? 0) * minute;
    if (when === "after") {
        const raised = world.raisedWithin(name, now, now + wait);
        return raised === undefined
            ? verdict(rule, true, now + wait, `the alarm ${name} was not raised${within(wait)}`)
            : verdict(rule, false, raised, `the alarm ${name} is raised`);
    }
    const until = world.raisedUntil(name, now);
    if (until === undefined) {
        return verdict(rule, true, now, `the alarm ${name} is not raised`);
    }
    return until <= now + wait
        ? verdict(rule, true, until, `the alarm ${name} has recovered`)
        : verdict(
              rule,
              false,
              now + wait,
              `the alarm ${name} is raised${wait === 0 ? "" : ` and has not recovered${within(wait)}`}`,
          );
}

const within = (wait: number) => (wait === 0 ? "" : ` within ${durationText(wait)}`);

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html */
function variable(rule: Rule, question: Question): Verdict {
    const { Variable, Value, Operator } = rule.configuration;
    const value = valueOf(Variable, question.pipeline, question.commit);
    if (value === undefined) {
        return verdict(rule, false, question.now, `${Variable} has no value: say it in \`variables\` of the commit`);
    }
    const passes = compare(value, Operator, Value);
    return verdict(rule, passes, question.now, `${Variable} is ${JSON.stringify(value)}`);
}

function compare(value: string, operator: string, wanted: string): boolean {
    switch (operator) {
        case "NE":
            return value !== wanted;
        case "CONTAINS":
            return value.includes(wanted);
        case "MATCHES":
            return matches(value, wanted);
        default:
            return value === wanted;
    }
}

/** Java's expressions are much like those of JavaScript; what is none there matches nothing. */
function matches(value: string, pattern: string): boolean {
    try {
        return new RegExp(`^(?:${pattern})$`).test(value);
    } catch {
        return false;
    }
}

/** A function is asked, and answers at once: the freeze of this project's own, or one that a gate names. */
function answered(rule: Rule, { world, stage, commit, now }: Question): Verdict {
    if (isFreeze(rule, stage)) {
        const frozen = world.freezeOf(stage.environment, now);
        return verdict(rule, frozen === undefined, now, frozen ?? `${stage.name} is not frozen`);
    }
    const name = rule.configuration.FunctionName;
    const says = world.functionSays(name, commit.id, now);
    return verdict(rule, says === "yes", now, `the function ${name} says ${says}`);
}

/** Whether `rule` is the one of this project that asks whether an environment is frozen. */
export const isFreeze = (rule: Rule, stage: StagePlan): boolean => stage.check !== undefined && rule.name === "freeze";

/** What comes of all `rules` of one condition: one that does not pass decides, and else the last that passes. */
export function conditionVerdict(rules: readonly Rule[], question: Question): Omit<Verdict, "rule"> {
    const verdicts = rules.map(rule => verdictOf(rule, question));
    const failed = verdicts
        .filter(one => !one.passes && one.at !== undefined)
        .sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
        .at(0);
    if (failed !== undefined) {
        return failed;
    }
    const never = verdicts.find(({ at }) => at === undefined);
    const last = Math.max(...verdicts.map(({ at = 0 }) => at));
    return never ?? { passes: true, at: last, why: verdicts.map(({ why }) => why).join("; ") };
}
