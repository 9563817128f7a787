/** `UseArtifacts` as words: use artifacts. */
export const sidWords = (sid: string): string => sid.replace(/([a-z])([A-Z0-9])/g, "$1 $2").toLowerCase();

/** A `Sid` without the number of a repeated one. */
export const bareSid = (sid: string): string => sid.replace(/\d+$/, "");
