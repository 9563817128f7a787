import type { z } from "zod";
import type { Path } from "../catalog/problem";
import { approval as approvalSchema } from "../catalog/approval";
import { saysWhatToRun } from "../catalog/codebuild/settings";
import { readExceptions, type Exceptions } from "./exceptions";
import type {
    EnvironmentConfig,
    GateSettings,
    Part,
    ServiceConfig,
    ServiceEnvironment,
    SuiteSettings,
} from "./fleet-config";
import type { Layer } from "./layers";
import { merge } from "./layers";
import { needsProblems } from "./needs";
import { filled, parse, single, type Report } from "./parse";
import { fillPart, machineLayers, readPart, type Read } from "./part";
import { loose, serviceSchema, type stackSchema } from "./schema";
import { buildSort, gateSort, sourceSort, suiteSort } from "./sorts";
import { readDeploys } from "./deploys";
import { hint } from "./suggest";
import { valueAt } from "./issues";

/** An environment with what it says of gates and failure. */
export interface EnvironmentWords extends EnvironmentConfig {
    readonly before: readonly GateSettings[];
    readonly after: readonly GateSettings[];
    readonly onFailure: ServiceEnvironment["onFailure"];
    readonly rawApproval: unknown;
}

/** What services are read against. */
export interface Surroundings {
    readonly defaults: z.output<ReturnType<typeof stackSchema>>["defaults"];
    readonly environments: readonly EnvironmentWords[];
    readonly connections: readonly string[];
    readonly account: string;
    readonly region: string;
}

/** Names that actions, roles and projects of a service already have. */
const reservedUnits = ["source", "build", "pipeline", "upload"];

type ServiceWords = z.output<ReturnType<typeof serviceSchema>>;

/** Reads the service `name`; undefined when it cannot be planned, and every reason is reported. */
export function readService(
    name: string,
    raw: unknown,
    around: Surroundings,
    reportAll: Report,
): ServiceConfig | undefined {
    let broken = false;
    const report: Report = problem => {
        broken = true;
        reportAll(problem);
    };
    const at: Path = ["services", name];
    const words: ServiceWords | undefined = parse(serviceSchema(loose), single(raw, at), report);
    if (words === undefined) {
        return undefined;
    }
    const { defaults, environments } = around;
    const layers = (key: "source" | "build"): Layer[] => [
        { path: ["defaults", key], value: defaults[key] },
        { path: [...at, key], value: words[key] },
    ];
    const home = { service: name, account: around.account, region: around.region };

    const source = readPart(sourceSort, layers("source"), [], report);
    checkConnection(source, around.connections, report);

    const buildLayers = layers("build");
    const build = hasBuild(buildLayers) ? readPart(buildSort, buildLayers, [], report) : undefined;
    const machine = machineLayers(buildLayers);

    const exceptions = readExceptions(name, words, environments, report);
    const staged = environments.filter(environment => !exceptions[environment.name]?.skip);
    const before = broken;
    const deploys = Object.fromEntries(
        staged.map(environment => [
            environment.name,
            readDeploys(name, words, environment, { defaults, machine, home }, report),
        ]),
    );
    const deployed = staged.filter(environment => Object.keys(deploys[environment.name]).length > 0);
    if (deployed.length === 0 && broken === before) {
        report({
            path: at,
            message: "no environment deploys it: expected `deploy`, for all environments or below `environments`",
        });
    }

    const suites = readSuites(name, words, around, { machine, deployed, home, units: unitsOf(deploys) }, report);
    const settled = deployed.map(environment =>
        settle(name, environment, exceptions[environment.name], deploys[environment.name], report),
    );
    if (source === undefined) {
        return undefined;
    }
    return {
        name,
        source: fillPart(source, home, report),
        ...(build !== undefined && build.settings.type !== "none" && { build: fillPart(build, home, report) }),
        suites,
        environments: settled,
    };
}

/** A service has a build when it speaks of one, or when the defaults say what to run. */
function hasBuild(layers: readonly Layer[]): boolean {
    const { value } = merge(layers, buildSort.defaultType);
    return layers.at(-1)?.value !== undefined || (typeof value === "object" && value !== null && saysWhatToRun(value));
}

function checkConnection(
    source: Read<ServiceConfig["source"]["settings"]> | undefined,
    known: readonly string[],
    report: Report,
): void {
    if (source?.settings.type === "connection" && !known.includes(source.settings.connection)) {
        const { connection } = source.settings;
        report({
            path: source.origin(["connection"]),
            message: `unknown connection ${JSON.stringify(connection)}${hint(connection, known)}`,
        });
    }
}

const unitsOf = (deploys: Readonly<Record<string, object>>) => [
    ...new Set(Object.values(deploys).flatMap(Object.keys)),
];

