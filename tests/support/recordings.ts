import * as assert from "node:assert/strict";
import { record, type Recording, type Registration } from "../../cli/recorder";
import { engineConfig, home, stackFile } from "./plans";

const config = engineConfig({
    "aws:region": home.region,
    "aws:allowedAccountIds": stackFile()["aws:allowedAccountIds"],
});

/** What `build` registers and returns, deployed or previewed in the account and region of the plans. */
export const recorded = (build: () => unknown, preview = false): Promise<Recording> =>
    record(() => build(), { stack: "test", config, preview });

/** What `build` registers. */
export const registered = async (build: () => unknown, preview = false): Promise<readonly Registration[]> =>
    (await recorded(() => void build(), preview)).registrations;

/** The type without its package and module: `Role`, `BucketPolicy`. */
export const noun = ({ type }: Registration) => type.split(":").slice(-1)[0];

/** The URN of a reference to another stack: it is read, and so not among the registrations. */
const reference = /\$pulumi:pulumi:(StackReference)::/;

/**
 * `registrations` as lines of a tree: noun and name, further in below its parent, `protected` where it is, and behind `<`
 * the nouns and names of what has to exist before.
 */
export function tree(registrations: readonly Registration[]): string[] {
    const byUrn = new Map(registrations.map(registration => [registration.urn, registration]));
    assert.equal(byUrn.size, registrations.length, "two resources with one URN");
    const depth = ({ parent }: Registration): number => (parent === undefined ? 0 : 1 + depth(get(parent)));
    const get = (urn: string) => byUrn.get(urn) ?? assert.fail(`nothing has the URN ${urn}`);
    // Of a component, package and module are in every URN below it: another one would replace all of it.
    for (const { type, custom, remote } of registrations) {
        assert.ok(custom || remote || /^service-pipelines:index:[A-Z][A-Za-z]+$/.test(type), type);
    }
    const label = (one: Registration) => `${noun(one)} ${one.name}`;
    return registrations.map(one => {
        const before = one.dependencies.map(urn => reference.exec(urn)?.[1] ?? label(get(urn))).sort();
        return (
            "  ".repeat(depth(one)) +
            label(one) +
            (one.protect ? " protected" : "") +
            (before.length > 0 ? ` < ${before.join(", ")}` : "")
        );
    });
}

/** The one registration of that noun, and name where there are several. */
export function only(registrations: readonly Registration[], type: string, name?: string): Registration {
    const found = registrations.filter(one => noun(one) === type && (name === undefined || one.name === name));
    assert.equal(found.length, 1, `registrations of ${type} ${name ?? ""}`);
    return found[0];
}

/** Inputs of {@link only}, for assertions on parts that the types cannot know. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const inputsOf = (registrations: readonly Registration[], type: string, name?: string): any =>
    only(registrations, type, name).inputs;

/** Fails unless a preview registers the same resources, with the same parents, protection and dependencies, as a deployment. */
export async function assertPreviewedAsDeployed(build: () => unknown): Promise<void> {
    assert.deepEqual(tree(await registered(build, true)), tree(await registered(build)));
}

/** Fails unless `build` does, with exactly this message, or one of this form. */
export async function assertFails(build: () => unknown, message: string | RegExp): Promise<void> {
    await assert.rejects(registered(build), (error: Error) => {
        if (message instanceof RegExp) {
            assert.match(error.message, message);
        } else {
            assert.equal(error.message, message);
        }
        return true;
    });
}

export type { Recording, Registration };
