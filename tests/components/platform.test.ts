import * as assert from "node:assert/strict";
import { record, type Recording, type RecordOptions } from "../../cli/recorder";
import type { FleetPlan } from "../../blueprint/plan";
import { engineConfig } from "../../config/source";
import { provided } from "../../blueprint/provided";
import { inputsOf, tree } from "../support/recordings";
import { place, planOfStack } from "../support/spread";

const config = engineConfig(place);
const plan = planOfStack("team-b");
const name = "organization/service-pipelines/base";

/** The stack of `plan`, where other stacks have told `stacks`. */
async function made(plan: FleetPlan, more: Partial<RecordOptions> = {}): Promise<Recording> {
    const program = await import("../../index");
    const { stackTraceLimit } = Error;
    try {
        return await record(() => program({ plan }), { stack: plan.stack, config, ...more });
    } finally {
        // The program switches stack traces off; a failed assertion needs its own.
        Error.stackTraceLimit = stackTraceLimit;
    }
}

const without = <T extends object>(all: T, key: keyof T) => {
    const { [key]: _, ...rest } = all;
    return rest;
};

/** The stack on a platform with these outputs. */
const standing = (outputs: Record<string, unknown>, preview = false): Promise<Recording> =>
    made(plan, { preview, stacks: { [name]: outputs } });

describe("a stack on a platform", () => {
    let outputs: Record<string, unknown>;
    before(async () => ({ outputs } = await made(planOfStack("base"))));

    it("registers exactly its fleet and its pipelines", async () =>
        assert.deepEqual(tree((await standing(outputs)).registrations), [
            "Fleet fleet",
            ...["mail", "web"].flatMap(service => [
                `  ServicePipeline ${service}`,
                `    Pipeline ${service}-pipeline < Role ${service}-role, RolePolicy ${service}-policy`,
                `    RolePolicy ${service}-policy < Role ${service}-role`,
                `    Role ${service}-role`,
            ]),
        ]));

    it("uses the key and the connection that AWS has given to the platform", async () => {
        const { registrations } = await standing(outputs);
        const { artifactKey, "connection:github": connection } = outputs.handles as Record<string, string>;
        const { artifactStores, stages } = inputsOf(registrations, "Pipeline", "web-pipeline");
        assert.equal(artifactStores[0].encryptionKey.id, artifactKey);
        assert.equal(stages[0].actions[0].configuration.ConnectionArn, connection);
        const policy = JSON.stringify(inputsOf(registrations, "RolePolicy", "web-policy").policy);
        assert.ok(policy.includes(artifactKey) && policy.includes(connection));
    });

    it("tells of its pipelines alone", async () =>
        assert.deepEqual(Object.keys((await standing(outputs)).outputs), ["pipelines"]));

    it("previews the same resources as it deploys", async () =>
        assert.deepEqual(
            tree((await standing(outputs, true)).registrations),
            tree((await standing(outputs)).registrations),
        ));

    for (const [title, change, message] of [
        [
            "that is not up",
            () => ({}),
            /^the stack base tells nothing of a platform: bring it up with `role: platform` first \(pulumi up --stack base\)$/,
        ],
        [
            "that lacks a function",
            () => ({ ...outputs, provides: provided(plan.shared).filter(one => one !== "function seal") }),
            /^the platform base has no function seal yet: .* bring it up first \(pulumi up --stack base\)$/,
        ],
        [
            "that lacks a handle",
            () => ({ ...outputs, handles: without(outputs.handles as Record<string, string>, "connection:github") }),
            /^the platform base has no connection:github yet: /,
        ],
    ] as const) {
        it(`fails on a platform ${title}`, () =>
            assert.rejects(standing(change()), (error: Error) => {
                assert.match(error.message, message);
                return true;
            }));
    }

    it("takes more than it needs", async () => {
        const more = { ...outputs, provides: [...(outputs.provides as string[]), "connection other"] };
        assert.ok((await standing(more)).registrations.length > 0);
    });
});
