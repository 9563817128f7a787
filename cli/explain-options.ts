import { fromFile, stackFile, stacksIn } from "../config/from-file";
import { isReadable } from "../config/spread";
import { hint } from "../config/suggest";
import { mapOf, namesOf } from "../config/values";
import { chosenStack, parsedArguments, UsageError } from "./options";

/** What `npm run explain` was asked for. */
export interface ExplainOptions {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    readonly service: string;
    /** @default the service's last one */
    readonly environment?: string;
    readonly json: boolean;
}

export const explainUsage = `Usage: npm run explain -- SERVICE [ENVIRONMENT] [--stack NAME | --config FILE] [--json]

Says in plain words what happens from a change of a service to one of its environments: what starts it, what each stage does, who
is asked, what stops it, what brings it back, who is told, with which accounts and roles. Offline: it needs no AWS account, no
Pulumi login and no network.

  SERVICE        a service of the stack file
  ENVIRONMENT    one of its environments (default: the last one)
  --stack NAME   the stack whose Pulumi.NAME.yaml is read (default: the only one in which the service has that environment;
                 where several have it, dev)
  --config FILE  a stack file somewhere else
  --json         one JSON object
  --help         this text

Exit code 0: it was explained; 1: the stack file has problems, all printed to standard error; 2: wrong usage.`;

/**
 * Reads the command line; undefined where only the usage is asked for.
 *
 * @throws UsageError for an unknown option, too few or too many words, and a service or an environment that no stack has
 */
export function explainOptions(args: readonly string[], folder: string): ExplainOptions | undefined {
    const { values, positionals } = parsedArguments(
        args,
        {
            stack: { type: "string" },
            config: { type: "string" },
            json: { type: "boolean" },
            help: { type: "boolean", short: "h" },
        },
        true,
    );
    const { stack, config, json = false, help = false } = values;
    if (help) {
        return undefined;
    }
    const [service, environment, ...more] = positionals;
    if (positionals.length === 0 || more.length > 0) {
        throw new UsageError(
            `expected a service and perhaps one of its environments, such as "orders prod", found ${positionals.length === 0 ? "neither" : JSON.stringify(positionals.join(" "))}`,
        );
    }
    const chosen =
        stack === undefined && config === undefined
            ? stackWith(service, environment, folder)
            : chosenStack(values, folder, false);
    return { ...chosen, service, json, ...(environment !== undefined && { environment }) };
}

/** What a stack file says it has, as far as it can be read: whether it is right, its plan tells. */
interface Having {
    readonly stack: string;
    /** Whether all that it has is known. */
    readonly readable: boolean;
    readonly services: readonly string[];
    readonly environments: readonly string[];
}

/** What the stack files of `folder` have, but for those of platforms, which have no service of their own. */
export function havingOf(folder: string): Having[] {
    return stacksIn(folder).flatMap(stack => {
        const source = fromFile(stackFile(folder, stack), stack);
        const { role, services, environments } = source.values;
        return role === "platform"
            ? []
            : [
                  {
                      stack,
                      readable: isReadable(source),
                      services: Object.keys(mapOf(services)),
                      environments: namesOf(environments),
                  },
              ];
    });
}

/** The stack that is meant where none is named: one that cannot be read might be, so that what is wrong with it is told. */
function stackWith(service: string, environment: string | undefined, folder: string) {
    const all = havingOf(folder);
    const unread = all.find(({ readable }) => !readable);
    if (unread !== undefined) {
        return { stack: unread.stack, file: stackFile(folder, unread.stack) };
    }
    const withService = all.filter(({ services }) => services.includes(service));
    if (withService.length === 0) {
        throw new UsageError(`no service ${JSON.stringify(service)} in ${stacksText(all)}${serviceHint(service, all)}`);
    }
    const fitting = withService.filter(
        ({ environments }) => environment === undefined || environments.includes(environment),
    );
    if (fitting.length === 0) {
        const there = [...new Set(withService.flatMap(({ environments }) => environments))];
        const where = withService.map(({ stack, environments }) => `${stack} has ${environments.join(", ")}`);
        throw new UsageError(
            `no environment ${JSON.stringify(environment)} of ${service}${hint(environment ?? "", there)} (the stack ${where.join(", the stack ")})`,
        );
    }
    const stack = fitting.length === 1 ? fitting[0].stack : fitting.find(one => one.stack === "dev")?.stack;
    if (stack === undefined) {
        throw new UsageError(
            `${service}${environment === undefined ? "" : ` has ${environment}`} in ${stacksText(fitting)}; expected --stack with one of them`,
        );
    }
    return { stack, file: stackFile(folder, stack) };
}

const stacksText = (all: readonly Having[]) =>
    all.length === 0
        ? "any stack"
        : `the stack${all.length === 1 ? "" : "s"} ${all.map(({ stack }) => stack).join(", ")}`;

/** What was meant, and in which stacks that is. */
export function serviceHint(service: string, all: readonly Having[]): string {
    const names = [...new Set(all.flatMap(({ services }) => services))].sort();
    const text = hint(service, names);
    const meant = names.find(name => text === hint(service, [name]) && text.includes("did you mean"));
    const where = all.filter(({ services }) => meant !== undefined && services.includes(meant));
    return where.length === 0 ? text : `${text} It is in ${stacksText(where)}`;
}
