import type { Path } from "../catalog/problem";
import { saysWhatToRun } from "../catalog/codebuild/settings";
import { readDeploys } from "./deploys";
import { readExceptions } from "./exceptions";
import type { ServiceConfig } from "./fleet-config";
import { merge, type Layer } from "./layers";
import { parse, single, type Report } from "./parse";
import { fillPart, machineLayers, readPart, type Read } from "./part";
import { loose, serviceSchema } from "./schema";
import { serviceEnvironment } from "./service-environment";
import { buildSort, sourceSort } from "./sorts";
import { hint } from "./suggest";
import { readSuites } from "./suites";
import type { Surroundings } from "./surroundings";
import { isMap } from "./values";

const schema = serviceSchema(loose);

/** Reads the service `name`; undefined when it cannot be planned, and every reason is reported. */
export function readService(
    name: string,
    raw: unknown,
    around: Surroundings,
    reportAll: Report,
): ServiceConfig | undefined {
    let problems = 0;
    const report: Report = problem => {
        problems += 1;
        reportAll(problem);
    };
    const at: Path = ["services", name];
    const words = parse(schema, single(raw, at), report);
    if (words === undefined) {
        return undefined;
    }
    const { defaults, environments } = around;
    const layers = (key: "source" | "build"): Layer[] => [
        { path: ["defaults", key], value: defaults[key], common: true },
        { path: [...at, key], value: words[key] },
    ];
    const home = { service: name, account: around.account, region: around.region };

    const source = readPart(sourceSort, layers("source"), [], report);
    checkConnection(source, around.connections, report);

    const buildLayers = layers("build");
    const build = hasBuild(buildLayers) ? readPart(buildSort, buildLayers, [], report) : undefined;
    const machine = machineLayers(buildLayers);

    const exceptions = readExceptions(name, words, around, report);
    const staged = environments.filter(environment => exceptions.get(environment.name)?.skip === undefined);
    const before = problems;
    const deploys = readDeploys(name, words, staged, { defaults, machine, home }, report);
    const deployed = staged.filter(environment => Object.keys(deploys.get(environment.name) ?? {}).length > 0);
    const deploysRead = problems === before;
    if (deployed.length === 0 && deploysRead && around.allEnvironments && problems === 0) {
        report({
            path: at,
            message: "no environment deploys it: expected `deploy`, for all environments or below `environments`",
        });
    }
    const suites = readSuites(
        name,
        words,
        {
            around,
            machine,
            home,
            units: [...deploys.values()].flatMap(Object.keys),
            ...(deploysRead && { deployed: deployed.map(environment => environment.name) }),
        },
        report,
    );
    const settled = deployed.map(environment =>
        serviceEnvironment(
            name,
            environment,
            exceptions.get(environment.name),
            deploys.get(environment.name) ?? {},
            report,
        ),
    );
    const filledSource = source && fillPart(source, home, report);
    const filledBuild = build && fillPart(build, home, report);
    // A pipeline of half of its words would only break rules that the whole does not.
    return filledSource === undefined || problems > 0
        ? undefined
        : {
              name,
              source: filledSource,
              ...(filledBuild !== undefined && filledBuild.settings.type !== "none" && { build: filledBuild }),
              suites,
              environments: settled,
              weakens: [...exceptions].flatMap(([environment, { skip }]) =>
                  skip === undefined ? [] : [`does without ${environment}: ${skip}`],
              ),
          };
}

/** A service has a build when it speaks of one, or when the defaults say what to run. */
function hasBuild(layers: readonly Layer[]): boolean {
    const { value } = merge(layers, buildSort.defaultType);
    return layers.at(-1)?.value !== undefined || (isMap(value) && saysWhatToRun(value));
}

function checkConnection(
    source: Read<ServiceConfig["source"]["settings"]> | undefined,
    known: readonly string[] | undefined,
    report: Report,
): void {
    if (source?.settings.type === "connection" && known !== undefined && !known.includes(source.settings.connection)) {
        const { connection } = source.settings;
        report({
            path: source.origin(["connection"]),
            message: `unknown connection ${JSON.stringify(connection)}${hint(connection, known)}`,
        });
    }
}
