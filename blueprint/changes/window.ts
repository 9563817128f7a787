import { windowFields } from "../../catalog/conditions/cron";

/** The hours of a window as the stack file says them, `MON-THU 8-16`; the whole expression where it says more than those. */
export function windowText(cron: string): string {
    const [seconds, minutes, hours, day, month, weekday, year = "*"] = cron.split(" ");
    const isAll = (field: string) => field === "*" || field === "?";
    const days = isAll(weekday) ? "every day" : weekday;
    return [seconds, minutes, day, month, year].every(isAll) ? `${days} ${isAll(hours) ? "at any hour" : hours}` : cron;
}

/** Whether a window is open whenever one of `before` is, and at other times too. */
export function isWider(before: string, after: string): boolean {
    const [was, now] = [before, after].map(windowFields);
    return covers(now, was) && !covers(was, now);
}

type Fields = ReturnType<typeof windowFields>;

/** Whether each field of `wide` has all that the one of `narrow` has; where days are named by the calendar, the same words. */
const covers = (wide: Fields, narrow: Fields) =>
    wide.every((more, index) => {
        const less = narrow[index];
        return typeof more === "string" || typeof less === "string"
            ? more === less
            : less.every(value => more.includes(value));
    });
