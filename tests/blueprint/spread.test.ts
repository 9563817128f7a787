import * as assert from "node:assert/strict";
import { costAtRest } from "../../blueprint/cost";
import { allResources } from "../../blueprint/counts";
import { permissionsOf } from "../../blueprint/permissions/view";
import { planStack } from "../../blueprint/stack";
import { resourcesOf } from "../../cli/resources";
import { fleet, planned, planOfStack, platform, shared, sourceOf, standing, web, written } from "../support/spread";

const stacks = Object.keys(fleet);
const whole = planStack(written("all", { ...shared, services: { cart: web, mail: web, web } }));
const { plan: one } = whole;
assert.ok(one);

describe("the parts of a fleet that is spread", () => {
    it("have together the permissions of one stack, each once", () => {
        const keys = stacks.flatMap(stack => permissionsOf(planOfStack(stack)).map(({ key }) => key));
        assert.deepEqual(
            keys.sort(),
            permissionsOf(one)
                .map(({ key }) => key)
                .sort(),
        );
    });

    it("cost together at rest what one stack costs", () => {
        const sum = stacks.reduce((total, stack) => total + costAtRest(planOfStack(stack)).monthlyIdle, 0);
        assert.equal(sum.toFixed(2), costAtRest(one).monthlyIdle.toFixed(2));
    });

    for (const [stack, files] of [...stacks.map(name => [name, fleet] as const), ["base", open()] as const]) {
        it(`register as many resources as is said: ${stack}${files === fleet ? "" : " without protection"}`, async () => {
            const plan = planOfStack(stack, files);
            const { registrations } = await resourcesOf(sourceOf(stack, files), plan);
            assert.equal(registrations.length, allResources(plan));
        });
    }

    it("register together what one stack registers, each in one stack", async () => {
        const named = async (stack: string) =>
            (await resourcesOf(sourceOf(stack), planOfStack(stack))).registrations
                .filter(({ type }) => type.startsWith("aws"))
                .map(({ type, name }) => `${type} ${name}`);
        const parts = (await Promise.all([named("base")])).flat();
        for (const stack of ["team-a", "team-b"]) {
            parts.push(...(await named(stack)));
        }
        const { registrations } = await resourcesOf(written("all", {}), one);
        assert.deepEqual(
            parts.sort(),
            registrations
                .filter(({ type }) => type.startsWith("aws"))
                .map(({ type, name }) => `${type} ${name}`)
                .sort(),
        );
    });
});

/** {@link fleet} with a platform that may be destroyed. */
function open() {
    return { ...fleet, base: { ...platform, protect: false } };
}

describe("a platform without protection", () => {
    const warned = (files: typeof fleet) => planned("base", files).warnings.filter(({ path }) => path[0] === "protect");

    it("is warned of while stacks stand on it", () => {
        assert.deepEqual(
            warned(open()).map(({ message }) => message),
            [
                "false: `pulumi destroy --stack base` deletes what the pipelines of team-a, team-b stand on, and a stack reference stops nothing; leave it out while there are such stacks",
            ],
        );
    });

    for (const [title, files] of [
        ["protected, as it is where nothing is said", fleet],
        ["without stacks", { base: open().base }],
    ] as const) {
        it(`is not when it is ${title}`, () => assert.deepEqual(warned(files), []));
    }

    it("is not told again by each stack on it", () => {
        assert.deepEqual(planned("team-a", { ...open(), "team-a": standing("cart") }).warnings, []);
    });
});
