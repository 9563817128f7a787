import * as assert from "node:assert/strict";
import { allResources } from "../../blueprint/counts";
import { fleetText } from "../../cli/text";
import { paintFor } from "../../cli/paint";
import { fleetOf, stackOf, type Words } from "../blueprint/support/fleet";
import { problemLines } from "../../config/read";

const environments = [{ name: "dev", regions: ["eu-west-1", "us-east-1", "ap-southeast-2"] }];
const logged = (accessLogs: Words) => {
    const { shared } = fleetOf({ environments, accessLogs });
    return Object.fromEntries(
        [shared.store, ...shared.stores].map(({ region, accessLogs: logs }) => [region, logs?.bucket]),
    );
};
const problems = (accessLogs: Words) =>
    problemLines(stackOf({ environments, accessLogs }).problems).map(line => line.replace(/^Pulumi\S+ /, ""));

describe("accessLogs", () => {
    it("are those of the pipelines' own region, where one bucket is named", () => {
        assert.deepEqual(logged({ bucket: "logs" }), {
            "eu-west-1": "logs",
            "us-east-1": undefined,
            "ap-southeast-2": undefined,
        });
    });

    it("are those of every region, where the bucket's name tells it, or each has its own", () => {
        const all = { "eu-west-1": "l-eu-west-1", "us-east-1": "l-us-east-1", "ap-southeast-2": "l-ap-southeast-2" };
        assert.deepEqual(logged({ bucket: "l-{region}" }), all);
        assert.deepEqual(logged({ buckets: all }), all);
        assert.deepEqual(logged({ bucket: "l-{region}", buckets: { "us-east-1": "other-{account}" } }), {
            ...all,
            "us-east-1": "other-111111111111",
        });
    });

    it("take one resource of each region, and the preview says where nobody logs", () => {
        const buckets = { "eu-west-1": "one", "us-east-1": "two" };
        const [none, two] = [fleetOf({ environments }), fleetOf({ environments, accessLogs: { buckets } })];
        assert.equal(allResources(two) - allResources(none), 2);
        const lines = fleetText(two, undefined, [], paintFor({})).split("\n");
        assert.deepEqual(
            lines.filter(line => line.includes("who reads the artifacts")),
            [
                "  who reads the artifacts is logged to one",
                "  weaker  nobody logs who reads the artifacts in ap-southeast-2 (accessLogs names no bucket)",
                "  who reads the artifacts in us-east-1 is logged to two",
            ],
        );
    });

    for (const [what, accessLogs, said] of [
        ["neither bucket nor buckets", {}, "accessLogs: expected `bucket` or `buckets`, found neither"],
        [
            "a region that the stack is not in",
            { buckets: { "us-east-2": "logs" } },
            'accessLogs.buckets.us-east-2: nothing of the stack is in us-east-2; did you mean "us-east-1"?',
        ],
        [
            "a placeholder without a meaning",
            { bucket: "logs-{environment}" },
            "accessLogs.bucket: {environment} has no meaning here: this is the same for all environments",
        ],
    ] as const) {
        it(`fail on ${what}`, () => assert.deepEqual(problems(accessLogs), [said]));
    }
});
