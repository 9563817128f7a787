import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { notice, noticeSchemaFile, noticeSchemaText } from "../../cli/notice-schema";
import { fitting } from "../../functions/notify/deliver/words";
import { happenings } from "../../functions/notify/settings";
import { alarmOver, bare, hostile, notices } from "../functions/notify/deliver/support/notices";

/** What is used here of a JSON Schema. */
interface Schema {
    readonly $schema?: string;
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly description?: string;
    readonly additionalProperties?: boolean;
}

describe("the schema of a notice", () => {
    const schema = JSON.parse(noticeSchemaText()) as Schema;

    it("is what is committed; else `npm run generate` makes it anew", () => {
        assert.equal(readFileSync(noticeSchemaFile, "utf8"), noticeSchemaText());
    });

    it("is of draft 2020-12, names every happening, and needs what every notice has", () => {
        assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
        assert.deepEqual(schema.properties?.happening.enum, happenings);
        assert.deepEqual(schema.required, ["version", "id", "happening", "time", "title", "links"]);
    });

    it("says of each key what it is, and allows keys that are new", () => {
        const visit = (part: Schema, path: string): void => {
            assert.ok(part.description ?? path === "", `${path} has no description`);
            assert.equal(part.additionalProperties, undefined, path);
            Object.entries(part.properties ?? {}).forEach(([key, value]) => visit(value, `${path}.${key}`));
        };
        visit(schema, "");
    });

    for (const [title, example] of [
        ...Object.entries(notices),
        ["an alarm that is over", alarmOver],
        ["nothing but a title", bare],
        [
            "what others have written",
            { ...hostile, links: notices.failed.links, commit: undefined, from: undefined, commitsSinceRelease: [] },
        ],
    ] as const) {
        it(`takes a notice of ${title} as it is sent`, () => {
            const sent: unknown = JSON.parse(
                JSON.stringify(fitting(JSON.parse(JSON.stringify(example)) as typeof bare)),
            );
            assert.deepEqual(notice.parse(sent), sent);
        });
    }

    for (const [title, wrong] of [
        ["another version", { ...bare, version: 2 }],
        ["another happening", { ...bare, happening: "exploded" }],
        ["no links", { ...bare, links: undefined }],
        ["a key that is not described", { ...bare, colour: "red" }],
        ["a time that is none", { ...bare, time: "yesterday" }],
    ] as const) {
        it(`fails on ${title}`, () => assert.equal(notice.safeParse(wrong).success, false));
    }
});
