/** Whether `zone` is one of the tz database: UTC or Region/City, old names and new ones. */
export function isTimeZone(zone: string): boolean {
    try {
        return (zone === "UTC" || zone.includes("/")) && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
        return false;
    }
}

/** What {@link isTimeZone} wants, for messages. */
export const timeZoneForm = 'a time zone such as "Europe/Berlin" or "UTC"';
