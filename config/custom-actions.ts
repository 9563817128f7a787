import type { z } from "zod";
import { definitionOf, queryableValue, type CustomActionSettings } from "../catalog/custom-actions";
import type { Path, Problem } from "../catalog/problem";
import { customActionKeys } from "../catalog/words";
import { hint, nearest } from "./suggest";
import { mapTexts } from "./walk";

/** The custom actions of a stack file, by key. */
export type CustomActions = Readonly<Record<string, CustomActionSettings>>;

/** Where a definition shows links; `{Config:Name}` in them is a property. */
const urls = ["entityUrl", "executionUrl", "revisionUrl", "signUpUrl"] as const;

/** What is wrong with the custom actions of a stack file by themselves; paths begin with their keys. */
export function customActionProblems(all: CustomActions): Problem[] {
    const made = new Map<string, string>();
    return Object.entries(all).flatMap(([key, settings]) => {
        const { category, provider, version, create, jenkins } = settings;
        const id = `${category} ${provider} ${version}`;
        const first = made.get(id);
        if (definitionOf(settings) !== undefined) {
            made.set(id, first ?? key);
        }
        return [
            ...(first !== undefined && definitionOf(settings) !== undefined
                ? [
                      {
                          path: [key],
                          message: `makes the ${category} action ${provider} ${version}, which ${first} makes already: choose another provider or version`,
                      },
                  ]
                : []),
            ...(jenkins !== undefined && create !== undefined
                ? [{ path: [key, "create"], message: "expected either `jenkins` or `create`, found both" }]
                : []),
            ...(jenkins !== undefined && category === "deploy"
                ? [{ path: [key, "category"], message: "expected build or test: Jenkins is asked for nothing else" }]
                : []),
            ...(create === undefined ? [] : definitionProblems(create, [key, "create"])),
        ];
    });
}

/**
 * What CodePipeline refuses in a definition.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionConfigurationProperty.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
 */
function definitionProblems(create: NonNullable<CustomActionSettings["create"]>, path: Path): Problem[] {
    const properties = Object.entries(create.properties);
    const queryable = properties.filter(([, property]) => property.queryable);
    const at = (...below: Path): Path => [...path, ...below];
    return [
        ...(["inputs", "outputs"] as const)
            .filter(sort => create[sort][0] > create[sort][1])
            .map(sort => ({
                path: at(sort),
                message: `expected the fewest first, found [${create[sort].join(", ")}]`,
            })),
        ...queryable.slice(1).map(([name]) => ({
            path: at("properties", name, "queryable"),
            message: `expected at most one queryable property; ${queryable[0][0]} is it already`,
        })),
        ...queryable
            .filter(([, { required }]) => !required)
            .map(([name]) => ({
                path: at("properties", name, "required"),
                message: "expected true: workers ask for jobs by it",
            })),
        ...urls.flatMap(key =>
            [...(create[key] ?? "").matchAll(/\{Config:([^}]*)\}/g)]
                .filter(([, name]) => create.properties[name]?.required !== true)
                .map(([, name]) => ({
                    path: at(key),
                    message: `expected a required property in {Config:…}, found ${JSON.stringify(name)}${hint(
                        name,
                        properties.filter(([, { required }]) => required).map(([known]) => known),
                    )}`,
                })),
        ),
    ];
}

interface Using {
    readonly configuration?: Readonly<Record<string, string>>;
}

/** What `settings` say of a custom action that is none of `all`, is for something else, or expects other words. */
export function customUseProblems<T>(schema: z.ZodType, settings: T, all: CustomActions): Problem[] {
    const problems: Problem[] = [];
    mapTexts(schema, settings, customActionKeys, (text, at, path) => {
        const wanted = customActionKeys.get(at)?.category;
        if (wanted !== undefined) {
            problems.push(...useProblems(text, wanted, path, settings as Using, all));
        }
        return text;
    });
    return problems;
}

function useProblems(key: string, wanted: string, path: Path, { configuration }: Using, all: CustomActions): Problem[] {
    if (!Object.hasOwn(all, key)) {
        const fitting = Object.keys(all).filter(name => all[name].category === wanted);
        const choices =
            fitting.length === 0 ? `: \`customActions\` has none of category ${wanted}` : hint(key, fitting);
        return [{ path, message: `unknown custom action ${JSON.stringify(key)}${choices}` }];
    }
    const action = all[key];
    if (action.category !== wanted) {
        const [is, needed] = [action.category, wanted].map(word => `category ${word}`);
        return [{ path, message: `expected a custom action of ${needed}, found ${key}, which is of ${is}` }];
    }
    const properties = definitionOf(action)?.properties;
    if (properties === undefined || configuration === undefined) {
        return [];
    }
    const names = Object.keys(properties);
    // A property that is misspelt is not missing as well.
    const meant = Object.keys(configuration).map(name => (names.includes(name) ? name : nearest(name, names)));
    return [
        ...Object.entries(configuration).flatMap(([name, value]) => {
            const here = ["configuration", name];
            if (!names.includes(name) && name !== "JobList") {
                return [{ path: here, message: `unknown property of ${key}${hint(name, names)}` }];
            }
            const asked = properties[name]?.queryable === true && !/[{#]/.test(value) && !queryableValue.test(value);
            return asked
                ? [
                      {
                          path: here,
                          message: `expected at most 20 letters, digits, \`_\` and \`-\`, found ${JSON.stringify(value)}: workers ask for jobs by it`,
                      },
                  ]
                : [];
        }),
        ...names
            .filter(name => properties[name].required && !meant.includes(name))
            .map(name => ({ path: ["configuration"], message: `lacks ${name}, which ${key} requires` })),
    ];
}
