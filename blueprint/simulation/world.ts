import type { FunctionAnswer, Script } from "./script";

type AlarmName = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** A time in which something is so; its end is no part of it. */
interface Span {
    readonly from: number;
    readonly to: number;
}

/** `spans` of which those that meet are one. */
function merged(spans: readonly Span[]): Span[] {
    const all: Span[] = [];
    for (const span of [...spans].sort((a, b) => a.from - b.from)) {
        const last = all.at(-1);
        if (last !== undefined && span.from <= last.to) {
            all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
        } else if (span.to > span.from) {
            all.push(span);
        }
    }
    return all;
}

const within = (spans: readonly Span[], time: number) => spans.find(({ from, to }) => from <= time && time < to);

/** A change of an alarm. */
export interface AlarmChange {
    readonly at: number;
    readonly name: string;
    readonly state: AlarmName;
    readonly before: AlarmName;
}

/** What a script says of the world outside of the pipeline. */
export class World {
    private readonly raised = new Map<string, Span[]>();

    constructor(private readonly script: Script) {
        for (const name of new Set(script.alarms.map(alarm => alarm.name))) {
            const spans = script.alarms.filter(alarm => alarm.name === name && alarm.state === "ALARM");
            this.raised.set(name, merged(spans));
        }
    }

    /** When the alarm `name`, raised at `time`, is over; undefined where it is not raised then. */
    public raisedUntil(name: string, time: number): number | undefined {
        return within(this.raised.get(name) ?? [], time)?.to;
    }

    /** When the alarm `name` is raised in the time from `from` to before `to`: the first moment; undefined where it is not. */
    public raisedWithin(name: string, from: number, to: number): number | undefined {
        const span = (this.raised.get(name) ?? []).find(one => one.to > from && (one.from < to || one.from <= from));
        return span === undefined ? undefined : Math.max(from, span.from);
    }

    public alarmState(name: string, time: number): AlarmName {
        if (this.raisedUntil(name, time) !== undefined) {
            return "ALARM";
        }
        const blind = this.script.alarms.filter(alarm => alarm.name === name && alarm.state === "INSUFFICIENT_DATA");
        return within(blind, time) === undefined ? "OK" : "INSUFFICIENT_DATA";
    }

    /** All changes of alarms, in order. An alarm that is raised from the start has risen before: nobody hears of it. */
    public alarmChanges(): AlarmChange[] {
        return [...this.raised.keys()]
            .flatMap(name => {
                const ends = this.script.alarms
                    .filter(alarm => alarm.name === name)
                    .flatMap(({ from, to }) => [from, to]);
                const times = [...new Set(ends)].filter(time => time > 0).sort((a, b) => a - b);
                let before = this.alarmState(name, 0);
                return times.flatMap(at => {
                    const state = this.alarmState(name, at);
                    const change = { at, name, state, before };
                    before = state;
                    return change.state === change.before ? [] : [change];
                });
            })
            .sort((a, b) => a.at - b.at);
    }

    /** The freeze of `environment` at `time`, in words; undefined where it is open. */
    public freezeOf(environment: string | undefined, time: number): string | undefined {
        const freeze = this.script.freezes.find(
            one => one.environment === environment && one.from <= time && time < one.to,
        );
        return freeze === undefined
            ? undefined
            : `${freeze.environment} is frozen: ${freeze.reason ?? "no reason was given"}`;
    }

    /** What the function `name` says of `commit` at `time`: of all answers that are meant the first counts. */
    public functionSays(name: string, commit: string, time: number): FunctionAnswer["answer"] {
        return (
            this.script.functions.find(
                one => one.name === name && (one.commit ?? commit) === commit && one.from <= time && time < one.to,
            )?.answer ?? "yes"
        );
    }
}
