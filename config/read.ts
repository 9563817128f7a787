import type { z } from "zod";
import { pathText, type Path, type Problem } from "../catalog/problem";
import { keyPattern, longestKey } from "../catalog/words";
import type { FleetConfig, Reading, ServiceConfig } from "./fleet-config";
import { readEnvironments } from "./environments";
import { merge } from "./layers";
import { parse, single, type Report } from "./parse";
import { valueAt } from "./issues";
import { awsSchema, loose, stackSchema } from "./schema";
import { readService, type Surroundings } from "./service";
import { buildSort, deploySort, sourceSort, suiteSort } from "./sorts";
import { problemText, type LocatedProblem, type StackSource } from "./source";
import { hint } from "./suggest";

const shape = stackSchema(loose).shape;

/** Stand-ins with which reading goes on after a problem, so that the others come out too; no plan is made of them. */
const standIns = {
    home: { account: "000000000000", region: "us-east-1" },
    prefix: "prefix",
    network: { existing: { vpcId: "vpc-0", subnetIds: ["subnet-0"] }, extraEgress: [] },
};

/**
 * Reads a whole stack file. All problems come out at once: each part is read by itself, and goes on being read
 * when another is broken.
 */
export function readFleet(source: StackSource): Reading {
    if (source.problems.length > 0) {
        return { problems: source.problems };
    }
    const problems = new Map<string, Problem>();
    const report: Report = problem => {
        const key = `${pathText(problem.path)}: ${problem.message}`;
        if (!problems.has(key)) {
            problems.set(key, problem);
        }
    };
    const fleet = readValues(source, report);
    return { fleet, problems: placed([...problems.values()], source) };
}

/** `problems` with their places, in the order of the file. */
export function placed(problems: readonly Problem[], source: StackSource): LocatedProblem[] {
    const located = problems.map(problem => {
        const position = source.locate(problem.path);
        return { ...problem, ...(position && { position }) };
    });
    const order = (problem: LocatedProblem) =>
        problem.position ? problem.position.line * 10_000 + problem.position.column : 0;
    return located.sort(
        (a, b) => (a.position?.file ?? "").localeCompare(b.position?.file ?? "") || order(a) - order(b),
    );
}

/** `problems` as lines of text. */
export function problemLines(problems: readonly LocatedProblem[]): string[] {
    return problems.map(problem => problemText(problem, pathText));
}

function readValues(source: StackSource, report: Report): FleetConfig {
    const { values } = source;
    const own = Object.keys(values).filter(key => !key.includes(":"));
    for (const key of own.filter(name => !Object.hasOwn(shape, name))) {
        report({ path: [key], message: `unknown key${hint(key, Object.keys(shape))}` });
    }
    const quoted = quoting(source, report);
    const top = <T>(key: string, schema: z.ZodType<T>) => parse(schema, single(values[key], [key]), report);
    const aws = parse(awsSchema, single(values, []), quoted);
    const home =
        aws === undefined ? standIns.home : { account: aws["aws:allowedAccountIds"][0], region: aws["aws:region"] };
    const defaults = top("defaults", shape.defaults) ?? {};
    checkDefaults(defaults, report);
    const connections = top("connections", shape.connections);
    const around: Surroundings = {
        ...home,
        defaults,
        environments: readEnvironments(values.environments, home, quoted),
        connections: Object.keys(connections ?? mapOf(values.connections)),
    };
    return {
        ...home,
        stack: source.stack,
        prefix: top("prefix", shape.prefix) ?? standIns.prefix,
        connections: connections ?? Object.fromEntries(around.connections.map(name => [name, { provider: "GitHub" }])),
        network: readNetwork(top("network", shape.network), report),
        environments: around.environments,
        retention: top("retention", shape.retention) ?? shape.retention.parse(undefined),
        protect: top("protect", shape.protect) ?? false,
        tags: top("tags", shape.tags) ?? {},
        services: readServices(values.services, around, report),
    };
}

function readNetwork(network: FleetConfig["network"] | undefined, report: Report): FleetConfig["network"] {
    if (network !== undefined && (network.create === undefined) === (network.existing === undefined)) {
        const found = network.create === undefined ? "neither" : "both";
        report({ path: ["network"], message: `expected either \`create\` or \`existing\`, found ${found}` });
    }
    return network ?? standIns.network;
}

/** Unquoted digits are shown as the file has them: the number that YAML made of them may have lost its leading zeros. */
function quoting(source: StackSource, report: Report): Report {
    return problem => {
        const written = problem.message.includes("account id in quotes") ? source.source(problem.path) : undefined;
        const message =
            written === undefined
                ? problem.message
                : problem.message
                      .replace(/found the number \d+/, `found the number ${written}`)
                      .replace(/write "\d+"/, `write "${written}"`);
        report({ ...problem, message });
    };
}

const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** Problems of what the defaults do say, by themselves: those of a part that every service replaces would go unseen. */
function checkDefaults(defaults: Surroundings["defaults"], report: Report): void {
    const suites = Object.entries(mapOf(defaults.suites)).map(
        ([name, value]) => [suiteSort, ["suites", name], value] as const,
    );
    const parts = [
        [sourceSort, ["source"], defaults.source],
        [buildSort, ["build"], defaults.build],
        [deploySort, ["deploy"], defaults.deploy],
        ...suites,
    ] as const;
    for (const [sort, key, value] of parts.filter(([, , given]) => given !== undefined)) {
        const path: Path = ["defaults", ...key];
        const { value: typed } = merge([{ path, value }], sort.defaultType);
        if (Object.hasOwn(mapOf(typed), "type") || Object.keys(mapOf(typed)).length === 0) {
            // What is missing here, each service may still say.
            parse<unknown>(sort.schema, single(typed, path), problem => {
                if (valueAt(value, problem.path.slice(path.length)) !== undefined) {
                    report(problem);
                }
            });
        } else {
            const known = sort.kinds.flatMap(kind => Object.keys(kind.settings.shape));
            for (const word of Object.keys(mapOf(typed)).filter(name => !known.includes(name))) {
                report({ path: [...path, word], message: `unknown key${hint(word, [...new Set(known)])}` });
            }
        }
    }
}

function readServices(raw: unknown, around: Surroundings, report: Report): ServiceConfig[] {
    // Below a service's name its own reading tells more; here only the map and its keys are of interest.
    parse(shape.services, single(raw, ["services"]), problem => {
        if (problem.path.length <= 2) {
            report(problem);
        }
    });
    return Object.entries(mapOf(raw))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, value]) => readService(name, value, around, report) ?? [])
        .filter(({ name }) => keyPattern.test(name) && name.length <= longestKey);
}
