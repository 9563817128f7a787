import { isDeepStrictEqual } from "node:util";
import type { When } from "../catalog/kind";
import type { Path } from "../catalog/problem";
import type { GateSettings, OnFailure } from "./fleet-config";
import { gateText, readGates } from "./gates";
import { single, type Report } from "./parse";
import { hint } from "./suggest";
import { isMap } from "./values";
import type { EnvironmentWords, ServiceWords, Surroundings } from "./surroundings";

/** What one service says of one environment, beside its deploys. */
export interface Exception {
    /** Why the service does without the environment. */
    readonly skip?: string;
    readonly approval?: unknown;
    readonly before?: readonly GateSettings[];
    readonly after?: readonly GateSettings[];
    readonly onFailure?: OnFailure;
    readonly rollbackOn?: readonly string[];
    readonly skipApproval?: string;
    readonly skipGates?: string;
    readonly skipVerification?: string;
    readonly mutableImages?: string;
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
    const { approval, onFailure, rollbackOn, skip, skipApproval, skipGates, skipVerification, mutableImages } =
        exception;
    if (approval !== undefined && skipApproval !== undefined) {
        report({
            path: [...path, "skipApproval"],
            message: "expected either `approval` or `skipApproval`, found both",
        });
    }
    const gates = (when: When) =>
        exception[when] === undefined ? undefined : readGates(single(exception[when], [...path, when]), when, report);
    const own = { before: gates("before"), after: gates("after") };
    const lost = (["before", "after"] as const).flatMap(when => {
        const kept = own[when] ?? (skipsAll(exception) ? [] : environment[when]);
        const dropped = environment[when].filter(gate => !kept.some(other => isDeepStrictEqual(other, gate)));
        if (dropped.length > 0 && skipGates === undefined) {
            report({
                path: [...path, when],
                message: `drops or changes the gate ${dropped.map(gateText).join(", ")} that the environment ${name} asks for: list it unchanged, or say why in \`skipGates\``,
            });
        }
        return dropped;
    });
    if (skipGates !== undefined && lost.length === 0) {
        report({ path: [...path, "skipGates"], message: `there is nothing to skip: all gates of ${name} hold` });
    }
    if (skipApproval !== undefined && environment.rawApproval === undefined) {
        report({ path: [...path, "skipApproval"], message: `there is nothing to skip: ${name} asks for no approval` });
    }
    if (environment.rawApproval !== undefined && isMap(approval) && approval.notify !== undefined) {
        report({
            path: [...path, "approval", "notify"],
            message: `expected no addresses here: all who approve ${name} are asked on one topic; name them in the environment's approval`,
        });
    }
    const weaker = onFailure !== undefined && strength.indexOf(onFailure) < strength.indexOf(environment.onFailure);
    return {
        ...(skip !== undefined && { skip }),
        approval,
        ...(own.before && { before: own.before }),
        ...(own.after && { after: own.after }),
        ...(onFailure && { onFailure }),
        ...(rollbackOn && { rollbackOn }),
        ...(skipApproval !== undefined && { skipApproval }),
        ...(skipGates !== undefined && { skipGates }),
        ...(skipVerification !== undefined && { skipVerification }),
        ...(mutableImages !== undefined && { mutableImages }),
        weakens: [
            ...(skipApproval !== undefined ? [`no approval before ${name}: ${skipApproval}`] : []),
            ...(skipGates !== undefined
                ? [`${name} without the gate ${lost.map(gateText).join(", ")}: ${skipGates}`]
                : []),
            ...(weaker ? [`a failure in ${name} leads to ${onFailure}, not ${environment.onFailure}`] : []),
        ],
    };
}

/** Whether a service skips all gates: with gates of its own, it skips those in whose place they stand. */
export const skipsAll = (exception: { skipGates?: unknown; before?: unknown; after?: unknown }) =>
    exception.skipGates !== undefined && exception.before === undefined && exception.after === undefined;
