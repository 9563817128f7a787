import type { Path } from "../../catalog/problem";
import { key } from "../../catalog/words";
import { hint } from "../../config/suggest";
import type { AddOptions } from "../add-options";
import { UsageError } from "../options";
import type { Entry } from "./entry-text";
import { takenLines } from "./like";
import { entryOf, needsOf, withLists, type Need } from "./needed";
import { typesOf, type Around, type Given, type Part } from "./parts";
import { answered, explained, mostShown, type Answer, type Ask } from "./questions";

/** A service with all that it has to say. */
export interface Completed {
    readonly entry: Entry;
    /** What was taken from another service, and what was not, in words. */
    readonly taken: readonly string[];
}

/** What somebody has answered, by what it is of: what is asked for one file is not asked for the next. */
export class Answers {
    readonly known = new Map<string, Answer>();
    readonly earlier = new Map<string, Answer>();
    /** What is the same in all environments, and need not be. */
    private readonly fixed = new Set<string>();

    /** Keeps what was answered to `need`. */
    keep(id: string, { words }: Need, answer: Answer): void {
        const differs = (value: unknown) => JSON.stringify(value ?? "").includes("{environment}");
        const isFixed = typeof answer === "object" && differs(words[answer.key].example) && !differs(answer.value);
        this.fixed[isFixed ? "add" : "delete"](id);
        this.known.set(id, answer);
    }

    /**
     * Forgets what was typed of the words that have problems, so that it is asked for again. A problem of a whole part may be that environments
     * share a name.
     *
     * @param paths - of the problems, below the service
     * @returns whether there is something to ask for again
     */
    forget(paths: readonly Path[]): boolean {
        const wrong = [...this.known].filter(
            ([id, answer]) =>
                typeof answer === "object" &&
                paths.some(
                    ([part, word]) =>
                        id.startsWith(`${part}.`) && (word === undefined ? this.fixed.has(id) : word === answer.key),
                ),
        );
        for (const [id, answer] of wrong) {
            this.known.delete(id);
            this.earlier.set(id, answer);
        }
        return wrong.length > 0;
    }
}

const serviceName = key("name of a service");

/** Asks again, with what is wrong, until the answer is right. */
async function untilRight(ask: Ask, question: string, problem: (text: string) => string | undefined): Promise<string> {
    for (let before = ""; ;) {
        const text = (await ask(`${before}${question}`)).trim();
        const wrong = problem(text);
        if (wrong === undefined) {
            return text;
        }
        before = `${wrong}\n`;
    }
}

/**
 * The name of the new service.
 *
 * @param taken - why the name cannot be had; undefined where it can
 * @throws UsageError for none, or one that no service can have
 */
export async function nameOf(
    { name }: Pick<AddOptions, "name">,
    ask: Ask | undefined,
    taken: (name: string) => string | undefined = () => undefined,
): Promise<string> {
    const problem = (text: string) => {
        const { error } = serviceName.safeParse(text);
        return text === ""
            ? "expected the name of the service, such as orders"
            : error && `expected ${error.issues[0]?.message}, found ${JSON.stringify(text)}`;
    };
    if (name === undefined && ask !== undefined) {
        return untilRight(ask, "Name of the service: ", text => problem(text) ?? taken(text));
    }
    const wrong = problem(name ?? "");
    if (name === undefined || wrong !== undefined) {
        throw new UsageError(wrong);
    }
    return name;
}

/**
 * `given` with all that its kinds ask for: said, asked for, or taken from a service that is deployed alike.
 *
 * @throws UsageError with all that is missing where nobody can be asked
 */
export async function completed(
    name: string,
    given: Given,
    around: Around,
    ask: Ask | undefined,
    answers: Answers,
): Promise<Completed> {
    let said = given;
    if (said.deploy.type === undefined && around.defaults.deploy === undefined) {
        const type = await kindOf(ask, answers);
        said = { ...said, deploy: { type, ...said.deploy } };
    }
    said = withLists(said, around);
    const missing: Need[] = [];
    const followed = new Map<Part, Need[]>();
    const before = said;
    for (const need of needsOf(name, before, around)) {
        const { part, like } = need;
        // A word of an answer before may have been in the place of this one.
        if (need.keys.some(word => said[part][word] !== undefined)) {
            continue;
        }
        const id = `${part}.${need.keys[0]}`;
        let answer = answers.known.get(id);
        if (ask !== undefined && (answer === undefined || (answer === "follow" && like === undefined))) {
            answer = await answered(need, ask, answers.earlier.get(id));
            answers.keep(id, need, answer);
        }
        if (typeof answer === "object") {
            said = { ...said, [part]: { ...said[part], [answer.key]: answer.value } };
        } else if (like === undefined) {
            missing.push(need);
        } else {
            followed.set(part, [...(followed.get(part) ?? []), need]);
        }
    }
    if (missing.length > 0) {
        throw new UsageError([`expected more of ${name}:`, ...missing.map(missed)].join("\n"));
    }
    return withFollowed(said, before, followed, around);
}

/** `said` with what is taken over from services like it. */
function withFollowed(
    said: Given,
    before: Given,
    followed: ReadonlyMap<Part, readonly Need[]>,
    around: Around,
): Completed {
    let all = said;
    const taken = new Map<Part, { readonly service: string; readonly keys: readonly string[] }>();
    for (const [part, needs] of followed) {
        const [{ like }] = needs;
        if (like === undefined) {
            continue;
        }
        // Somebody who says a needed word means another thing than that service: what goes with it is taken over only with all of them.
        const isWhole = like.whole === true && isSame(said[part], before[part]);
        const keys = Object.keys(like.words).filter(
            word => said[part][word] === undefined && (isWhole || needs.some(need => need.keys.includes(word))),
        );
        all = { ...all, [part]: { ...said[part], ...Object.fromEntries(keys.map(word => [word, like.words[word]])) } };
        taken.set(part, { service: like.service, keys });
    }
    return { entry: entryOf(all, around), taken: takenLines(taken, all, around) };
}

const isSame = (after: object, before: object) => Object.keys(after).length === Object.keys(before).length;

/** The option that says what is needed, and what it is. */
function missed({ part, keys, words, itself }: Need): string {
    const options = keys
        .slice(0, mostShown)
        .map(word =>
            word === "repository"
                ? "--repository OWNER/NAME"
                : `${part}.${word}` === "build.commands"
                  ? "--command TEXT"
                  : `--set ${part}.${word}=VALUE`,
        );
    const why = itself === undefined ? "" : ` (not as ${itself}, whose ${part} names ${itself})`;
    return `  ${options.join(" or ")}  ${explained(words[keys[0]])}${why}`;
}

/**
 * How it is deployed.
 *
 * @throws UsageError where nobody can be asked
 */
async function kindOf(ask: Ask | undefined, { known }: Answers): Promise<string> {
    const types = typesOf("deploy");
    const before = known.get("deploy.type");
    if (typeof before === "object") {
        return String(before.value);
    }
    if (ask === undefined) {
        throw new UsageError(`expected --deploy KIND: one of ${types.join(", ")}`);
    }
    const type = await untilRight(ask, `How is it deployed (${types.join(", ")})? `, text =>
        types.includes(text) ? undefined : `No kind ${JSON.stringify(text)}${hint(text, types)}`,
    );
    known.set("deploy.type", { key: "type", value: type });
    return type;
}
