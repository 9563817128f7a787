import { createHash } from "node:crypto";
import { z } from "zod";
import { pathText, type Path, type Problem } from "../../catalog/problem";
import { text } from "../../catalog/words";

/**
 * Texts that look like secrets and are none, each with its reason. A place is enough for what is only suspected, by its name
 * or its looks; what has the form of a known credential is let through by its sum alone, so that no other can take its place.
 */
export const allowedPlainText = z
    .array(
        z.strictObject({
            path: z
                .string()
                .min(1)
                .optional()
                .describe(
                    "Where it stands, as the message of the guard says it: `services.orders.deploy.parameters.TokenSign`. Lets through what is suspected by its name or as a long random word, never the form of a known credential. @default none: `sha256` says which",
                ),
            sha256: z
                .string()
                .regex(/^[0-9a-f]{64}$/, "a SHA-256 sum of 64 lower-case hexadecimal digits")
                .optional()
                .describe(
                    "SHA-256 of the text, instead of `path`: lets through exactly this text, wherever it stands, also where it has the form of a known credential. `printf %s 'text' | sha256sum` tells it. @default none: `path` says which",
                ),
            reason: text("Why it is no secret; printed in the preview."),
        }),
    )
    .default([])
    .describe("Texts that look like secrets in plain text and are none, each with its reason. @default none");

export type AllowedPlainText = z.output<typeof allowedPlainText>;

/** Which texts are let through; takes note of what was. */
export class Allowance {
    private readonly used = new Set<number>();

    constructor(private readonly entries: AllowedPlainText) {}

    /** Whether `text` at `path` is let through, which is suspected, or has the form of a known credential. */
    lets(text: string, path: Path, known: boolean): boolean {
        if (this.entries.length === 0) {
            return false;
        }
        const sum = createHash("sha256").update(text).digest("hex");
        const place = pathText(path);
        const found = this.entries.findIndex(
            entry => entry.sha256 === sum || (!known && entry.sha256 === undefined && entry.path === place),
        );
        if (found >= 0) {
            this.used.add(found);
        }
        return found >= 0;
    }

    /**
     * Entries that say too much or too little, and those that nothing needs any more: these only where `all` was searched, as
     * another stack of the fleet may need them.
     */
    problems(all = true): Problem[] {
        return this.entries.flatMap(({ path, sha256 }, index) => {
            const at = (message: string) => [{ path: ["allowedPlainText", index], message }];
            if ((path === undefined) === (sha256 === undefined)) {
                return at(
                    `expected either \`path\` or \`sha256\`, found ${path === undefined ? "neither" : "both"}: a sum holds wherever its text stands`,
                );
            }
            return this.used.has(index) || !all
                ? []
                : at(
                      path === undefined
                          ? "lets nothing through: no text that looks like a secret has this sum; drop the entry"
                          : "lets nothing through: nothing there is suspected of being a secret, or it has the form of a known credential, which only `sha256` lets through; drop the entry",
                  );
        });
    }
}
