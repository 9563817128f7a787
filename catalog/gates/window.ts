import { z } from "zod";
import { gateKind } from "../kind";

/** Whether `zone` is one of the tz database: UTC or Region/City, old names and new ones. */
function isTimeZone(zone: string): boolean {
    try {
        return (zone === "UTC" || zone.includes("/")) && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
        return false;
    }
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** One field of the expression: what may stand in it. */
interface Field {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    /** Words for the numbers. */
    readonly words?: readonly string[];
    /** Whether the numbers themselves are refused. */
    readonly onlyWords?: boolean;
    /** What else may stand in it. */
    readonly special?: RegExp;
}

/** The fields behind the seconds. Of months AWS's own pages number the first both 0 and 1, so only names are taken. */
const fields: readonly Field[] = [
    { name: "minutes", from: 0, to: 59 },
    { name: "hours", from: 0, to: 23 },
    { name: "day-of-month", from: 1, to: 31, special: /^(\?|L(-\d+)?|LW|\d+W)$/ },
    { name: "month", from: 1, to: 12, words: months, onlyWords: true },
    { name: "day-of-week", from: 1, to: 7, words: weekdays, special: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
    { name: "year", from: 1970, to: 2199 },
];

/** Whether `text` is a value, a range, a step or a list of them. */
function fits(text: string, { from, to, words = [], onlyWords = false, special }: Field): boolean {
    const value = (word: string) =>
        words.includes(word.toUpperCase()) ||
        (!onlyWords && /^\d+$/.test(word) && Number(word) >= from && Number(word) <= to);
    return text.split(",").every(part => {
        const [range, step, ...more] = part.split("/");
        const ends = range.split("-");
        return (
            special?.test(part) === true ||
            (more.length === 0 &&
                (step === undefined || /^[1-9]\d*$/.test(step)) &&
                (range === "*" || (ends.length <= 2 && ends.every(value))))
        );
    });
}

/** What a field may hold, in words. */
const expected = ({ from, to, words = [], onlyWords = false }: Field) =>
    [...(onlyWords ? [] : [`${from} to ${to}`]), ...(words.length > 0 ? [`${words[0]} to ${words.at(-1)}`] : [])].join(
        " or ",
    );

/**
 * Hours in which the environment may be deployed to; outside of them an execution waits at the stage's entry.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export const window = gateKind({
    type: "window",
    on: ["before"],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html",
    settings: z.strictObject({
        cron: z
            .string()
            .regex(
                /^\*( [A-Z0-9,/*?#-]+){5,6}$/i,
                'six fields and an optional year (seconds minutes hours day-of-month month day-of-week), seconds `*`, such as "* * 8-16 ? * MON-THU *"',
            )
            .describe("The minutes in which the window is open, as a cron expression."),
        timeZone: z
            .string()
            .refine(isTimeZone, 'a time zone such as "Europe/Berlin" or "UTC"')
            .default("UTC")
            .describe("Time zone of the cron expression. @default UTC"),
    }),
    example: `
        type: window
        cron: "* * 8-16 ? * MON-THU *"
        timeZone: Europe/Berlin`,
    plan: settings => ({
        provider: "DeploymentWindow",
        configuration: { Cron: settings.cron, TimeZone: settings.timeZone },
        grants: [],
        summary: `window ${settings.cron} (${settings.timeZone})`,
    }),
    check(settings) {
        const given = settings.cron.split(" ").slice(1);
        const wrong = fields.find((field, index) => given[index] !== undefined && !fits(given[index], field));
        if (wrong !== undefined) {
            const found = JSON.stringify(given[fields.indexOf(wrong)]);
            return [{ path: ["cron"], message: `expected ${expected(wrong)} as ${wrong.name}, found ${found}` }];
        }
        const [, , day, , weekday] = given;
        return (day === "?") === (weekday === "?")
            ? [
                  {
                      path: ["cron"],
                      message: `expected "?" as exactly one of day-of-month and day-of-week, found ${JSON.stringify(settings.cron)}`,
                  },
              ]
            : [];
    },
});
