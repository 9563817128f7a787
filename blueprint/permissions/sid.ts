/** A `Sid` without the number of a repeated one. */
export const bareSid = (sid: string): string => sid.replace(/\d+$/, "");
