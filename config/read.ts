import { z } from "zod";
import { pathText, type Path, type Problem } from "../catalog/problem";
import { keyPattern, longestKey } from "../catalog/words";
import { readAccessLogs } from "./access-logs";
import { checkConnections } from "./connections";
import { customActionProblems } from "./custom-actions";
import { readDefaults } from "./defaults";
import { readEnvironments } from "./environments";
import type { FleetConfig, Reading, ServiceConfig } from "./fleet-config";
import { checkKeys } from "./keys";
import { packagesProblems } from "./packages-schema";
import { furtherProblems, mostProblems, mostServices, mostStages } from "./limits";
import { filled, parse, single, type Report } from "./parse";
import { Allowance } from "./plain-text/allowed";
import { withoutCredentials } from "./plain-text/forms";
import { plainTextProblems } from "./plain-text/guard";
import { awsSchema, loose, reservedService, servicesOf, stackSchema } from "./schema";
import { checkRoles } from "./roles";
import { readRoutes } from "./routes";
import { readService } from "./service";
import { problemText, type LocatedProblem, type StackSource } from "./source";
import type { Spread } from "./spread-schema";
import type { Surroundings } from "./surroundings";
import { readTargets } from "./targets";
import { isMap, mapOf } from "./values";

const shape = stackSchema(loose).shape;
const services = servicesOf(z.unknown());

/** Stand-ins with which reading goes on after a problem, so that the others come out too; no plan is made of them. */
const standIns = {
    home: { account: "000000000000", region: "us-east-1" },
    prefix: "prefix",
    network: { existing: { vpcId: "vpc-0", subnetIds: ["subnet-0"] }, extraEgress: [] },
};

/** Top-level keys whose problems touch no plan of a service that has none itself. */
const apart = [
    ...["services", "defaults", "retention", "operations", "accessLogs", "protect", "tags"],
    ...["targets", "notify", "roles", "skipVerification", "allowedPlainText", "secretKeys"],
];

/**
 * Reads a whole stack file. All problems come out at once: each part is read by itself, and goes on being read
 * when another is broken. Of one place only the first problem is told: the others mostly follow from it.
 */
export function readFleet(source: StackSource): Reading {
    if (source.problems.length > 0 && source.readable !== true) {
        return { problems: source.problems };
    }
    const problems = new Map<string, Problem>();
    const report: Report = problem => {
        const place = JSON.stringify(problem.path);
        if (problems.has(place)) {
            return;
        }
        if (problems.size === mostProblems) {
            throw new TooMany();
        }
        problems.set(place, problem);
    };
    try {
        return {
            ...readAll(source, problems, report),
            problems: placed([...source.problems, ...problems.values()], source),
        };
    } catch (error) {
        if (!(error instanceof TooMany)) {
            throw error;
        }
        const first = placed([...source.problems, ...problems.values()], source);
        return { problems: [...first, { path: [], message: furtherProblems }] };
    }
}

/** Reading ends here: there are more problems than are told. */
class TooMany extends Error {}

function readAll(source: StackSource, problems: ReadonlyMap<string, Problem>, report: Report): Pick<Reading, "fleet"> {
    const own = Object.fromEntries(Object.entries(source.values).filter(([key]) => !key.includes(":")));
    const allowedPlainText = parse(shape.allowedPlainText, single(own.allowedPlainText, ["allowedPlainText"]), report);
    const allowance = new Allowance(allowedPlainText ?? []);
    const leaks = plainTextProblems(own, allowance);
    [...leaks, ...allowance.problems(source.spread?.role !== "services")].forEach(report);
    const fleet = readValues(source, report);
    const sound =
        [...problems.values()].every(({ path }) => apart.includes(String(path[0]))) &&
        leaks.every(({ path }) => path[0] !== "defaults");
    // What is planned of a credential would stand in names, and so in messages.
    const leaky = new Set(leaks.flatMap(({ path }) => (path[0] === "services" ? [path[1]] : [])));
    const planned = fleet.services.filter(({ name }) => !leaky.has(name));
    return sound ? { fleet: { ...fleet, services: planned } } : {};
}

