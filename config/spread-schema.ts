import { z } from "zod";

/** What of its fleet a stack makes. */
export const role = z
    .enum(["both", "platform", "services"])
    .default("both")
    .describe(
        "What of the fleet this stack makes: `platform` is what all services share, `services` the pipelines of services on the platform of another stack, `both` all of it. @default both",
    );

/** The stack that a stack of services stands on. */
export const platform = z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'the name of a stack such as "prod-platform"')
    .optional()
    .describe(
        "Of a stack of services: name of the stack that makes what all services share; its stack file stands beside this one. @default none, and a stack of services needs it",
    );

/** How a fleet is spread over stacks, as one of them sees it. */
export type Spread =
    | { readonly role: "both" }
    | {
          readonly role: "platform";
          /** Stack of each service. */
          readonly stacks: Readonly<Record<string, string>>;
      }
    | {
          readonly role: "services";
          /** Name of the stack that makes what all services share. */
          readonly platform: string;
          /** Stack of each service of the fleet that is not this stack's. */
          readonly stacks: Readonly<Record<string, string>>;
      };
