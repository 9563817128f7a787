import * as fc from "fast-check";
import { parse } from "yaml";
import { documentedSorts, type Documented, type DocumentedSort } from "../../../cli/reference/sorts";
import { reservedBeginnings, reservedService, reservedUnits } from "../../../config/schema";
import { happenings } from "../../../catalog/happenings";
import type { Happening } from "../../../functions/lib/happenings";
import type { Words } from "./fleet";

const kindsOf = (folder: DocumentedSort["folder"]): readonly Documented[] =>
    documentedSorts.find(sort => sort.folder === folder)?.kinds ?? [];

/** Names of units: all that the names of services, actions, projects and artifacts are made of. */
const name = fc
    .stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?$/)
    .filter(
        word =>
            ![...reservedUnits, reservedService].includes(word) &&
            !reservedBeginnings.some(beginning => `${word}-`.startsWith(`${beginning}-`)),
    );

const names = (count: number) =>
    fc.uniqueArray(name, { minLength: count, maxLength: count, selector: word => word.replaceAll("-", "") });

/** What `yaml` says, where a kind of the catalog says something around its example. */
const words = (yaml: string | undefined): Words => (yaml === undefined ? {} : (parse(yaml) as Words));

/** What two kinds say of a stack: the entries of both, where both say something of one key. */
const together = (one: Words, other: Words): Words =>
    Object.fromEntries(
        [...new Set([...Object.keys(one), ...Object.keys(other)])].map(key => [
            key,
            Object.assign({}, one[key], other[key]) as Words,
        ]),
    );

/** The example of a kind of `folder`, as a stack file has it. */
const example = (kinds: readonly Documented[]) =>
    fc.constantFrom(...kinds).map(kind => ({ kind, settings: parse(kind.example) as Words }));

/** Deploys write something with a fixed name, so each is taken once in a fleet. */
// A service that neither builds nor deploys anything is none, and the rules say so.
const deploys = fc.uniqueArray(example(kindsOf("deploys").filter(({ type }) => type !== "none")), {
    minLength: 1,
    maxLength: 4,
    selector: ({ kind }) => kind,
});

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Three environments, as the examples name them, with gates, approvals and answers to failure of any sort. */
const environments = fc
    .tuple(
        ...["dev", "staging", "prod"].map(environment =>
            fc.record({
                name: fc.constant(environment),
                approval: optional(fc.constant({ notify: ["release@shop.example"] })),
                onFailure: fc.constantFrom("stop", "rollback", "retry", "retry-all"),
                rollbackOn: fc.constantFrom(
                    [],
                    ["{service}-{environment}"],
                    ["{service}-{environment}", "{service}-{environment}-slow"],
                ),
                gates: fc.uniqueArray(example(kindsOf("gates")), { maxLength: 1, selector: ({ kind }) => kind }),
            }),
        ),
    )
    .map(all =>
        all.map(({ approval, gates, ...rest }) => ({
            ...rest,
            ...(approval && { approval }),
            ...Object.fromEntries(gates.map(({ kind, settings }) => [(kind.on ?? ["before"])[0], [settings]])),
        })),
    );

/** What the examples of `deploys` say of single environments, of which each is the only deploy, said of those called `names`. */
function exceptions(deploys: readonly { readonly kind: Documented }[], names: readonly string[]): Words {
    const all: Record<string, { deploys: Record<string, unknown> }> = {};
    for (const [index, { kind }] of deploys.entries()) {
        const { environments = {} } = words(kind.around?.service) as { environments?: Record<string, Words> };
        for (const [environment, { deploy }] of Object.entries(environments)) {
            (all[environment] ??= { deploys: {} }).deploys[names[index]] = deploy;
        }
    }
    return all;
}

/** Puts together one service of what was drawn for it. */
function service(drawn: {
    readonly unit: readonly string[];
    readonly source: { readonly settings: Words };
    readonly builds: readonly { readonly settings: Words }[];
    readonly perEnvironment: boolean;
    readonly suites: readonly { readonly settings: Words }[];
    readonly steps: readonly { readonly settings: Words }[];
    readonly deploys: readonly { readonly kind: Documented; readonly settings: Words }[];
    readonly told: { readonly there: Words };
}): Words {
    const unit = [...drawn.unit];
    const named = (parts: readonly { readonly settings: Words }[]) =>
        Object.fromEntries(parts.map(({ settings }) => [unit.pop() ?? "", settings]));
    const several = named(drawn.deploys);
    const [first, ...others] = Object.keys(several);
    return {
        source: drawn.source.settings,
        ...(drawn.builds.length === 0
            ? { build: { type: "none" } }
            : {
                  builds: Object.fromEntries(
                      Object.entries(named(drawn.builds)).map(([key, settings]) => [
                          key,
                          { ...settings, perEnvironment: drawn.perEnvironment },
                      ]),
                  ),
              }),
        suites: named(drawn.suites),
        steps: named(drawn.steps),
        deploys: Object.fromEntries([
            [first, several[first]],
            ...others.map(key => [key, { ...several[key], needs: [first] }] as const),
        ]),
        environments: together(exceptions(drawn.deploys, [first, ...others]), { prod: { notify: drawn.told.there } }),
    };
}

