import { key } from "../../catalog/words";
import { hint } from "../../config/suggest";
import { valueOf, type AddOptions } from "../add-options";
import { UsageError } from "../options";
import type { Entry } from "./entry-text";
import { entryOf, needsOf, typesOf, type Around, type Given, type Need } from "./needed";

/** Asks somebody `question`; what was answered. */
export type Ask = (question: string) => Promise<string>;

/** A service with all that it has to say. */
export interface Completed {
    readonly entry: Entry;
    /** What was taken from another service, in words. */
    readonly taken: readonly string[];
}

const serviceName = key("name of a service");

/**
 * The name of the new service.
 *
 * @throws UsageError for none, or one that no service can have
 */
export async function nameOf({ name }: Pick<AddOptions, "name">, ask: Ask | undefined): Promise<string> {
    const said = name ?? (ask === undefined ? undefined : (await ask("Name of the service: ")).trim());
    if (said === undefined || said === "") {
        throw new UsageError("expected the name of the service, such as orders");
    }
    const { success, error } = serviceName.safeParse(said);
    if (!success) {
        throw new UsageError(`expected ${error.issues[0]?.message}, found ${JSON.stringify(said)}`);
    }
    return said;
}

/**
 * `given` with all that its kinds ask for: said, asked for, or taken from a service that is deployed alike.
 *
 * @param known - answers, by what they are of; what is asked for one file is not asked for the next
 * @throws UsageError with all that is missing where nobody can be asked
 */
export async function completed(
    name: string,
    given: Given,
    around: Around,
    ask: Ask | undefined,
    known: Map<string, unknown>,
): Promise<Completed> {
    let said = given;
    const taken: string[] = [];
    if (said.deploy.type === undefined && around.defaults.deploy === undefined) {
        const type = await kindOf(ask, known);
        said = { ...said, deploy: { type, ...said.deploy } };
    }
    const missing: Need[] = [];
    for (const need of needsOf(name, said, around)) {
        const path = `${need.part}.${need.key}`;
        const answer = known.has(path) ? known.get(path) : ask === undefined ? undefined : await answered(need, ask);
        known.set(path, answer);
        if (answer === undefined && need.like === undefined) {
            missing.push(need);
            continue;
        }
        if (answer === undefined && need.like !== undefined) {
            taken.push(`${path} as ${need.like.service} says it`);
        }
        said = { ...said, [need.part]: { ...said[need.part], [need.key]: need.fit(answer ?? need.like?.value) } };
    }
    if (missing.length > 0) {
        throw new UsageError(
            [`expected more of ${name}:`, ...missing.map(need => `  ${optionOf(need)}  ${need.description}`)].join(
                "\n",
            ),
        );
    }
    return { entry: entryOf(said, around), taken };
}

/** The option that says what is needed. */
function optionOf({ part, key: word }: Need): string {
    return word === "repository"
        ? "--repository OWNER/NAME"
        : `${part}.${word}` === "build.commands"
          ? "--command TEXT"
          : `--set ${part}.${word}=VALUE`;
}

/**
 * How it is deployed.
 *
 * @throws UsageError where nobody can be asked
 */
async function kindOf(ask: Ask | undefined, known: Map<string, unknown>): Promise<string> {
    const types = typesOf("deploy");
    while (ask !== undefined && !known.has("deploy.type")) {
        const type = (await ask(`How is it deployed (${types.join(", ")})? `)).trim();
        if (types.includes(type)) {
            known.set("deploy.type", type);
        } else {
            // It is asked for again, with the nearest right one.
            ask = withHint(ask, `No kind ${JSON.stringify(type)}${hint(type, types)}\n`);
        }
    }
    const type = known.get("deploy.type");
    if (typeof type !== "string") {
        throw new UsageError(`expected --deploy KIND: one of ${types.join(", ")}`);
    }
    return type;
}

const withHint =
    (ask: Ask, before: string): Ask =>
    question =>
        ask(`${before}${question}`);

/** What somebody says of `need`; undefined where the service like it is to be followed. */
async function answered(need: Need, ask: Ask): Promise<unknown> {
    const usual = need.like === undefined ? "" : ` [${JSON.stringify(need.like.value)}, as ${need.like.service}]`;
    for (;;) {
        const text = (await ask(`${need.part}.${need.key}: ${need.description}${usual} `)).trim();
        if (text !== "") {
            return valueOf(text, `${need.part}.${need.key}`);
        }
        if (need.like !== undefined) {
            return undefined;
        }
    }
}