/** `problems` with their places, in the order of the file; what an anchor repeats is told once. */
export function placed(problems: readonly LocatedProblem[], source: StackSource): LocatedProblem[] {
    const located = new Map<string, LocatedProblem>();
    for (const found of problems) {
        const written = asWritten(found, source);
        const { path } = written;
        const message = presentable(written.message);
        const problem = { ...written, message };
        const position = problem.position ?? source.locate(path);
        const place =
            position === undefined ? path : [position.file, position.line, position.column, path.at(-1) ?? ""];
        const text = JSON.stringify([place, message]);
        if (!located.has(text)) {
            located.set(text, { ...problem, path: path.map(presentableKey), ...(position && { position }) });
        }
    }
    const order = ({ position }: LocatedProblem) =>
        position === undefined ? 0 : position.line * 10_000 + position.column;
    return [...located.values()].sort(
        (a, b) => (a.position?.file ?? "").localeCompare(b.position?.file ?? "") || order(a) - order(b),
    );
}

/** Longest word of a message: an ARN is shorter, and what is longer nobody reads. */
const longestWord = 200;

/** `message` without credentials, which it may repeat from a name, and with words that can be read. */
const presentable = (message: string) =>
    withoutCredentials(message).replace(new RegExp(`\\S{${longestWord},}`, "g"), word => `${word.slice(0, 60)}…`);

/** A key that is itself a credential is not shown either. */
const presentableKey = (key: Path[number]) => (typeof key === "string" ? withoutCredentials(key) : key);

/** Quotes are proposed around what the file says: the number that YAML made of `1.10` is another text. */
function asWritten(problem: LocatedProblem, source: StackSource): LocatedProblem {
    const [proposed] = /(?<=in quotes it is one: ").*(?="$)/.exec(problem.message) ?? [];
    const written = proposed === undefined ? undefined : source.source(problem.path);
    return proposed === undefined || written === undefined
        ? problem
        : { ...problem, message: problem.message.replace(`one: "${proposed}"`, () => `one: "${written}"`) };
}

/** `problems` as lines of text. */
export function problemLines(problems: readonly LocatedProblem[]): string[] {
    return problems.map(problem => problemText(problem, pathText));
}

