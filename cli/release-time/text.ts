import { stringify } from "yaml";
import type { Advice } from "../../blueprint/release-time/advice";
import type { ReleaseTime, TimedAction, TimedStage, Wait } from "../../blueprint/release-time/critical-path";
import { pathText } from "../../catalog/problem";
import type { Paint } from "../paint";
import { plural } from "../plural";
import { wrapped } from "../wrapped";
import { number } from "./round";

/** Where the minutes of a stack come from. */
export interface Origin {
    /** Of the file of measured durations; absent where there is none. */
    readonly file?: string;
    /** When AWS was asked for them. */
    readonly at?: string;
    /** What in the file the stack does not have any more. */
    readonly stale: readonly string[];
}

/** What is shown of a stack. */
export interface Shown {
    readonly prefix: string;
    readonly stack: string;
    /** Of the pipelines. */
    readonly region: string;
    readonly origin: Origin;
    readonly times: readonly ReleaseTime[];
}

/** `2.5 min` */
export const minutesText = (minutes: number): string => `${number(minutes)} min`;

/** A whole stack: one line for each pipeline that releases. */
export function releaseTimesText({ prefix, stack, origin, times }: Shown, paint: Paint): string {
    const rows = times.map(time => [
        time.service,
        minutesText(time.minutes),
        waitsText(time.waits, time.watchedMinutes),
        longestText(time),
    ]);
    const head = ["service", "machines", "waits for", "longest"];
    const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
    const line = (cells: readonly string[]) =>
        `  ${cells.map((cell, column) => (column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ")}`.trimEnd();
    return [
        paint.heading(`${prefix}, stack ${stack}: how long a release takes, from commit to the last environment`),
        ...originLines(times, origin, paint),
        "",
        paint.quiet(line(head)),
        ...rows.map(line),
        "",
        paint.quiet("--service NAME shows the way of one service, and what would shorten it"),
    ].join("\n");
}

/** One service: its whole way, and what would shorten it. */
export function releaseTimeText(
    { prefix, stack, region, origin, times: [time] }: Shown,
    advice: readonly Advice[],
    paint: Paint,
): string {
    const { service, pipeline, minutes, actionMinutes, waits, watchedMinutes, stages } = time;
    return [
        paint.heading(`${service} of ${prefix}, stack ${stack}: ${minutesText(minutes)} of machines for a release`),
        paint.quiet(
            `pipeline ${pipeline}; its actions take ${minutesText(actionMinutes)} together; the release waits for those with ●`,
        ),
        ...originLines([time], origin, paint),
        "",
        ...stages.flatMap((stage, index) => stageLines(stage, index + 1, paint)),
        "",
        `  longest  ${longestText(time)}`,
        `  waits    ${waitsText(waits, watchedMinutes)}${waits.length === 0 ? "" : ", which no machine shortens"}`,
        "",
        ...adviceLines(advice, region, paint),
    ].join("\n");
}

function originLines(times: readonly ReleaseTime[], { file, at = "", stale }: Origin, paint: Paint): string[] {
    if (file === undefined) {
        return [paint.quiet("from defaults, which are assumptions: `npm run durations` measures")];
    }
    const actions = times.flatMap(({ stages }) => stages.flatMap(one => one.actions)).filter(({ waits }) => !waits);
    const measured = actions.filter(({ source }) => source === "measured").length;
    return [
        paint.quiet(
            `${measured} of ${plural(actions.length, "action")} measured (${file}, ${at.slice(0, 10)}), the others from defaults`,
        ),
        ...stale.flatMap(line => wrapped(`${line}`, `${paint.warning("stale")}  `, "       ")),
    ];
}

function longestText({ longest }: ReleaseTime): string {
    return longest === undefined ? "nothing" : `${longest.action} in ${longest.stage}, ${minutesText(longest.minutes)}`;
}

function waitsText(waits: readonly Wait[], watched: number): string {
    const count = (what: Wait["for"]) => waits.filter(wait => wait.for === what).length;
    const [people, windows] = [count("people"), count("window")];
    const all = [
        ...(people === 0 ? [] : [plural(people, "approval")]),
        ...(windows === 0 ? [] : [plural(windows, "window")]),
        ...(watched === 0 ? [] : [`alarms watched for ${minutesText(watched)}`]),
    ];
    return all.length === 0 ? "nothing" : all.join(", ");
}

function stageLines({ name, minutes, actions, waits }: TimedStage, index: number, paint: Paint): string[] {
    const people = waits.some(wait => wait.for === "people");
    const time = people ? "" : minutesText(minutes);
    return [
        `  ${String(index).padStart(2)} ${name.padEnd(26)} ${time.padStart(9)}`.trimEnd(),
        ...actionLines(
            actions.filter(({ waits: forPeople }) => !forPeople),
            paint,
        ),
        ...waits.map(({ what }) => `         waits for ${what}`),
    ];
}

/** One line for each action; those that run together are joined. */
const actionLines = (actions: readonly TimedAction[], paint: Paint): string[] =>
    actions.map(({ name, runOrder, minutes, critical, slackMinutes, reason }, index) => {
        const [before, after] = [actions[index - 1], actions[index + 1]];
        const joined = { before: before?.runOrder === runOrder, after: after?.runOrder === runOrder };
        const join = joined.before ? (joined.after ? "├" : "└") : joined.after ? "┬" : " ";
        const mark = critical ? paint.warning("●") : " ";
        const slack = critical ? "" : `${minutesText(slackMinutes)} to spare; `;
        return `     ${mark} ${join} ${name.padEnd(22)} ${minutesText(minutes).padStart(9)}  ${paint.quiet(`${slack}${reason}`)}`;
    });

/** What a release costs more or less: to the cent, and below it to a tenth. */
export function costText(costs: number | undefined): string {
    if (costs === undefined) {
        return "at a price that is not known";
    }
    const size = Math.abs(costs);
    const dollars = `$${size.toFixed(size < 0.0995 ? 3 : 2)}`;
    return size < 0.0005 ? "at no cost" : costs > 0 ? `costs ${dollars} a release` : `is ${dollars} a release cheaper`;
}

/** A value as it stands in a stack file. */
export const yamlText = (value: unknown): string =>
    stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();

function adviceLines(advice: readonly Advice[], region: string, paint: Paint): string[] {
    if (advice.length === 0) {
        return [paint.heading("Nothing was found in the stack file that would shorten it")];
    }
    const others = [...new Set(advice.flatMap(({ priceOf }) => priceOf ?? []))];
    return [
        paint.heading("What would shorten it, or cost less: each by itself, and tried"),
        ...advice.flatMap(({ changes, savesMinutes, costs, why, but, followers }) => [
            `  ${[savesMinutes < 0.05 ? "as fast" : `saves ${minutesText(savesMinutes)}`, costText(costs)].join(", ")}`,
            ...changes.map(({ path, value }) => `      ${paint.warning(`${pathText(path)}: ${yamlText(value)}`)}`),
            ...wrapped(`${why}${followersText(followers)}`, "      ", "      "),
            ...wrapped(but, "      ", "      ").map(line => paint.quiet(line)),
        ]),
        ...(others.length === 0
            ? []
            : [paint.quiet(`  with prices of ${others.join(", ")} where none is known for ${region}`)]),
    ];
}

const followersText = (names: readonly string[]) =>
    names.length === 0
        ? ""
        : `; ${names.join(", ")} ${names.length === 1 ? "takes its" : "take their"} machine from it, which is counted here`;
