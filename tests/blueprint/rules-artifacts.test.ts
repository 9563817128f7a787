import * as assert from "node:assert/strict";
import type { FleetPlan } from "../../blueprint/plan";
import { checkAction } from "../../catalog/check";
import type { Problem } from "../../catalog/problem";
import { build, check, deploy, dev, fleet, inDeploy, inDev, source, staged } from "./support/changed";
import { fleetOf } from "./support/fleet";

const { path } = deploy;

/** The source of orders as a full clone. */
const cloned = {
    ...source,
    actions: [{ ...source.actions[0], configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF" } }],
};

/** An action after the build that seals `artifact`. */
const sealing = (artifact: string) => ({
    ...deploy,
    name: "seal",
    action: checkAction,
    inputs: [artifact],
    runOrder: 2,
});

/** Rule, what passes, what does not, and what is said of it. */
const table: [string, string, FleetPlan, FleetPlan, Problem[]][] = [
    [
        "artifact-counts",
        "an input too many and an output",
        inDeploy({}),
        inDeploy({ inputs: ["SourceArtifact", "BuildArtifact"], outputs: ["x"] }),
        [
            { path, message: "deploy (ECS) takes 1 artifact, and would get 2" },
            { path, message: "deploy (ECS) makes no artifacts, and would make 1" },
        ],
    ],
    [
        "artifact-counts",
        "an input too few",
        inDeploy({}),
        inDeploy({ inputs: [] }),
        [{ path, message: "deploy (ECS) takes 1 artifact, and would get 0" }],
    ],
    [
        "artifacts-made-once-before-use",
        "an artifact that is made later",
        staged(source, build, dev),
        staged(source, { ...dev, actions: [deploy] }, build),
        [{ path, message: "deploy takes the artifact BuildArtifact, which nothing before it makes" }],
    ],
    [
        "artifacts-made-once-before-use",
        "an artifact that is made at the same time",
        inDev({
            actions: [
                { ...deploy, name: "make", outputs: ["x"], runOrder: 1 },
                { ...deploy, inputs: ["x"], runOrder: 2 },
            ],
        }),
        inDev({
            actions: [
                { ...deploy, name: "make", outputs: ["x"], runOrder: 1 },
                { ...deploy, inputs: ["x"], runOrder: 1 },
            ],
        }),
        [{ path, message: "deploy takes the artifact x, which nothing before it makes" }],
    ],
    [
        "artifacts-made-once-before-use",
        "an artifact that is made twice, and one of a bad name",
        inDeploy({ outputs: ["a".repeat(100)] }),
        inDeploy({ outputs: ["BuildArtifact", "a.b"] }),
        [
            { path, message: 'deploy makes the artifact "BuildArtifact", which exists already' },
            { path, message: 'deploy makes the artifact "a.b", which is no name of an artifact' },
        ],
    ],
    [
        "clones-for-builds-only",
        "a full clone that is deployed",
        staged(cloned, build, dev),
        staged(cloned, { ...dev, actions: [{ ...deploy, inputs: ["SourceArtifact"] }] }),
        [
            {
                path,
                message:
                    "deploy (ECS) would get a full clone of the source, which only builds can read: drop `fullClone`, or add a build that hands on the files",
            },
        ],
    ],
    [
        "clones-for-builds-only",
        "a full clone that is sealed",
        staged(cloned, { ...build, actions: [...build.actions, sealing("BuildArtifact")] }, dev),
        staged(cloned, { ...build, actions: [...build.actions, sealing("SourceArtifact")] }, dev),
        [
            {
                path,
                message:
                    "seal (Lambda) would get a full clone of the source, which only builds can read: drop `fullClone`, or add a build that hands on the files",
            },
        ],
    ],
    [
        "bucket-name",
        "a prefix that S3 keeps for itself",
        fleetOf({ prefix: "xna" }),
        under("xn"),
        [
            {
                path: ["prefix"],
                message:
                    'expected another prefix, found "xn": the artifact bucket would be called xn--fleet--artifacts-111111111111-eu-west-1, and S3 keeps names that begin with xn-- for itself',
            },
        ],
    ],
];

/** A fleet under `prefix`, whatever the rules say of it. */
function under(prefix: string): FleetPlan {
    return {
        ...fleet,
        prefix,
        shared: {
            ...fleet.shared,
            store: { ...fleet.shared.store, bucket: fleet.shared.store.bucket.replace("shop", prefix) },
        },
    };
}

describe("rules of artifacts and words", () => {
    for (const [name, title, passes, fails, problems] of table) {
        it(`${name}: fails on ${title}, and on nothing less`, () => {
            assert.deepEqual(check(name, passes), []);
            assert.deepEqual(check(name, fails), problems);
        });
    }
});
