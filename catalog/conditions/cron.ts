const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** One field of the expression: what may stand in it. */
interface Field {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    /** Words for the values from {@link from} on. */
    readonly words?: readonly string[];
    /** Whether only the words are unambiguous: copies of the page disagree on the numbers of months. */
    readonly onlyWords?: boolean;
    readonly special?: RegExp;
}

const dayOfMonth: Field = { name: "day-of-month", from: 1, to: 31, special: /^(\?|L(-\d+)?|LW|\d+W)$/ };
const month: Field = { name: "month", from: 1, to: 12, words: months };
const monthByName: Field = { ...month, onlyWords: true };
const year: Field = { name: "year", from: 1970, to: 2199 };

/** The fields from the minutes to the year, of which one is told by `ofMonth`. */
const fieldsWith = (ofMonth: Field): readonly Field[] => [
    { name: "minutes", from: 0, to: 59 },
    { name: "hours", from: 0, to: 23 },
    dayOfMonth,
    ofMonth,
    { name: "day-of-week", from: 1, to: 7, words: weekdays, special: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
    year,
];

/** The number that `word` stands for; undefined where it is none of the field. */
function valueOf(word: string, { from, to, words = [], onlyWords = false }: Field): number | undefined {
    const index = words.indexOf(word.toUpperCase());
    if (index >= 0) {
        return from + index;
    }
    const value = Number(word);
    return !onlyWords && /^\d+$/.test(word) && value >= from && value <= to ? value : undefined;
}

/** First and last value and step of a part of a list; undefined where it is no value, range or step of the field. */
function rangeOf(part: string, field: Field): { first: number; last: number; step: number } | undefined {
    const [range, step, ...more] = part.split("/");
    const ends = range.split("-");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step)) || ends.length > 2) {
        return undefined;
    }
    const [first, last] = range === "*" ? [field.from, field.to] : ends.map(end => valueOf(end, field));
    if (first === undefined || (range !== "*" && ends.length === 2 && last === undefined)) {
        return undefined;
    }
    // `5/15` begins at 5 and goes on to the end, `5` is itself alone.
    return { first, last: last ?? (step === undefined ? first : field.to), step: Number(step ?? 1) };
}

const isSpecial = (part: string, { special }: Field) => special?.test(part) === true;

/** What is wrong with `text` as `field`. */
function fieldProblem(text: string, field: Field): string | undefined {
    const parts = text.split(",").filter(part => !isSpecial(part, field));
    const ranges = parts.map(part => rangeOf(part, field));
    if (ranges.includes(undefined)) {
        return `expected ${expected(field)} as ${field.name}, found ${JSON.stringify(text)}`;
    }
    const turned = parts.find((_, index) => (ranges[index]?.first ?? 0) > (ranges[index]?.last ?? 0));
    return turned === undefined
        ? undefined
        : `expected a range that goes up as ${field.name}, found ${JSON.stringify(turned)}: write two of them, with a comma`;
}

/** What a field may hold, in words. */
const expected = ({ from, to, words = [], onlyWords = false }: Field) =>
    [...(onlyWords ? [] : [`${from} to ${to}`]), ...(words.length > 0 ? [`${words[0]} to ${words.at(-1)}`] : [])].join(
        " or ",
    );

/** The values that the plain parts of `text` hold. */
function valuesOf(text: string, field: Field): number[] {
    return text
        .split(",")
        .flatMap(part => (isSpecial(part, field) ? [] : (rangeOf(part, field) ?? [])))
        .flatMap(({ first, last, step }) =>
            Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step),
        );
}

/** Whether a month of `days` days, the first of which is the weekday `first` (Sunday is 1), has a day that `day` and `weekday` name. */
function hasDay(day: string, weekday: string, days: number, first: number): boolean {
    if (day === "?") {
        // Every weekday comes four times in each month, the fifth time it may not.
        return weekday.split(",").some(part => {
            const [, number, nth] = /^(\d)#(\d)$/.exec(part) ?? [];
            return nth === undefined || ((Number(number) - first + 7) % 7) + 7 * (Number(nth) - 1) < days;
        });
    }
    const special = day.split(",").some(part => {
        const [, before] = /^L(?:-(\d+))?$/.exec(part) ?? [];
        const [, nearest] = /^(\d+)W$/.exec(part) ?? [];
        return nearest !== undefined ? Number(nearest) <= days : part.startsWith("L") && Number(before ?? 0) < days;
    });
    return special || valuesOf(day, dayOfMonth).some(value => value <= days);
}

/** Whether some day from `today` on is one of the expression's. */
function opens([, , day, monthText, weekday, yearText = "*"]: readonly string[], today: Date): boolean {
    const thisMonth = today.getUTCFullYear() * 12 + today.getUTCMonth();
    const inMonths = valuesOf(monthText, month);
    return valuesOf(yearText, year).some(inYear =>
        inMonths.some(
            inMonth =>
                inYear * 12 + inMonth - 1 >= thisMonth &&
                hasDay(
                    day,
                    weekday,
                    new Date(Date.UTC(inYear, inMonth, 0)).getUTCDate(),
                    new Date(Date.UTC(inYear, inMonth - 1, 1)).getUTCDay() + 1,
                ),
        ),
    );
}

/**
 * What is wrong with the cron expression of a window, whose form is that of six or seven fields.
 *
 * @param today - a window that has closed for good before is none
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function cronProblem(cron: string, today: Date): string | undefined {
    // The seconds are always `*`.
    const given = cron.split(" ").slice(1);
    return (
        fieldsProblem(cron, given, fieldsWith(monthByName)) ??
        (opens(given, today)
            ? undefined
            : `expected a window that opens, found ${JSON.stringify(cron)}: no day from now on is one of its days`)
    );
}

/**
 * What is wrong with the cron expression of a schedule, whose form is that of six fields, from the minutes to the year.
 *
 * @param today - a schedule whose last time was before is none
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function scheduleProblem(cron: string, today: Date): string | undefined {
    const given = cron.split(" ");
    return (
        fieldsProblem(cron, given, fieldsWith(month)) ??
        (opens(given, today)
            ? undefined
            : `expected a schedule that comes, found ${JSON.stringify(cron)}: no day from now on is one of its days`)
    );
}

/**
 * Of each field of a window's expression, from the minutes to the year, the values that it holds; its text where it names days by
 * the calendar (`L`, `2#1`).
 */
export function windowFields(cron: string): (readonly number[] | string)[] {
    const given = cron.toUpperCase().split(" ").slice(1);
    return fieldsWith(monthByName).map((field, index) => {
        const text = given.at(index) ?? "*";
        const all = text === "?" ? "*" : text;
        return all.split(",").some(part => isSpecial(part, field)) ? all : valuesOf(all, field);
    });
}

/** What is wrong with single fields of `cron`, and with its days together. */
function fieldsProblem(cron: string, given: readonly string[], fields: readonly Field[]): string | undefined {
    const wrong = given.map((text, index) => fieldProblem(text, fields[index])).find(problem => problem !== undefined);
    if (wrong !== undefined) {
        return wrong;
    }
    const [, , day, , weekday] = given;
    return (day === "?") === (weekday === "?")
        ? `expected "?" as exactly one of day-of-month and day-of-week, found ${JSON.stringify(cron)}`
        : undefined;
}
