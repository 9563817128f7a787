import type { Problem } from "../../catalog/problem";
import { credentialIn } from "./forms";
import { remedy } from "./guard";
import { isSecretName } from "./names";

/** Keys of a build that hold commands. */
const phases = ["install", "preBuild", "commands", "postBuild"] as const;

/** A variable that a command sets to a value of its own, not to what another variable or command gives. */
const assignment = /(?:^|[\s;&|(])([A-Za-z_][A-Za-z0-9_]*)=(?:"[^"$`]+"|'[^']+'|[^\s;&|)"'$`]+)/g;

/** Variables whose name says that they hold a secret, unless `notSecret` names them. */
export function secretNameProblems(
    settings: {
        readonly environment?: Readonly<Record<string, string>>;
        readonly notSecret?: readonly string[];
    } & Partial<Readonly<Record<(typeof phases)[number], readonly string[]>>>,
): Problem[] {
    const { environment = {}, notSecret = [] } = settings;
    const inCommands = phases.flatMap(phase =>
        (settings[phase] ?? []).flatMap((command, index) =>
            (command.includes("=") ? [...command.matchAll(assignment)] : [])
                .map(([, name]) => name)
                .filter(name => isSecretName(name) && !notSecret.includes(name) && credentialIn(command) === undefined)
                .slice(0, 1)
                .map(name => ({
                    path: [phase, index],
                    message: `sets a secret in plain text, by the name of the variable ${name}: ${remedy}; if it is none, list ${name} in \`notSecret\``,
                })),
        ),
    );
    const inEnvironment = Object.entries(environment)
        .filter(
            ([name, value]) =>
                isSecretName(name) && value !== "" && !notSecret.includes(name) && credentialIn(value) === undefined,
        )
        .map(([name]) => ({
            path: ["environment", name],
            message: `a secret in plain text, by its name: ${remedy}; if it is none, list ${name} in \`notSecret\``,
        }));
    return [...inEnvironment, ...inCommands];
}
