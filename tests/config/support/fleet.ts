import * as assert from "node:assert/strict";
import type { FleetConfig, ServiceConfig } from "../../../config/fleet-config";
import { readFleet } from "../../../config/read";
import { base } from "./base";
import { sourceOf } from "./source";

/** The fleet of the base with `edits`. */
export function fleetOf(...edits: readonly (readonly [string, string])[]): FleetConfig {
    const text = edits.reduce((whole, [old, now]) => {
        assert.equal(whole.split(old).length, 2, old);
        return whole.replace(old, () => now);
    }, base);
    const { fleet, problems } = readFleet(sourceOf(text));
    assert.deepEqual(problems, []);
    return fleet as FleetConfig;
}

/** The service `name` of `fleet`. */
export const service = (fleet: FleetConfig, name: string) =>
    fleet.services.find(each => each.name === name) as ServiceConfig;

/** The environment `stage` of the service `name` of `fleet`. */
export function environment(fleet: FleetConfig, name: string, stage: string) {
    const found = service(fleet, name).environments.find(each => each.name === stage);
    assert.ok(found, stage);
    return found;
}

/** An edit that gives `orders` other exceptions. */
export const exception = (words: string): readonly [string, string] => [
    "prod: { approval: { timeoutHours: 24 } }",
    words,
];
