import { z } from "zod";
import type { Path } from "../catalog/problem";
import type { GateSettings, OnFailure } from "./fleet-config";
import { parse, single, type Report } from "./parse";
import type { EnvironmentWords } from "./service";
import type { serviceSchema } from "./schema";
import { gateSort } from "./sorts";
import { hint } from "./suggest";

type ServiceWords = z.output<ReturnType<typeof serviceSchema>>;

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

export type Exceptions = Readonly<Record<string, Exception>>;

/** How much each answer to a failure leaves running: the weakest first. */
const strength: readonly OnFailure[] = ["stop", "retry", "retry-all", "rollback"];

/**
 * Reads what a service says of each environment. What an environment asks for safety, a service can be without only
 * by a key that names the risk and says why.
 */
export function readExceptions(
    service: string,
    words: ServiceWords,
    environments: readonly EnvironmentWords[],
    report: Report,
): Exceptions {
    const known = environments.map(environment => environment.name);
    const read: Record<string, Exception> = {};
    for (const [name, exception] of Object.entries(words.environments ?? {})) {
        const path: Path = ["services", service, "environments", name];
        const environment = environments.find(candidate => candidate.name === name);
        if (environment === undefined) {
            report({ path, message: `unknown environment ${JSON.stringify(name)}${hint(name, known)}` });
            continue;
        }
        const { approval, onFailure, skip = false, skipApproval, skipGates } = exception;
        if (approval !== undefined && skipApproval !== undefined) {
            report({
                path: [...path, "skipApproval"],
                message: "expected either `approval` or `skipApproval`, found both",
            });
        }
        const gates = (when: "before" | "after") =>
            exception[when] === undefined
                ? undefined
                : (parse(z.array(gateSort.schema), single(exception[when], [...path, when]), report) ?? []);
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
        read[name] = {
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
    return read;
}
