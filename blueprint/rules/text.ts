import { Reference, type Text } from "../../catalog/reference";
import type { ActionPlan } from "../plan";

/** As long as the longest ARN that a reference can become: that of a connection, with its UUID. */
const longestReference =
    "arn:aws-us-gov:codeconnections:us-gov-east-1:111111111111:connection/00000000-0000-0000-0000-000000000000";

/** `text` at the length that it will have when AWS has named what it refers to. */
export const atFullLength = (text: Text): string => (text instanceof Reference ? longestReference : text);

/** The configuration of `action` with references at their full length. */
export const fullConfiguration = (action: ActionPlan): (readonly [string, string])[] =>
    Object.entries(action.configuration).map(([key, value]) => [key, atFullLength(value)] as const);
