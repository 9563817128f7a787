import * as assert from "node:assert/strict";
import { templateOf, type Rendering } from "../../../cli/cloudformation/template";
import { computed } from "../../../cli/computed";
import { findingsOf } from "../../../cli/validate";
import { known, stackFiles, type Known } from "../../support/stacks";

/** All texts in `value`. */
const texts = (value: unknown): string[] =>
    typeof value === "string"
        ? [value]
        : typeof value === "object" && value !== null
          ? Object.values(value).flatMap(texts)
          : [];

/** Logical ids that `value` refers to. */
function references(value: unknown): string[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const { Ref, "Fn::GetAtt": att, "Fn::Sub": sub } = value as Record<string, unknown>;
    return [
        ...(typeof Ref === "string" ? [Ref] : []),
        ...(Array.isArray(att) ? [att[0] as string] : []),
        ...(typeof sub === "string" ? [...sub.matchAll(/\$\{([A-Za-z0-9]+)[.}]/g)].map(([, name]) => name) : []),
        ...Object.values(value).flatMap(references),
    ];
}

for (const file of Object.keys(stackFiles)) {
    describe(`the template of ${file}`, function () {
        this.timeout(30_000);
        let stack: Known;
        let rendering: Rendering;
        before(async () => {
            stack = await known(file);
            const { plan, registrations } = stack;
            rendering = templateOf({ stack: plan.stack, home: plan.home, registrations });
        });

        it("holds no id and no ARN that was made up", () => {
            const { plan, registrations } = stack;
            const made = registrations
                .filter(({ custom, remote }) => custom || remote === true)
                .flatMap(one => {
                    const { id, outputs } = computed({ ...one, ...plan.home });
                    const given = texts(one.inputs);
                    return texts({ ...outputs, id }).filter(
                        value => value.startsWith("arn:") || !given.includes(value),
                    );
                });
            assert.ok(made.length > 10);
            // The name of a registry and the like are no invention where the plan has them.
            const written = JSON.stringify(stack.plan);
            const all = JSON.stringify(rendering.template.Resources);
            assert.deepEqual(
                made.filter(value => all.includes(value) && !written.includes(value)),
                [],
            );
        });

        it("refers to what it has, and never in a circle", () => {
            const { Resources, Parameters = {} } = rendering.template;
            const before = new Map(
                Object.entries(Resources).map(([id, { Properties, DependsOn = [] }]) => [
                    id,
                    [...references(Properties), ...DependsOn].filter(name => !(name in Parameters)),
                ]),
            );
            const made = new Set<string>();
            for (let count = -1; count < made.size;) {
                count = made.size;
                for (const [id, names] of before) {
                    if (names.every(name => made.has(name))) {
                        made.add(id);
                    }
                }
            }
            assert.deepEqual(
                Object.keys(Resources).filter(id => !made.has(id)),
                [],
            );
        });

        it("says of each resource that the program makes what it is, or that it is not in it", () => {
            const { registrations } = stack;
            const known = new Set([...rendering.origins.values()].map(({ urn }) => urn));
            const settings =
                /^aws:(s3\/bucket|cloudwatch\/eventTarget|ecr\/(lifecycle|repository)Policy|codeartifact\/repositoryPermissionsPolicy)/;
            const missing = registrations
                .filter(({ custom, remote, urn }) => (custom || remote === true) && !known.has(urn))
                .filter(({ type }) => !settings.test(type))
                .filter(({ name }) => !rendering.notExpressed.some(line => line.startsWith(`${name} (`)));
            assert.deepEqual(missing, []);
        });

        it("is what AWS's validator finds no fault with", () => {
            const { plan, registrations } = stack;
            const { errors, warnings } = findingsOf(rendering, registrations, plan.home);
            assert.deepEqual([errors, warnings], [[], []]);
        });
    });
}
