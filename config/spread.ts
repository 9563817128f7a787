import { isDeepStrictEqual } from "node:util";
import type { Path } from "../catalog/problem";
import { checkKeys } from "./keys";
import { awsKeys, ownKeys } from "./schema";
import type { LocatedProblem, StackSource } from "./source";
import type { Spread } from "./spread-schema";
import { hint } from "./suggest";
import { mapOf } from "./values";

/** The stack files beside one another, each as it stands. */
export interface StackFiles {
    /** Names of the stacks that have a file. */
    readonly stacks: () => readonly string[];

    /** What the file of `stack` says; undefined when there is none. */
    readonly read: (stack: string) => StackSource | undefined;
}

/** Keys that a stack of services says itself; all others are its platform's. */
const servicesKeys = ["role", "platform", "services"];

/** Whether what stands at `path` of a stack of services is said by its platform. */
export const isOfPlatform = ([key]: Path): boolean =>
    ownKeys.includes(String(key)) && !servicesKeys.includes(String(key));

/** Whether the values of `source` are what its file says. */
export const isReadable = ({ problems, readable }: StackSource) => problems.length === 0 || readable === true;

/** What of its fleet a stack of `values` makes. A role that is misspelt is told where it is read. */
export function roleOf({ role, platform }: StackSource["values"]): Spread["role"] {
    return role === "platform" || role === "services" || role === "both"
        ? role
        : platform === undefined || platform === null
          ? "both"
          : "services";
}

/**
 * `own` with what it takes from the stack files beside it: a stack of services all that its platform says, a platform the
 * services of the stacks that stand on it. So a fleet that is spread is planned and checked as one that is not.
 */
export function spread(own: StackSource, files: StackFiles): StackSource {
    if (!isReadable(own)) {
        return own;
    }
    switch (roleOf(own.values)) {
        case "both":
            return own;
        case "platform":
            return onWhichOthersStand(own, files);
        case "services":
            return onAnother(own, files);
    }
}

/** `own`, which cannot be read any further because of `problem`. */
const stopped = (own: StackSource, ...problems: readonly LocatedProblem[]): StackSource => ({
    ...own,
    problems: [
        ...own.problems,
        ...problems.map(problem => {
            const position = problem.position ?? own.locate(problem.path);
            return { ...problem, ...(position && { position }) };
        }),
    ],
    readable: false,
});

/** The stacks of services that stand on `platform`, but for `except`. */
function standingOn(platform: string, files: StackFiles, except: string): StackSource[] {
    return files
        .stacks()
        .filter(stack => stack !== platform && stack !== except)
        .flatMap(stack => files.read(stack) ?? [])
        .filter(source => isReadable(source) && roleOf(source.values) === "services")
        .filter(({ values }) => values.platform === platform);
}

/** The stacks whose file says that they are platforms. */
const platformsIn = (files: StackFiles): string[] =>
    files.stacks().filter(stack => {
        const source = files.read(stack);
        return source !== undefined && isReadable(source) && roleOf(source.values) === "platform";
    });

/** The stack of each service of `sources`. */
const stacksOf = (sources: readonly StackSource[]): Record<string, string> =>
    Object.fromEntries(
        sources.flatMap(({ stack, values }) => Object.keys(mapOf(values.services)).map(name => [name, stack])),
    );

