import * as fc from "fast-check";
import { parse } from "yaml";
import { documentedSorts, type Documented, type DocumentedSort } from "../../../cli/reference/sorts";
import type { Words } from "./fleet";

const kindsOf = (folder: DocumentedSort["folder"]): readonly Documented[] =>
    documentedSorts.find(sort => sort.folder === folder)?.kinds ?? [];

/** Names of units: all that the names of services, actions, projects and artifacts are made of. */
const name = fc
    .stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?$/)
    .filter(word => !["source", "build", "check", "pipeline", "upload", "fleet"].includes(word));

const names = (count: number) =>
    fc.uniqueArray(name, { minLength: count, maxLength: count, selector: word => word.replaceAll("-", "") });

/** What `yaml` says, where a kind of the catalog says something around its example. */
const words = (yaml: string | undefined): Words => (yaml === undefined ? {} : (parse(yaml) as Words));

/** The example of a kind of `folder`, as a stack file has it. */
const example = (kinds: readonly Documented[]) =>
    fc.constantFrom(...kinds).map(kind => ({ kind, settings: parse(kind.example) as Words }));

/** Deploys write something with a fixed name, so each is taken once in a fleet. */
const deploys = fc.uniqueArray(example(kindsOf("deploys")), {
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
        environments: exceptions(drawn.deploys, [first, ...others]),
    };
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
        executionMode: fc.constant("queued"),
    })
    .map(drawn => {
        const kinds = [drawn.source, ...drawn.builds, ...drawn.suites, ...drawn.steps, ...drawn.deploys];
        const around = [...kinds.map(({ kind }) => kind.around ?? {})];
        return {
            environments: drawn.environments.map(environment => ({
                ...environment,
                ...(Object.assign({}, ...around.map(({ environments: each }) => words(each))) as Words),
            })),
            ...Object.assign({}, ...around.map(({ stack }) => words(stack))),
            services: {
                ...Object.assign({}, ...around.map(({ services }) => words(services))),
                [drawn.serviceName]: {
                    ...Object.assign({}, ...around.map(({ service: own }) => words(own))),
                    ...service(drawn),
                },
            },
        } as Words;
    });
