import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { needsOf } from "../../../cli/add/needed";
import { parts, sorts, type Given } from "../../../cli/add/parts";
import { brief } from "../../../cli/add/questions";
import { mapOf } from "../../../config/values";

const around = { defaults: {}, services: {} };

describe("what a kind asks for", () => {
    for (const part of parts) {
        for (const kind of sorts[part].kinds) {
            const { type, example = "", settings } = kind;
            const check = (read: unknown) => kind.check?.(read as never) ?? [];
            const given: Given = { source: {}, build: {}, deploy: {}, [part]: { type } };
            const needs = needsOf("orders", given, around).filter(need => need.part === part);
            const said = mapOf(parse(example));

            it(`is enough for the ${part} ${type}`, () => {
                const words = needs.map(({ keys: [key] }) => [key, said[key]]);
                const read = settings.parse(Object.fromEntries(words));
                assert.deepEqual(check(read), []);
            });

            it(`is all needed for the ${part} ${type}`, () => {
                for (const left of needs) {
                    const words = needs.filter(need => need !== left).map(({ keys: [key] }) => [key, said[key]]);
                    const { success, data } = settings.safeParse(Object.fromEntries(words));
                    assert.ok(!success || check(data).length > 0, left.keys[0]);
                }
            });

            it(`has a short description and an example for the ${part} ${type}`, () => {
                for (const { words, keys } of needs) {
                    const { description, example: shown } = words[keys[0]];
                    assert.match(brief(description), /^[^@]{4,66}$/);
                    assert.notEqual(shown, undefined);
                }
            });
        }
    }
});
