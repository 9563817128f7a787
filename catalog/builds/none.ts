import { z } from "zod";
import { kind } from "../kind";

/** No build: what the source holds is deployed as it is, for example what another CI has built. */
export const none = kind({
    type: "none",
    actions: [],
    settings: z.strictObject({}),
    example: `
        type: none`,
    plan: () => [],
});
