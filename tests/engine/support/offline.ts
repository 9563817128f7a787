import * as assert from "node:assert/strict";
import { plain } from "../../../cli/computed";
import type { Registration } from "../../../cli/recorder";
import { plainProperties } from "./provider/values";
import { isRegistered, registered } from "./scenarios";
import type { Sandbox, StateResource } from "./stack";

/** What AWS chooses at random, and the offline preview invents. */
const random = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?<=(vpc|subnet|sg|rtb|pl)-)[0-9a-f]{17}\b/g;

/** The JSON object that `text` is, if it is one: the template of a target's input only looks like it. */
function documentIn(text: string): unknown {
    if (!/^\{.*\}$/s.test(text)) {
        return undefined;
    }
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** Settings of a function may hold the ARN of a connection, which is random: as long on both sides, with another hash. */
const sizeOf = (asset: unknown) => (asset as { readonly bytes: number }).bytes;

/** A value as both sides can tell it: documents as objects, and what is random as `*`. */
function comparable(value: unknown): unknown {
    if (typeof value === "string") {
        const document = documentIn(value);
        return document === undefined ? value.replace(random, "*") : comparable(document);
    }
    if (Array.isArray(value)) {
        return value.map(comparable);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([key]) => key !== "__defaults") // the provider's own note
                  .map(([key, inner]) => [key, key === "settings.json" ? sizeOf(inner) : comparable(inner)]),
          )
        : value;
}

/** Of a component that a provider fills, the state does not hold the inputs. */
const isRemote = (urn: string) => /\$awsx:(ec2:Vpc|ecr:Repository)::/.test(urn);

type Told = Pick<StateResource, "parent" | "dependencies" | "protect" | "inputs">;

function comparison(resources: readonly (Told & { readonly urn: string })[]): object {
    const sorted = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    return Object.fromEntries(
        sorted.map(({ urn, parent = "", dependencies = [], protect = false, inputs = {} }) => [
            urn,
            {
                parent: parent.includes("::pulumi:pulumi:Stack::") ? "" : parent,
                protect,
                dependencies: dependencies.filter(isRegistered).sort(),
                inputs: isRemote(urn) ? {} : comparable(plain(plainProperties(inputs))),
            },
        ]),
    );
}

/** Fails unless the offline preview tells the resources that the stack has, with their inputs, parents and order. */
export async function assertToldOffline(sandbox: Sandbox, stack: string): Promise<void> {
    const { code, stdout, stderr } = await sandbox.offline(stack, "--json");
    assert.equal(code, 0, stderr);
    const { resources } = JSON.parse(stdout) as { readonly resources: readonly Registration[] };
    assert.deepEqual(comparison(resources), comparison(registered(await sandbox.export(stack))));
}
