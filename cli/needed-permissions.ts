import { wrapped } from "./status/words";

/** Actions that a command needs, by what they are allowed on. */
export type Permissions = Readonly<Record<string, readonly string[]>>;

/** What the usage of a command that reads AWS says of the credentials it needs. */
export const neededPermissions = (permissions: Permissions): string =>
    [
        "Needs AWS credentials of the stack's account that may",
        ...Object.entries(permissions)
            .flatMap(([on, actions]) => [...wrapped(actions.join(", "), 110), `  on ${on}`])
            .map(line => `  ${line}`),
    ].join("\n");
