import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import { furtherArtifacts, namesOfArtifacts } from "./artifacts";
import { readBuilds, type Builds } from "./builds";
import { readDeploys, type EnvironmentDeploys } from "./deploys";
import { readExceptions, type Exceptions } from "./exceptions";
import type { ServiceConfig } from "./fleet-config";
import { checkHandedOn } from "./handed-on";
import { packageUse } from "./packages-schema";
import { parse, single, type Report } from "./parse";
import { fillPart, type Within } from "./part";
import { readPullRequests } from "./pull-requests";
import { readServiceRoutes, silencedTargets } from "./service-routes";
import { loose, serviceSchema } from "./schema";
import { serviceEnvironment } from "./service-environment";
import { mainSource, readSources, type Sources } from "./sources";
import { readSteps, stepPaths } from "./steps";
import { readSuites, suiteNames } from "./suites";
import type { ServiceWords, Surroundings } from "./surroundings";
import { readExecutionMode, readTrigger } from "./trigger";
import { unitNameProblems } from "./unit-names";

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
    const home = { service: name, account: around.account, region: around.region };

    const sources = readSources(name, words, around, report);
    const builds = readBuilds(
        name,
        words,
        // Of a source that cannot be read nobody knows whether a build could start in it.
        { ...around, ...(problems === 0 && { sources: [...sources.keys()] }) },
        report,
    );
    const stepNames = [...stepPaths(name, words, around).keys()].sort();
    const within: Within = {
        machine: builds.machine,
        services: { service: name, all: around.services },
        ...(around.customActions && { customActions: around.customActions }),
        ...packageUse(name, around.packages),
        // Of a source or a build that cannot be read nobody knows what it would hand on.
        ...(problems === 0 && { artifacts: [...namesOfArtifacts(sources, builds), ...stepNames] }),
    };

    const exceptions = readExceptions(name, words, around, report);
    const routes = readServiceRoutes(name, words, around, report);
    const staged = environments.filter(environment => exceptions.get(environment.name)?.skip === undefined);
    const before = problems;
    const deploys = readDeploys(name, words, staged, { defaults, within, home }, report);
    const deployed = staged.filter(environment => Object.keys(deploys.get(environment.name)?.deploys ?? {}).length > 0);
    const deploysRead = problems === before;
    if (deployed.length === 0 && deploysRead && around.allEnvironments && problems === 0) {
        report({
            path: at,
            message:
                "no environment deploys it: expected `deploy`, for all environments or below `environments`; one that is only built, or that steps alone deploy, says `deploy: { type: none }`",
        });
    }
    // Where nothing is deployed, each suite and step would only tell so again.
    if (deploysRead && around.allEnvironments) {
        notDeployed(name, exceptions, deployed, report);
    }
    const surroundings = { around, within, home, ...(deploysRead && deployed.length > 0 && { deployed }) };
    const suites = readSuites(name, words, surroundings, report);
    const steps = readSteps(name, words, surroundings, report);
    checkHandedOn({ suites, deploys, steps }, stepNames, report);
    checkNames(name, words, around, { sources, builds, deploys }, report);

    const fillBuilds = (perEnvironment: boolean, values: PlaceholderValues) =>
        Object.fromEntries(
            [...builds.reads]
                .filter(([, { settings }]) => settings.perEnvironment === perEnvironment)
                .map(([key, build]) => [key, fillPart(build, values, report)] as const),
        );
    const settled = deployed.map(environment => {
        const { name: at, account, region } = environment;
        return serviceEnvironment(
            name,
            environment,
            exceptions.get(at),
            {
                builds: fillBuilds(true, { ...home, environment: at, account, region }),
                ...(deploys.get(at) ?? { deploys: {}, elsewhere: [] }),
                steps: steps.get(at) ?? {},
                notify: routes.environments.get(at) ?? {},
            },
            report,
        );
    });
    const filledSources = Object.fromEntries(
        [...sources].map(([key, one]) => [key, fillPart(one, home, report)] as const),
    );
    const { [mainSource]: source, ...furtherSources } = filledSources;
    const common = fillBuilds(false, home);
    const trigger = readTrigger(name, words, around, report);
    const check = readPullRequests(
        name,
        words,
        {
            defaults,
            home,
            sources: filledSources,
            builds,
            suites,
            suiteNames: suiteNames(words, around),
            ...(around.packages && { packages: around.packages }),
            sound: problems === 0,
        },
        report,
    );
    // A pipeline of half of its words would only break rules that the whole does not.
    return source === undefined || trigger === undefined || problems > 0
        ? undefined
        : {
              name,
              trigger,
              variables: words.variables ?? {},
              executionMode: readExecutionMode(name, words, around),
              ...(check && { check }),
              source,
              sources: furtherSources,
              builds: common,
              suites,
              environments: settled,
              notify: routes.own,
              ...(words.skipVerification !== undefined && { skipVerification: words.skipVerification }),
              ...(words.mutableImages !== undefined && { mutableImages: words.mutableImages }),
              weakens: [
                  ...[...exceptions].flatMap(([environment, { skip }]) =>
                      skip === undefined ? [] : [`does without ${environment}: ${skip}`],
                  ),
                  ...silencedTargets(routes, deployed, around.notify),
              ],
          };
}

/** Where nothing is deployed, nothing would be verified. */
function notDeployed(
    service: string,
    exceptions: Exceptions,
    deployed: readonly { readonly name: string }[],
    report: Report,
): void {
    for (const [environment, exception] of exceptions) {
        for (const key of ["skipVerification", "mutableImages"] as const) {
            if (exception[key] !== undefined && !deployed.some(({ name }) => name === environment)) {
                report({
                    path: ["services", service, "environments", environment, key],
                    message: `there is nothing to skip: ${service} is not deployed to ${environment}; leave it out`,
                });
            }
        }
    }
}

/** Everything of a service that has a name needs one of its own; what cannot be read has its name all the same. */
function checkNames(
    service: string,
    words: ServiceWords,
    around: Surroundings,
    read: {
        readonly sources: Sources;
        readonly builds: Builds;
        readonly deploys: ReadonlyMap<string, EnvironmentDeploys>;
    },
    report: Report,
): void {
    const own: Path = ["services", service];
    const spoken = (name: string): Path =>
        Object.hasOwn(words.suites ?? {}, name) ? [...own, "suites", name] : ["defaults", "suites", name];
    const deploys = [...new Set([...read.deploys.values()].flatMap(({ deploys: all }) => Object.keys(all)))];
    const further = [...read.builds.reads].flatMap(([, { settings, origin }]) =>
        furtherArtifacts(settings).map(name => ({ name, path: origin(["furtherArtifacts", name]) })),
    );
    unitNameProblems([
        ...deploys.map(name => ({ sort: "deploy" as const, name, path: [...own, "deploys", name] })),
        ...Object.keys(words.builds ?? {}).map(name => ({
            sort: "build" as const,
            name,
            path: [...own, "builds", name],
        })),
        ...Object.keys(words.sources ?? {}).map(name => ({
            sort: "source" as const,
            name,
            path: [...own, "sources", name],
        })),
        ...further.map(artifact => ({ sort: "artifact" as const, ...artifact })),
        ...[...stepPaths(service, words, around)]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, path]) => ({ sort: "step" as const, name, path })),
        ...suiteNames(words, around).map(name => ({ sort: "suite" as const, name, path: spoken(name) })),
    ]).forEach(report);
}
