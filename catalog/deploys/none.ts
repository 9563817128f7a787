import { z } from "zod";
import { kind } from "../kind";

/**
 * No deploy: a library that its build publishes, a base image, or a service that its steps alone bring there. An
 * environment in which nothing else is done either gets no stage, and nobody is asked for a yes.
 */
export const none = kind({
    type: "none",
    actions: [],
    limits: ["It is said, and never assumed: a service without `deploy` is refused."],
    settings: z.strictObject({}),
    example: `
        type: none`,
    plan: () => [],
});
