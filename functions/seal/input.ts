import type { Asking } from "../lib/seals/job";

/** `UserParameters` of an action that seals its input artifacts. */
export interface SealInput extends Asking {
    /** Files of an artifact, by its name, that name images; each image has to be named by its digest. */
    readonly images?: Readonly<Record<string, readonly string[]>>;
}
