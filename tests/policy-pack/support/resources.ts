import { rules } from "../../../policy-pack/rules";
import { defaultsOf, isFound, resultsOf, type Resource, type Settings } from "../../../policy-pack/rules/rule";
import type { Registration } from "../../support/recordings";

/** What is recorded, as rules take it: any property may come from what the resource waits for. */
export const asResources = (registrations: readonly Registration[]): readonly Resource[] =>
    registrations.map(({ type, name, urn, inputs, dependencies }) => ({
        type,
        name,
        urn,
        props: inputs,
        references: { bucket: type.startsWith("aws:s3/bucket") ? dependencies.filter(isBucket) : [] },
    }));

const isBucket = (urn: string) => urn.includes("aws:s3/bucket:Bucket::");

/** One resource of a table of cases. */
export const resource = (type: string, props: Resource["props"], name = "it"): Resource => ({
    type,
    name,
    urn: `urn:pulumi:test::any::${type}::${name}`,
    props,
    references: {},
});

/** What every rule finds, as `rule: message`; `settings` by the rule's name. */
export const findings = (
    resources: readonly Resource[],
    settings: Readonly<Record<string, Settings>> = {},
): readonly { readonly rule: string; readonly name: string; readonly message: string }[] =>
    rules.flatMap(rule =>
        resultsOf(rule, resources, { ...defaultsOf(rule), ...settings[rule.name] })
            .filter(isFound)
            .map(({ name, message }) => ({ rule: rule.name, name, message })),
    );
