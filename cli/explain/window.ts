const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** A field of a cron expression: everything, one value, or one range. */
const range = /^(\w+)(?:-(\w+))?$/;

const isAll = (field: string) => field === "*" || field === "?";

/**
 * When a window is open, in words, for the usual form: whole hours, on some days of the week. Undefined for any other.
 *
 * @param cron - seconds, minutes, hours, day of the month, month, day of the week, perhaps the year
 */
export function windowWords(cron: string, timeZone: string): string | undefined {
    const [seconds, minutes, hours, day, month, weekday, year = "*"] = cron.toUpperCase().split(" ");
    if (![seconds, minutes, day, month, year].every(isAll)) {
        return undefined;
    }
    const when = [daysText(weekday), hoursText(hours)];
    return when.some(part => part === undefined)
        ? undefined
        : `${when.filter(part => part !== "").join(", ") || "at all times"} (${timeZone} time)`;
}

/** `Monday to Thursday`; nothing for every day. */
function daysText(field: string): string | undefined {
    const [, from, to] = isAll(field) ? [] : (range.exec(field) ?? [undefined, "?"]);
    if (from === undefined) {
        return "";
    }
    // In cron expressions of AWS 1 is Sunday.
    const name = (text: string): string | undefined =>
        dayNames[/^[1-7]$/.test(text) ? Number(text) - 1 : days.findIndex(day => day === text)];
    const [first, last] = [name(from), to === undefined ? "" : name(to)];
    return first === undefined || last === undefined ? undefined : last === "" ? `on ${first}` : `${first} to ${last}`;
}

/** `from 8:00 until 16:59`; nothing for every hour. */
function hoursText(field: string): string | undefined {
    if (isAll(field)) {
        return "";
    }
    const [, from, to = from] = range.exec(field) ?? [];
    return from === undefined || !/^\d+$/.test(from + to) ? undefined : `from ${from}:00 until ${to}:59`;
}
