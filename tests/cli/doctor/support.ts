import type { AwsCli } from "../../../cli/doctor/aws-cli";
import type { Run } from "../../../cli/doctor/versions";

/** A program that says always the same. */
export const says =
    (stdout: string, status: number | null = 0, stderr = ""): Run =>
    () => ({ status, stdout, stderr });

/** A program that is not there. */
export const none: Run = () => undefined;

/** An AWS that lists these, by key of the answer and region; what it was asked for is in `asked`. */
export function lists(
    items: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>>,
    asked: string[] = [],
): AwsCli {
    return (command, region, key) => {
        asked.push([...command, region].join(" "));
        return { items: (items[key]?.[region] ?? []) as readonly Readonly<Record<string, unknown>>[] };
    };
}