function readValues(source: StackSource, reportAll: Report): FleetConfig {
    const { values } = source;
    const meant = checkKeys(values, reportAll);
    // A key that is misspelt is not missing as well.
    const report: Report = problem => {
        const [key] = problem.path;
        if (problem.path.length > 1 || Object.hasOwn(values, key) || !meant.has(String(key))) {
            reportAll(problem);
        }
    };
    const quoted = quoting(source, report);
    const top = <T>(key: string, schema: z.ZodType<T>) => parse(schema, single(values[key], [key]), report);
    top("role", shape.role);
    top("platform", shape.platform);
    const aws = parse(awsSchema, single(values, []), quoted);
    const home =
        aws === undefined ? standIns.home : { account: aws["aws:allowedAccountIds"][0], region: aws["aws:region"] };
    const defaults = meant.has("defaults") ? undefined : readDefaults(values.defaults, report);
    const connections = top("connections", shape.connections);
    checkConnections(connections ?? {}, report);
    const customActions = top("customActions", shape.customActions);
    customActionProblems(customActions ?? {}).forEach(({ path, message }) =>
        report({ path: ["customActions", ...path], message }),
    );
    const packages = top("packages", shape.packages);
    const { spread = { role: "both" } } = source;
    const elsewhere = spread.role === "services" ? Object.keys(spread.stacks) : [];
    const services = [...new Set([...Object.keys(mapOf(values.services)), ...elsewhere])].sort();
    (packages === undefined ? [] : packagesProblems(packages, services)).forEach(({ path, message }) =>
        report({ path: ["packages", ...path], message }),
    );
    const repositories = values.packages === undefined ? {} : packages?.repositories;
    const accessLogs = top("accessLogs", shape.accessLogs);
    const skipVerification = top("skipVerification", shape.skipVerification);
    const known = meant.has("connections") ? undefined : (connections ?? values.connections);
    const roles = top("roles", shape.roles) ?? shape.roles.parse(undefined);
    if (aws !== undefined) {
        checkRoles(roles, home, report);
    }
    const targets = readTargets(values.targets, home, report);
    // One that is broken can be named all the same.
    const told =
        isMap(values.targets ?? {}) && !meant.has("targets") ? { targets: Object.keys(mapOf(values.targets)) } : {};
    const notify = readRoutes(top("notify", shape.notify) ?? {}, ["notify"], { ...told, ofFleet: true }, report);
    const around = {
        ...home,
        ...told,
        notify,
        ...readEnvironments(values.environments, { ...home, ...told, guessed: aws === undefined }, quoted),
        ...(isMap(known) && { connections: Object.keys(known) }),
        services,
        ...(repositories !== undefined && !meant.has("packages") && { packages: repositories }),
        ...(customActions !== undefined && !meant.has("customActions") && { customActions }),
    };
    const regions = [...new Set([home.region, ...around.environments.flatMap(environment => environment.regions)])];
    return {
        ...home,
        stack: source.stack,
        spread,
        prefix: top("prefix", shape.prefix) ?? standIns.prefix,
        connections: filled(shape.connections, connections ?? {}, { values: home }, report, path => [
            "connections",
            ...path,
        ]),
        customActions: customActions ?? {},
        ...(packages && { packages }),
        network: readNetwork(top("network", shape.network), report),
        targets: targets ?? {},
        notify,
        environments: around.environments,
        ...(skipVerification !== undefined && { skipVerification }),
        accessLogs: accessLogs === undefined ? {} : readAccessLogs(accessLogs, home, regions, report),
        retention: top("retention", shape.retention) ?? shape.retention.parse(undefined),
        operations: top("operations", shape.operations) ?? shape.operations.parse(undefined),
        roles,
        protect: top("protect", shape.protect) ?? spread.role === "platform",
        tags: top("tags", shape.tags) ?? {},
        allowedPlainText: top("allowedPlainText", shape.allowedPlainText) ?? [],
        secretKeys: filled(
            shape.secretKeys,
            top("secretKeys", shape.secretKeys) ?? [],
            { values: home },
            report,
            path => ["secretKeys", ...path],
        ),
        services: readServices(values.services, spread, defaults && { ...around, defaults }, report),
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

/** Reads the services; with no surroundings only their names. */
function readServices(
    raw: unknown,
    { role }: Spread,
    around: Surroundings | undefined,
    report: Report,
): ServiceConfig[] {
    const count = Object.keys(mapOf(raw)).length;
    const remedy = `spread them over several ${role === "both" ? "stacks" : "platforms"}`;
    if (count > mostServices) {
        const message = `expected at most ${mostServices} services, found ${count}: ${remedy}`;
        report({ path: ["services"], message });
        return [];
    }
    const stages = count * (around?.environments.length ?? 0);
    if (stages > mostStages) {
        const message = `expected at most ${mostStages} services in environments, found ${stages}: ${remedy}`;
        report({ path: ["services"], message });
        return [];
    }
    // A platform may be there before the first service.
    if (role !== "platform" || count > 0) {
        parse(services, single(raw, ["services"]), report);
    }
    return Object.entries(mapOf(raw))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, value]) => {
            if (name === reservedService) {
                report({
                    path: ["services", name],
                    message: `expected another name, found ${JSON.stringify(name)}, which stands for what all services share`,
                });
            }
            return (around && readService(name, value, around, report)) ?? [];
        })
        .filter(({ name }) => keyPattern.test(name) && name.length <= longestKey && name !== reservedService);
}
