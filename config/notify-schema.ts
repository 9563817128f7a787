import { z } from "zod";
import { happenings, meanings } from "../catalog/happenings";

const happening = z
    .enum(happenings)
    .describe(`One of ${happenings.map(word => `${word} (${meanings[word]})`).join(", ")}.`);

/** A key `notify`: what targets are told of, by their keys. Whether there are such targets is looked at beside. */
export const routes = (description: string) =>
    z
        .record(z.string(), z.array(happening))
        .default({})
        .describe(
            `${description} By key of the target what it is told of; \`[]\` is nothing. @default nothing is said`,
        );
