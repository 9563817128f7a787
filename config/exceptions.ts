import type { Path } from "../catalog/problem";
import type { GateSettings, OnFailure } from "./fleet-config";
import { readGates, type When } from "./gates";
import { single, type Report } from "./parse";
import { hint } from "./suggest";
import type { EnvironmentWords, ServiceWords, Surroundings } from "./surroundings";

/** What one service says of one environment, beside its deploys. */
export interface Exception {
    readonly skip: boolean;
    readonly approval?: unknown;
    readonly before?: readonly GateSettings[];
    readonly after?: readonly GateSettings[];
    readonly onFailure?: OnFailure;
    readonly skipApproval?: string;
    readonly skipGates?: string;
    readonly weakens: readonly string[];
}

/** By the name of the environment. */
export type Exceptions = ReadonlyMap<string, Exception>;

/** How much each answer to a failure leaves running: the weakest first. */
const strength: readonly OnFailure[] = ["stop", "retry", "retry-all", "rollback"];

/**
 * Reads what a service says of each environment. What an environment asks for safety, a service can be without only
 * by a key that names the risk and says why.
 */
export function readExceptions(
    service: string,
    words: ServiceWords,
    { environments, allEnvironments }: Pick<Surroundings, "environments" | "allEnvironments">,
    report: Report,
): Exceptions {
    const known = environments.map(environment => environment.name);
    const read = new Map<string, Exception>();
    for (const [name, exception] of Object.entries(words.environments ?? {})) {
        const path: Path = ["services", service, "environments", name];
        const environment = environments.find(candidate => candidate.name === name);
        if (environment === undefined) {
            if (allEnvironments) {
                report({ path, message: `unknown environment ${JSON.stringify(name)}${hint(name, known)}` });
            }
            continue;
        }
        read.set(name, readException(exception, environment, path, report));
    }
    return read;
}

type ExceptionWords = NonNullable<ServiceWords["environments"]>[string];

function readException(
    exception: ExceptionWords,
    environment: EnvironmentWords,
    path: Path,
    report: Report,
): Exception {
    const { name } = environment;
    const { approval, onFailure, skip = false, skipApproval, skipGates } = exception;
    if (approval !== undefined && skipApproval !== undefined) {
        report({
            path: [...path, "skipApproval"],
            message: "expected either `approval` or `skipApproval`, found both",
        });
    }
    const gates = (when: When) =>
        exception[when] === undefined ? undefined : readGates(single(exception[when], [...path, when]), when, report);
    const own = { before: gates("before"), after: gates("after") };
    for (const when of ["before", "after"] as const) {
        const dropped = environment[when]
            .map(gate => gate.type)
            .filter(type => own[when] !== undefined && !own[when].some(gate => gate.type === type));
        if (dropped.length > 0 && skipGates === undefined) {
            report({
                path: [...path, when],
                message: `drops the gate ${dropped.join(", ")} that the environment ${name} asks for: keep it, or say why in \`skipGates\``,
            });
        }
    }
    const weaker = onFailure !== undefined && strength.indexOf(onFailure) < strength.indexOf(environment.onFailure);
    return {
        skip,
        approval,
        ...(own.before && { before: own.before }),
        ...(own.after && { after: own.after }),
        ...(onFailure && { onFailure }),
        ...(skipApproval !== undefined && { skipApproval }),
        ...(skipGates !== undefined && { skipGates }),
        weakens: [
            ...(skipApproval !== undefined && environment.rawApproval !== undefined
                ? [`no approval before ${name}: ${skipApproval}`]
                : []),
            ...(skipGates !== undefined ? [`gates of ${name} are replaced: ${skipGates}`] : []),
            ...(weaker ? [`a failure in ${name} leads to ${onFailure}, not ${environment.onFailure}`] : []),
        ],
    };
}
