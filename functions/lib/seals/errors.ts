import type { FailureType } from "@aws-sdk/client-codepipeline";
import { reasonOf } from "../text";

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

/** The status of what AWS has answered; absent where it has not answered. */
export const statusOf = (error: unknown): number | undefined =>
    (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** Whether AWS says that there is no such object; what is refused to a HEAD has no better name than its status. */
export const isAbsent = (error: unknown): boolean => nameOf(error) === "NoSuchKey" || statusOf(error) === 404;

/** Whether AWS does not allow it. */
export const isDenied = (error: unknown): boolean =>
    ["AccessDenied", "AccessDeniedException"].includes(nameOf(error)) || statusOf(error) === 403;

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
        throw refusalOf(error, what, permission);
    }
}

const isOurs = (error: unknown): boolean => [Refusal, Unsound, Pause, Unlisted].some(sort => error instanceof sort);

/** What {@link asked} throws for `error`: an error of our own as it is. */
export function refusalOf(error: unknown, what: string, permission: string): unknown {
    if (isOurs(error)) {
        return error;
    }
    const reason = reasonOf(error);
    return isDenied(error)
        ? new Refusal(`could not ${what}: expected the permission ${permission}, found ${reason}`, "PermissionError")
        : new Refusal(`could not ${what}: ${reason}. Retry the stage`, "SystemUnavailable");
}
