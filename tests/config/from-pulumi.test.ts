import * as assert from "node:assert/strict";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { fromFile } from "../../config/from-file";
import { fromPulumi } from "../../config/from-pulumi";
import { problemLines, readFleet } from "../../config/read";
import type { StackSource } from "../../config/source";
import { base } from "./support/base";
import { engineText, inFolder, sourceOf } from "./support/source";

const namespaced = (key: string) => (key.includes(":") ? key : `service-pipelines:${key}`);

/** The engine's configuration for what `source` says. */
const configOf = (source: StackSource) =>
    Object.fromEntries(Object.entries(source.values).map(([key, value]) => [namespaced(key), engineText(value)]));

describe("the engine's source", () => {
    const secretKeys = process.env.PULUMI_CONFIG_SECRET_KEYS;
    beforeEach(async () => {
        await pulumi.runtime.setMocks(
            { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) },
            "service-pipelines",
            "t",
        );
    });
    afterEach(() => {
        pulumi.runtime.setAllConfig({});
        if (secretKeys === undefined) {
            delete process.env.PULUMI_CONFIG_SECRET_KEYS;
        }
    });

    it("reads values as they arrive", () => {
        pulumi.runtime.setAllConfig({
            "aws:region": "eu-west-1",
            "aws:allowedAccountIds": '["111111111111"]',
            "service-pipelines:prefix": "12",
            "service-pipelines:protect": "true",
            "service-pipelines:tags": "",
            "service-pipelines:environments": '[{"account":12345678901}]',
            "other:key": "x",
        });
        const engine = fromPulumi("/nowhere");
        const { stack, values, problems } = engine;
        assert.equal(stack, "t");
        assert.deepEqual(values, {
            "aws:region": "eu-west-1",
            "aws:allowedAccountIds": ["111111111111"],
            prefix: "12",
            protect: true,
            tags: null,
            environments: [{ account: 12345678901 }],
            "other:key": "x",
        });
        assert.deepEqual([problems, engine.locate(["tags"]), engine.source(["tags"])], [[], undefined, undefined]);
    });

    it("reads the fleet that the file is", () => {
        pulumi.runtime.setAllConfig(configOf(sourceOf(base)));
        assert.equal(
            JSON.stringify(readFleet(fromPulumi("/nowhere")).fleet),
            JSON.stringify(readFleet(sourceOf(base)).fleet),
        );
    });

    it("tells problems with the file's places where it is there, without where it is not", () => {
        const text = base.replace("type: ecs", "type: esc").replace('"222222222222"', "012345678901");
        pulumi.runtime.setAllConfig(configOf(sourceOf(text)));
        const lines = inFolder({ "Pulumi.t.yaml": text }, folder =>
            problemLines(readFleet(fromPulumi(folder)).problems),
        );
        assert.deepEqual(lines, problemLines(readFleet(sourceOf(text)).problems));
        assert.ok(lines[0].startsWith("Pulumi.t.yaml:18:7 ") && lines[0].includes("found the number 012345678901"));
        const bare = problemLines(readFleet(fromPulumi("/nowhere")).problems);
        assert.ok(bare[0].startsWith("environments[2].account: ") && bare[0].endsWith('write "012345678901"'));
    });

    it("refuses what the file is refused for, though the engine takes it in silence", () => {
        pulumi.runtime.setAllConfig({});
        const lines = inFolder({ "Pulumi.t.yaml": "confg: {}" }, folder =>
            problemLines(readFleet(fromPulumi(folder)).problems),
        );
        assert.deepEqual(lines, ['Pulumi.t.yaml:1:1 confg: unknown key; did you mean "config"?']);
    });

    it("refuses a secret, and repeats nothing of it", () => {
        process.env.PULUMI_CONFIG_SECRET_KEYS = '["service-pipelines:services","other:token"]';
        pulumi.runtime.setAllConfig({ "service-pipelines:services": '{"hunter2":{}}', "other:token": "hunter2" });
        const source = fromPulumi("/nowhere");
        assert.deepEqual(source.values, {});
        assert.deepEqual(problemLines(source.problems), [
            "services: an encrypted value would make all of this key secret; keep the secret in Secrets Manager or SSM and name it in `secrets`",
        ]);
    });

    it("refuses a prototype among the keys", () => {
        const config = configOf(sourceOf(base));
        config["service-pipelines:tags"] = '{"__proto__":{"polluted":"yes"}}';
        pulumi.runtime.setAllConfig(config);
        const { problems } = readFleet(fromPulumi("/nowhere"));
        assert.deepEqual(problemLines(problems), ['tags.__proto__: expected another key, found "__proto__"']);
        assert.equal(({} as Record<string, unknown>).polluted, undefined);
    });

    for (const stack of ["dev", "prod"]) {
        it(`reads the committed ${stack} stack as the preview does`, () => {
            const folder = resolve(__dirname, "../..");
            const file = fromFile(resolve(folder, `Pulumi.${stack}.yaml`), stack);
            const reading = readFleet(file);
            assert.deepEqual(problemLines(reading.problems), []);
            pulumi.runtime.setAllConfig(configOf(file));
            const { fleet } = readFleet({ ...fromPulumi("/nowhere"), stack });
            assert.deepEqual(plain(fleet), plain(reading.fleet));
            assert.ok((fleet?.services.length ?? 0) >= 6);
        });
    }
});

/** A fleet without its functions, which are never equal. */
const plain = (fleet: unknown): unknown => JSON.parse(JSON.stringify(fleet));
