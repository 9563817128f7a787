import { minute } from "./times";

/** A moment as people of one time zone have it. */
interface Local {
    readonly minute: number;
    readonly hour: number;
    readonly day: number;
    /** From 1. */
    readonly month: number;
    /** Sunday is 1, as in the expression. */
    readonly weekday: number;
    readonly year: number;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Local times of a time zone: one of the tz database, or UTC with an offset. */
function localIn(zone: string): (time: number) => Local {
    const [, sign, hours, minutes] = /^UTC([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
    if (sign !== undefined) {
        const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
        return time => partsOf(new Date(time + offset));
    }
    const format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
    });
    return time => {
        const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
        return partsOf(new Date(Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute)));
    };
}

const partsOf = (date: Date): Local => ({
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay() + 1,
    year: date.getUTCFullYear(),
});

/** Whether `value` is one of `text`, a list of values, ranges and steps; `words` stand for the values from `first` on. */
function holds(text: string, value: number, [first, last]: readonly [number, number], words: readonly string[] = []) {
    const valueOf = (word: string) => {
        const index = words.indexOf(word.toUpperCase());
        return index < 0 ? Number(word) : index + first;
    };
    return text.split(",").some(part => {
        const [range, step] = part.split("/");
        const [from, to] = range === "*" ? [first, last] : range.split("-").map(valueOf);
        const end = to ?? (step === undefined ? from : last);
        return value >= from && value <= end && (value - from) % Number(step ?? 1) === 0;
    });
}

const lastDay = ({ year, month }: Local) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day of the month that is a weekday and nearest to `day`, in the same month. */
function nearestWeekday(day: number, local: Local): number {
    const weekday = new Date(Date.UTC(local.year, local.month - 1, day)).getUTCDay();
    if (weekday === 6) {
        return day === 1 ? 3 : day - 1;
    }
    return weekday === 0 ? (day === lastDay(local) ? day - 2 : day + 1) : day;
}

function isDay(text: string, local: Local): boolean {
    return text.split(",").some(part => {
        const [, before] = /^L(?:-(\d+))?$/.exec(part) ?? [];
        const [, near] = /^(\d+)W$/.exec(part) ?? [];
        if (part.startsWith("L")) {
            const day = lastDay(local) - Number(before ?? 0);
            return local.day === (part === "LW" ? nearestWeekday(lastDay(local), local) : day);
        }
        return near === undefined ? holds(part, local.day, [1, 31]) : local.day === nearestWeekday(Number(near), local);
    });
}

function isWeekday(text: string, local: Local): boolean {
    return text.split(",").some(part => {
        const [, weekday, nth] = /^(\d)#(\d)$/.exec(part) ?? [];
        const [, lastOf] = /^(\d)L$/.exec(part) ?? [];
        if (nth !== undefined) {
            return local.weekday === Number(weekday) && Math.ceil(local.day / 7) === Number(nth);
        }
        if (lastOf !== undefined) {
            return local.weekday === Number(lastOf) && local.day + 7 > lastDay(local);
        }
        return holds(part === "L" ? "7" : part, local.weekday, [1, 7], weekdays);
    });
}

/** Whether time zones change at its ends alone: offsets are multiples of it. */
const quarter = 15 * minute;

/** How far ahead an opening is looked for. */
const horizon = 4 * 366 * 24 * 60 * minute;

/**
 * The first moment from `time` on in which the window is open; undefined where it does not open within four years. The
 * minutes that match the expression are those in which it is open.
 *
 * @param time - milliseconds since 1970
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function nextOpening(cron: string, zone: string, time: number): number | undefined {
    const [, minutes, hours, day, month, weekday, year = "*"] = cron.toUpperCase().split(" ");
    const local = localIn(zone);
    for (let from = time; from < time + horizon;) {
        const end = (Math.floor(from / quarter) + 1) * quarter;
        const here = local(from);
        const isDate =
            holds(year, here.year, [1970, 2199]) &&
            holds(month, here.month, [1, 12], months) &&
            (day === "?" || isDay(day, here)) &&
            (weekday === "?" || isWeekday(weekday, here));
        if (isDate && holds(hours, here.hour, [0, 23])) {
            const first = Math.floor(from / minute) * minute;
            for (let at = first; at < end; at += minute) {
                if (holds(minutes, here.minute + (at - first) / minute, [0, 59])) {
                    return Math.max(at, time);
                }
            }
        }
        // No offset changes at night by more than an hour: of another day the hours until shortly before its end are passed over.
        from = isDate || here.hour >= 22 ? end : end + Math.max(0, 22 - here.hour - 1) * 4 * quarter;
    }
    return undefined;
}
