import { isMap } from "../../config/values";
import type { Run } from "./versions";

/** What AWS says of something, or why it does not, and what to do about that. */
export type Said =
    | { readonly items: readonly Readonly<Record<string, unknown>>[] }
    | { readonly why: string; readonly remedy?: string };

/** A list of AWS's, in `region`: a command of the AWS CLI, and the key of its answer that the list stands at. */
export type AwsCli = (
    command: readonly [service: string, operation: string, ...more: string[]],
    region: string,
    key: string,
) => Said;

/** Does not ask, for this reason. */
export const unasked =
    (why: string): AwsCli =>
    () => ({ why });

/** How AWS's own text of an error begins: `An error occurred (AccessDeniedException) when calling …`. */
const refusals = /\((?:AccessDenied(?:Exception)?|UnauthorizedOperation|UnauthorizedException)\)/;

/** Texts of the AWS CLI that mean that there are no credentials, or none that hold. */
const loggedOut =
    /unable to locate credentials|config profile .* could not be found|sso login|aws login|token (?:has|is) expired|ExpiredToken|InvalidClientToken|UnrecognizedClient/i;

const login = "log in for the AWS CLI, too, for example with `aws sso login` and AWS_PROFILE";

/** Why one command failed; `always` where every other would fail for the same. */
interface Failure {
    readonly why: string;
    readonly remedy: string;
    readonly always: boolean;
}

function failureOf(answer: ReturnType<Run>, action: string): Failure | undefined {
    if (answer === undefined) {
        return {
            why: "there is no AWS CLI on the PATH",
            remedy: "install it as https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html says",
            always: true,
        };
    }
    const { status, stderr } = answer;
    const why = stderr.split("\n").find(line => line.trim() !== "") ?? "";
    if (status === 0) {
        return undefined;
    }
    if (status === null) {
        return {
            why: `the AWS CLI: ${why || "ended without an answer"}`,
            remedy: "look at what it waits for",
            always: true,
        };
    }
    if (refusals.test(stderr)) {
        return {
            why: `refused: ${why}`,
            remedy: `allow ${action} (\`npm run doctor -- --help\` has all)`,
            always: false,
        };
    }
    if (loggedOut.test(stderr)) {
        return { why: `not logged in: ${why}`, remedy: login, always: true };
    }
    return /invalid choice/i.test(stderr)
        ? {
              why: "the AWS CLI is too old to know this command",
              remedy: "install a newer one as https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html says",
              always: false,
          }
        : { why: `the AWS CLI: ${why || `exit code ${status}`}`, remedy: "run it by hand", always: false };
}

/** Most pages that are read of one list. */
const pages = 20;

/**
 * Asks by the AWS CLI, whose commands need no package that is installed here. It reads lists alone. What fails in a way that all
 * commands would fail in is not tried again, so that ten questions do not wait ten times.
 *
 * @param actions - the action that a command needs to be allowed, by its operation
 */
export function awsCli(run: Run, actions: Readonly<Record<string, string>>): AwsCli {
    const failures = new Map<string, Failure>();
    const ask: AwsCli = (command, region, key) => {
        const [service, operation] = command;
        const name = `${service} ${operation}`;
        // An organization may refuse what is asked in one region, and not in another.
        const here = `${name} ${region}`;
        const known = failures.get("") ?? failures.get(here);
        if (known !== undefined) {
            return known;
        }
        let items: readonly Readonly<Record<string, unknown>>[] = [];
        let token: string | undefined;
        for (let page = 0; page < pages; page++) {
            const next = token === undefined ? [] : ["--next-token", token];
            const answer = run("aws", [...command, "--region", region, "--output", "json", ...next]);
            const failure = failureOf(answer, actions[operation] ?? operation);
            if (failure !== undefined) {
                if (failure.always || refusals.test(answer?.stderr ?? "")) {
                    failures.set(failure.always ? "" : here, failure);
                }
                return failure;
            }
            const said = parsed(answer?.stdout ?? "");
            const list = isMap(said) ? said[key] : undefined;
            if (!isMap(said) || !Array.isArray(list)) {
                return { why: `\`aws ${name}\` says what cannot be read`, remedy: "run it by hand" };
            }
            items = items.concat(list.filter(isMap));
            if (said.NextToken === undefined || said.NextToken === null || said.NextToken === "") {
                return { items };
            }
            // The AWS CLI reads the file that a word such as file://… names; one with a dash in front is an option.
            if (typeof said.NextToken !== "string" || !/^(?!-|\w+:\/\/)[\x21-\x7e]+$/.test(said.NextToken)) {
                return {
                    why: `\`aws ${name}\` has more pages, and names the next one by what cannot be read`,
                    remedy: "run it by hand",
                };
            }
            token = said.NextToken;
        }
        return { why: `\`aws ${name}\` has more than ${pages} pages`, remedy: "run it by hand" };
    };
    return ask;
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
