import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { imported } from "../../../cli/import/service";
import { action, approve, build, ecs, pipeline, stage } from "./support";

type Place = readonly (string | number)[];

const rule = {
    name: "alarm",
    ruleTypeId: { category: "Rule", owner: "AWS", provider: "CloudWatchAlarm", version: "1" },
    configuration: { AlarmName: "live-5xx" },
};
const warm = action("Invoke", "Lambda", "Warm", { FunctionName: "warm" }, { runOrder: 2, inputArtifacts: [] });
const json = pipeline(
    stage("Dev", ecs("dev"), { ...build, actionTypeId: { ...build.actionTypeId, category: "Test" } }),
    stage("Approve", approve),
    {
        ...stage("Live", ecs("live"), warm),
        beforeEntry: { conditions: [{ result: "FAIL", rules: [rule] }] },
        onFailure: { result: "RETRY", retryConfiguration: { retryMode: "ALL_ACTIONS" } },
    },
);

/** Where anything stands below `value`. */
const placesIn = (value: unknown, path: Place = []): Place[] =>
    typeof value !== "object" || value === null
        ? [path]
        : [
              path,
              ...Object.entries(value).flatMap(([key, inner]) =>
                  placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
              ),
          ];

const at = (value: unknown, path: Place): unknown =>
    path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);

describe("of a pipeline that is imported", () => {
    it("leaves nothing out in silence: whatever is added anywhere is told", () => {
        const maps = placesIn(json.pipeline, ["pipeline"]).filter(path => {
            const value = at(json, path);
            return typeof value === "object" && !Array.isArray(value);
        });
        // What these hold is told as a whole.
        const whole = /artifactStore|Artifacts/;
        fc.assert(
            fc.property(
                fc.constantFrom(...maps.filter(path => !whole.test(path.join(".")))),
                fc.string({ minLength: 1 }),
                (path, value) => {
                    const copy = structuredClone(json);
                    (at(copy, path) as Record<string, unknown>).added = value;
                    const { notExpressed } = imported(copy);
                    assert.ok(
                        notExpressed.some(
                            ([where, why]) =>
                                (where.endsWith(".added") || /\.(?:beforeEntry|onFailure)$/.test(where)) &&
                                why.startsWith(JSON.stringify(value)),
                        ),
                        `${path.join(".")}: ${JSON.stringify(notExpressed)}`,
                    );
                },
            ),
        );
    });

    it("is refused with words for whoever wrote it, or imported, whatever stands in the place of anything", () => {
        const hostile = fc.constant({ toString: 1, valueOf: 1 });
        fc.assert(
            fc.property(
                fc.constantFrom(...placesIn(json).filter(path => path.length > 0)),
                fc.oneof(fc.jsonValue(), hostile),
                (path, value) => {
                    const copy = structuredClone(json);
                    (at(copy, path.slice(0, -1)) as Record<string, unknown>)[path[path.length - 1]] = value;
                    try {
                        imported(copy);
                    } catch (error) {
                        assert.match(String(error), /^Error: expected a pipeline/);
                    }
                },
            ),
            { numRuns: 1000 },
        );
    });

    for (const [title, other, message] of [
        [
            "the state of a pipeline",
            { pipelineName: "x", stageStates: [] },
            /found the state of one: `aws codepipeline get-pipeline --name NAME`, without -state/,
        ],
        ["a list of pipelines", { pipelines: [] }, /found a list of pipelines/],
        ["something else", { Functions: [] }, /found a map with Functions$/],
        ["a list", [], /found no map$/],
        ["null", null, /found no map$/],
        [
            "a pipeline without actions",
            { pipeline: { name: "x", stages: [{ name: "a" }] } },
            /^Error: expected a pipeline/,
        ],
    ] as const) {
        it(`is refused where it is ${title}`, () => assert.throws(() => imported(other), message));
    }

    it("tells what a project says that is not taken over, and takes of a variable what the action gives", () => {
        const given = [{ name: "TOKEN", value: "plain", type: "PLAINTEXT" }];
        const configuration = { ProjectName: "orders-build", EnvironmentVariables: JSON.stringify(given) };
        const known = pipeline(stage("Live", ecs("live")));
        known.pipeline.stages[1] = stage("Build", { ...build, configuration });
        const project = {
            source: { buildspec: "ci.yml", type: "CODEPIPELINE" },
            cache: { type: "S3", location: "b" },
            environment: { environmentVariables: [{ name: "TOKEN", value: "npm:token", type: "SECRETS_MANAGER" }] },
        };
        const { entry, notExpressed } = imported(known, new Map([["orders-build", project]]));
        assert.deepEqual(entry.build, { buildspec: "ci.yml", environment: { TOKEN: "plain" } });
        assert.deepEqual(
            notExpressed.filter(([where]) => where === "project orders-build"),
            [["project orders-build", "not taken over: cache, source"]],
        );
    });
});
