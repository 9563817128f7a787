/** Milliseconds of each unit of a duration, the largest first. */
const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

export const minute = units.m;
export const hour = units.h;

/** The form of a duration, for messages. */
export const durationForm = 'a duration such as "10m", "2h30m" or "1d"';

/** Milliseconds that `text` says: days, hours, minutes and seconds in this order, each at most once; undefined where it is no duration. */
export function durationOf(text: string): number | undefined {
    const parts = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text);
    if (text === "0") {
        return 0;
    }
    return parts === null || text === ""
        ? undefined
        : Object.values(units).reduce<number>((sum, unit, index) => sum + unit * Number(parts.at(index + 1) ?? 0), 0);
}

/** The form of a date, for messages. */
export const dateForm = 'a date in UTC such as "2026-03-02T08:00Z"';

/** Milliseconds since 1970 of the date that `text` is; undefined where it is none. A date without a time of day is its midnight, in UTC. */
export function dateOf(text: string): number | undefined {
    const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$/.exec(text);
    if (form === null) {
        return undefined;
    }
    const [year, month, day, hours = 0, minutes = 0, seconds = 0] = form
        .slice(1)
        .map(part => (part === undefined ? undefined : Number(part)));
    const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hours, minutes, seconds));
    const same =
        date.getUTCMonth() === (month ?? 0) - 1 &&
        date.getUTCDate() === day &&
        hours < 24 &&
        minutes < 60 &&
        seconds < 60;
    return same ? date.getTime() : undefined;
}

/** `time` as a script would say it: `1h5m`. Parts of a second are left out. */
export function durationText(time: number): string {
    let rest = Math.floor(Math.abs(time) / units.s) * units.s;
    const parts = Object.entries(units).map(([unit, length]) => {
        const count = Math.floor(rest / length);
        rest -= count * length;
        return count === 0 ? "" : `${count}${unit}`;
    });
    return `${time < 0 ? "-" : ""}${parts.join("") || "0m"}`;
}

/** The date of `time`, to the minute: `2026-03-02 08:00`. */
export const dateText = (time: number): string => new Date(time).toISOString().slice(0, 16).replace("T", " ");
