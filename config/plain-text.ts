import type { Path, Problem } from "../catalog/problem";

/** Forms of well-known credentials: whose they are, and how to recognise one. */
const credentials: readonly (readonly [string, RegExp])[] = [
    ["an AWS access key", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
    ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
    ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
    ["an npm token", /\bnpm_[A-Za-z0-9]{30,}/],
    ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
    ["a Slack webhook", /hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/],
    ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
    ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
    ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
    ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@$]+@/],
];

/** Keys of a build that hold commands. */
const phases = ["install", "preBuild", "commands", "postBuild"] as const;

/** Names of variables that hold secrets. */
const secretName =
    /(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|PASSPHRASE)$/i;

/** Whether a variable or a parameter `name`, in capitals or not, holds a secret: `DB_PASSWORD`, `dbPassword`. */
export const isSecretName = (name: string) => secretName.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));

/** What is in the shape of a credential in `text`, in words. */
export function credentialIn(text: string): string | undefined {
    return anyCredential.test(text) ? credentials.find(([, form]) => form.test(text))?.[0] : undefined;
}

const remedy = "keep it in Secrets Manager or SSM and name it in `secrets`";

/** Of what is told, people or hosts of repositories, only secrets of Secrets Manager are read. */
const remedyOfTargets = 'keep it in Secrets Manager and write the name of its secret here, "name:field"';

/** All forms at once: nearly every text of a stack file is none of them. */
const anyCredential = new RegExp(credentials.map(([, form]) => form.source).join("|"));

/** `text` with what is in the shape of a credential left out. */
export const withoutCredentials = (text: string) => text.replace(new RegExp(anyCredential, "g"), "(not shown)");

/** Credentials in any text below `value`, whose words are never repeated, and keys below which they could hide. */
export function credentialProblems(value: unknown, path: Path): Problem[] {
    if (typeof value === "string") {
        const credential = credentialIn(value);
        return credential === undefined
            ? []
            : [
                  {
                      path,
                      message: `looks like ${credential} in plain text: ${path[0] === "targets" || path[0] === "connections" ? remedyOfTargets : remedy}, and replace it where it is valid`,
                  },
              ];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => {
        const below = [...path, Array.isArray(value) ? Number(key) : key];
        // Schemas pass over this one name in silence, and with it over what stands below.
        return key === "__proto__"
            ? [{ path: below, message: `expected another key, found ${JSON.stringify(key)}` }]
            : credentialProblems(inner, below);
    });
}

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
            [...command.matchAll(assignment)]
                .map(([, name]) => name)
                .filter(
                    name => secretName.test(name) && !notSecret.includes(name) && credentialIn(command) === undefined,
                )
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
                secretName.test(name) && value !== "" && !notSecret.includes(name) && credentialIn(value) === undefined,
        )
        .map(([name]) => ({
            path: ["environment", name],
            message: `a secret in plain text, by its name: ${remedy}; if it is none, list ${name} in \`notSecret\``,
        }));
    return [...inEnvironment, ...inCommands];
}
