import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { schemaFile, schemaText } from "../../cli/schema-file";

describe("docs/stack-file.schema.json", () => {
    it("is what the program's own schema says; else `npm run schema` makes it anew", () => {
        assert.equal(readFileSync(schemaFile, "utf8"), schemaText());
    });

    it("knows every key of the stack file and closes the set", () => {
        const { config } = (JSON.parse(schemaText()) as { properties: Record<string, Record<string, unknown>> })
            .properties;
        const keys = Object.keys(config.properties as object);
        for (const key of ["aws:region", "service-pipelines:services", "service-pipelines:environments"]) {
            assert.ok(keys.includes(key), key);
        }
        assert.equal(config.additionalProperties, false);
    });
});