function onAnother(own: StackSource, files: StackFiles): StackSource {
    const { platform: name } = own.values;
    if (typeof name !== "string" || name === "") {
        // One that is misspelt is told when the keys are looked at, and is not missing as well.
        const misspelt: LocatedProblem[] = [];
        const meant = checkKeys(own.values, problem => misspelt.push(problem));
        const missing = `expected the name of the stack that makes what all services share${hint("", platformsIn(files))}`;
        return stopped(own, ...(meant.has("platform") ? misspelt : [{ path: ["platform"], message: missing }]));
    }
    const platform = files.read(name);
    if (platform === undefined) {
        const message = `no stack file Pulumi.${name}.yaml${hint(name, platformsIn(files))}`;
        return stopped(own, { path: ["platform"], message });
    }
    if (!isReadable(platform)) {
        return stopped(own, ...platform.problems);
    }
    const role = roleOf(platform.values);
    if (role !== "platform" || name === own.stack) {
        const message = `expected a stack whose file says \`role: platform\`, found ${name}, whose role is ${role}`;
        return stopped(own, { path: ["platform"], message });
    }
    const foreign = Object.keys(own.values).filter(key => isOfPlatform([key]));
    // What `Pulumi.yaml` gives to every stack is in both, and contradicts nothing; the engine does not tell where it is from.
    const contradicting = foreign.filter(key => !isDeepStrictEqual(own.values[key], platform.values[key]));
    const stacks = stacksOf(standingOn(name, files, own.stack));
    const { services, ...said } = own.values;
    const mine = Object.fromEntries(Object.entries(said).filter(([key]) => !foreign.includes(key)));
    const theirs = Object.fromEntries(Object.entries(platform.values).filter(([key]) => !key.includes(":")));
    // A key that is misspelt is nobody's, and stands where it is written.
    const isTheirs = ([key]: Path) => Object.hasOwn(theirs, String(key)) && !Object.hasOwn(own.values, String(key));
    const chosen = (path: Path) => (isOfPlatform(path) || isTheirs(path) ? platform : own);
    return {
        stack: own.stack,
        own: own.values,
        spread: { role: "services", platform: name, stacks },
        values: { ...theirs, ...mine, services },
        problems: [
            ...own.problems,
            ...platform.problems,
            ...(own.values.role === undefined
                ? [{ path: ["platform"], message: "expected `role: services` beside it: alone, it means nothing" }]
                : []),
            ...contradicting.map(key => ({
                path: [key],
                message: `expected it in Pulumi.${name}.yaml alone, which says what all services share`,
                position: own.locate([key]),
            })),
            ...awsKeys.flatMap(key => differentPlace(key, own, platform)),
            ...twice(own, stacks),
        ],
        readable: true,
        locate: path => chosen(path).locate(path),
        source: path => chosen(path).source(path),
    };
}

/** Names and ARNs of a fleet are made of one account and one region. */
function differentPlace(key: string, own: StackSource, platform: StackSource): LocatedProblem[] {
    const [mine, theirs] = [own, platform].map(({ values }) => JSON.stringify(values[key]));
    // An account without quotes is told as that.
    return mine === undefined || theirs === undefined || String(own.values[key]) === String(platform.values[key])
        ? []
        : [{ path: [key], message: `expected ${theirs}, as Pulumi.${platform.stack}.yaml has it, found ${mine}` }];
}

/** Services of `source` that other stacks have, too. */
const twice = (source: StackSource, stacks: Readonly<Record<string, string>>): LocatedProblem[] =>
    Object.keys(mapOf(source.values.services))
        .filter(name => Object.hasOwn(stacks, name))
        .map(name => ({
            path: ["services", name],
            message: `expected each service in one stack, found it in Pulumi.${stacks[name]}.yaml, too`,
            position: source.locate(["services", name]),
        }));

function onWhichOthersStand(own: StackSource, files: StackFiles): StackSource {
    const standing = standingOn(own.stack, files, own.stack);
    const unreadable = files
        .stacks()
        .filter(stack => stack !== own.stack)
        .flatMap(stack => files.read(stack) ?? [])
        .filter(source => !isReadable(source));
    const { services: _, ...values } = own.values;
    const stacks: Record<string, string> = {};
    const places = new Map<string, StackSource>();
    const services: Record<string, unknown> = {};
    const repeated: LocatedProblem[] = [];
    for (const source of standing) {
        repeated.push(...twice(source, stacks));
        for (const [name, service] of Object.entries(mapOf(source.values.services))) {
            if (!places.has(name)) {
                places.set(name, source);
                services[name] = service;
            }
        }
        Object.assign(stacks, { ...stacksOf([source]), ...stacks });
    }
    const placeOf = ([first, name]: Path): StackSource =>
        (first === "services" ? places.get(String(name)) : undefined) ?? own;
    return {
        stack: own.stack,
        own: own.values,
        spread: { role: "platform", stacks },
        values: { ...values, services },
        problems: [
            ...own.problems,
            // What cannot be read may well be services that need what would then be missing.
            ...unreadable.flatMap(({ problems }) => problems),
            ...(own.values.services === undefined
                ? []
                : [
                      {
                          path: ["services"],
                          message:
                              "expected services in the files of the stacks that stand on this platform (`role: services`), found them here",
                      },
                  ]),
            ...(own.values.platform === undefined || own.values.platform === own.stack
                ? []
                : [{ path: ["platform"], message: "expected it in stacks of services: this is itself a platform" }]),
            ...repeated,
        ],
        readable: unreadable.length === 0,
        locate: path => placeOf(path).locate(path),
        source: path => placeOf(path).source(path),
    };
}