interface SuiteSurroundings {
    readonly machine: readonly Layer[];
    readonly deployed: readonly EnvironmentWords[];
    readonly home: Readonly<Record<"service" | "account" | "region", string>>;
    /** Names that deploys have taken. */
    readonly units: readonly string[];
}

function readSuites(
    service: string,
    words: ServiceWords,
    around: Surroundings,
    within: SuiteSurroundings,
    report: Report,
): Record<string, Part<SuiteSettings>> {
    const { defaults, environments } = around;
    const names = [...new Set([...Object.keys(defaults.suites ?? {}), ...Object.keys(words.suites ?? {})])].sort();
    const suites: Record<string, Part<SuiteSettings>> = {};
    for (const name of names) {
        const layers = [
            { path: ["defaults", "suites", name], value: valueAt(defaults.suites, [name]) },
            { path: ["services", service, "suites", name], value: valueAt(words.suites, [name]) },
        ];
        const read = readPart(suiteSort, layers, within.machine, report);
        if (reservedUnits.includes(name) || within.units.includes(name)) {
            report({
                path: merge(layers).origin([]),
                message: `expected a name of its own, found ${JSON.stringify(name)}, which the pipeline or a deploy has`,
            });
        }
        if (read !== undefined) {
            checkSuiteEnvironments(name, service, read, { environments, deployed: within.deployed }, report);
            suites[name] =
                read.settings.after === "deploy"
                    ? fillPart(read, { service }, report, {
                          names: ["environment", "account", "region"],
                          below: ["environment", "secrets"],
                      })
                    : fillPart(read, within.home, report);
        }
    }
    for (const after of ["build", "deploy"] as const) {
        const group = Object.fromEntries(
            Object.entries(suites)
                .filter(([, suite]) => suite.settings.after === after)
                .map(([name, suite]) => [name, suite.settings]),
        );
        for (const { path, message } of needsProblems(group, `suite that runs after ${after}`)) {
            const [name, ...rest] = path;
            report({ path: suites[String(name)].origin(rest), message });
        }
    }
    return suites;
}

function checkSuiteEnvironments(
    name: string,
    service: string,
    suite: Read<SuiteSettings>,
    { environments, deployed }: { environments: readonly EnvironmentWords[]; deployed: readonly EnvironmentWords[] },
    report: Report,
): void {
    const { after, environments: wanted } = suite.settings;
    const known = environments.map(environment => environment.name);
    if (after === "build" && wanted !== undefined) {
        report({
            path: suite.origin(["environments"]),
            message:
                "a suite without `after: deploy` runs once, before any environment: add `after: deploy`, or drop `environments`",
        });
    }
    for (const [index, environment] of (wanted ?? []).entries()) {
        const path = suite.origin(["environments", index]);
        if (!known.includes(environment)) {
            report({ path, message: `unknown environment ${JSON.stringify(environment)}${hint(environment, known)}` });
        } else if (after === "deploy" && !deployed.some(other => other.name === environment)) {
            report({
                path,
                message: `${service} is not deployed to ${environment}, so ${name} cannot run after its deploy`,
            });
        }
    }
}

/** The environment as this service has it: its own exceptions over the environment's words, placeholders filled. */
function settle(
    service: string,
    environment: EnvironmentWords,
    exception: Exceptions[string] | undefined,
    deploys: ServiceEnvironment["deploys"],
    report: Report,
): ServiceEnvironment {
    const { name, account, region, deployRoleArn } = environment;
    const values = { environment: name, service, account, region };
    const path = ["services", service, "environments", name];
    const merged = merge([
        { path: [...environment.path, "approval"], value: environment.rawApproval },
        { path: [...path, "approval"], value: exception?.approval },
    ]);
    const approval =
        merged.value === undefined || exception?.skipApproval !== undefined
            ? undefined
            : parse(approvalSchema, merged, report);
    const gates = (when: "before" | "after"): Part<GateSettings>[] => {
        const own = exception?.[when];
        const base: Path = own === undefined ? [...environment.path, when] : [...path, when];
        const list = own ?? (exception?.skipGates === undefined ? environment[when] : []);
        return list.map((settings, index) => {
            const origin = (below: Path): Path => [...base, index, ...below];
            return { settings: filled(gateSort.schema, settings, { values }, report, origin), origin };
        });
    };
    return {
        name,
        account,
        region,
        ...(deployRoleArn !== undefined && { deployRoleArn }),
        ...(approval && {
            approval: {
                settings: filled(approvalSchema, approval, { values }, report, below => merged.origin(below)),
                origin: (below: Path) => merged.origin(below),
            },
        }),
        before: gates("before"),
        after: gates("after"),
        onFailure: exception?.onFailure ?? environment.onFailure,
        deploys,
        weakens: exception?.weakens ?? [],
    };
}