const filters = { branches: ["release/*"], excludePaths: ["**/*.md"], events: ["closed"] };

/** What starts a pipeline and its check, how executions get along, and what they know: any of it, or nothing. */
const starts = fc.record({
    executionMode: optional(fc.constantFrom("queued", "superseded", "parallel")),
    trigger: optional(
        fc.constantFrom(
            { manual: true },
            { commits: false, schedule: { cron: "0 6 ? * MON-FRI *", timeZone: "Europe/Berlin" } },
            { schedule: { cron: "30 4 L * ? *" } },
        ),
    ),
    variables: optional(fc.constant({ TARGET: { default: "blue", description: "Which side" } })),
    pullRequests: optional(fc.constantFrom({}, filters)),
});

/** Who can be told, and who is told of what: by the stack, by an environment, by a service and by its environment. */
const told = fc.dictionary(name, example(kindsOf("targets")), { maxKeys: 3 }).chain(targets => {
    const routes = (words: readonly Happening[]) =>
        fc.record(Object.fromEntries(Object.keys(targets).map(key => [key, fc.subarray([...words])])), {
            requiredKeys: [],
        });
    const ofServices = happenings.filter(happening => happening !== "alarm");
    return fc.record({
        targets: fc.constant(
            Object.fromEntries(
                // AWS configures a channel once in an account.
                Object.entries(targets).map(([key, { settings }], index) => [
                    key,
                    "slack" in settings
                        ? { ...settings, slack: { workspaceId: "T1", channelId: `C${index}` } }
                        : settings,
                ]),
            ),
        ),
        fleet: routes(happenings),
        environment: routes(ofServices),
        service: routes(ofServices),
        there: routes(ofServices),
    });
});

type Starts = typeof starts extends fc.Arbitrary<infer T> ? T : never;

/** Of {@link starts} what goes with the rest: parallel executions roll nothing back, and only some kinds run unmerged code. */
function startWords(drawn: {
    readonly starts: Starts;
    readonly environments: readonly { readonly onFailure: string; readonly rollbackOn: readonly string[] }[];
    readonly perEnvironment: boolean;
    readonly source: { readonly kind: Documented };
    readonly builds: readonly { readonly kind: Documented }[];
}): Words {
    const { executionMode, pullRequests, ...free } = drawn.starts;
    const rolledBack = drawn.environments.some(
        ({ onFailure, rollbackOn }) => onFailure === "rollback" || rollbackOn.length > 0,
    );
    const checkable =
        drawn.source.kind.type === "connection" &&
        drawn.builds.length > 0 &&
        !drawn.perEnvironment &&
        drawn.builds.every(({ kind }) => "unmerged" in kind);
    const others = {
        ...free,
        executionMode: rolledBack && executionMode === "parallel" ? undefined : executionMode,
        // Suites of any kind may have been drawn: none of them is named.
        pullRequests: checkable && pullRequests !== undefined ? { ...pullRequests, suites: [] } : undefined,
    };
    return Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
}

const realBuilds = kindsOf("builds").filter(({ type }) => type !== "none");

/** A stack file that is right: any kinds together, in any shape. */
export const validStack: fc.Arbitrary<Words> = fc
    .record({
        environments,
        serviceName: name,
        unit: names(12),
        source: example(kindsOf("sources")),
        builds: fc.array(example(realBuilds), { maxLength: 2 }),
        perEnvironment: fc.boolean(),
        suites: fc.array(example(kindsOf("suites")), { maxLength: 2 }),
        steps: fc.array(example(kindsOf("steps")), { maxLength: 2 }),
        deploys,
        starts,
        told,
    })
    .map(drawn => {
        const kinds = [drawn.source, ...drawn.builds, ...drawn.suites, ...drawn.steps, ...drawn.deploys];
        const around = [...kinds.map(({ kind }) => kind.around ?? {})];
        return {
            environments: drawn.environments.map(environment => ({
                ...environment,
                notify: drawn.told.environment,
                ...(Object.assign({}, ...around.map(({ environments: each }) => words(each))) as Words),
            })),
            ...around.map(({ stack }) => words(stack)).reduce(together, {}),
            targets: drawn.told.targets,
            notify: drawn.told.fleet,
            services: {
                ...Object.assign({}, ...around.map(({ services }) => words(services))),
                [drawn.serviceName]: {
                    ...Object.assign({}, ...around.map(({ service: own }) => words(own))),
                    ...service(drawn),
                    ...startWords(drawn),
                    notify: drawn.told.service,
                },
            },
        };
    });
