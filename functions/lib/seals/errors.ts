import type { FailureType } from "@aws-sdk/client-codepipeline";
import { inLine } from "../text";

/** A definite no: what was expected, what was found, and what to do. */
export class Refusal extends Error {
    override readonly name: string = "Refusal";

    constructor(
        message: string,
        readonly type: FailureType = "JobFailed",
    ) {
        super(message);
    }
}

/** An archive that two programs could unpack differently, or not at all. */
export class Unsound extends Error {
    override readonly name: string = "Unsound";
}

/** The time of this run is over: the next one goes on. */
export class Pause extends Error {
    override readonly name: string = "Pause";
}

/** CodePipeline does not list yet what it has to list. */
export class Unlisted extends Error {
    override readonly name: string = "Unlisted";
}

/** The name of an error of AWS, or of any other. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** Whether AWS says that there is no such thing. Of an object in a bucket that may not be listed it says no. */
export const isAbsent = (error: unknown): boolean => ["NoSuchKey", "NotFound", "404"].includes(nameOf(error));

/** Whether AWS does not allow it; a HEAD that is refused has no better name than its status. */
export const isDenied = (error: unknown): boolean =>
    ["AccessDenied", "AccessDeniedException", "Forbidden", "403"].includes(nameOf(error));

/**
 * Does `deed`, and turns what AWS throws into a refusal: which permission is missing, or what could not be done. What is
 * not known is a no.
 *
 * @param what - such as `read s3://bucket/key`
 * @param permission - what the function's role needs for it
 */
export async function asked<T>(what: string, permission: string, deed: () => Promise<T>): Promise<T> {
    try {
        return await deed();
    } catch (error) {
        throw isOurs(error) ? error : refusalOf(error, what, permission);
    }
}

const isOurs = (error: unknown): boolean => [Refusal, Unsound, Pause, Unlisted].some(sort => error instanceof sort);

function refusalOf(error: unknown, what: string, permission: string): Refusal {
    const reason = inLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 300);
    return isDenied(error)
        ? new Refusal(`could not ${what}: expected the permission ${permission}, found ${reason}`, "PermissionError")
        : new Refusal(`could not ${what}: ${reason}. Retry the stage`, "SystemUnavailable");
}
