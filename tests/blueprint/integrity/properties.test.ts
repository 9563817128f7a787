import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ActionPlan, PipelinePlan, StagePlan } from "../../../blueprint/plan";
import { stackOf } from "../support/fleet";
import { validStack } from "../support/random";

const isSeal = ({ name }: ActionPlan) => /^seal(-|$)/.test(name);
const isVerify = ({ name }: ActionPlan) => /^verify(-|$)/.test(name);

/** Actions in the order in which they run: those of one run order side by side. */
const orders = ({ actions }: StagePlan): ActionPlan[][] => {
    const numbers = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    return numbers.map(number => actions.filter(({ runOrder }) => runOrder === number));
};

/**
 * What is wrong with the seals of `pipeline`. Suites test, approvals ask and builds make: what is left in an environment's
 * stage are its steps and deploys; `others` are the names of suites and builds.
 */
function faults({ stages, purpose }: PipelinePlan, others: ReadonlySet<string>): string[] {
    const found: string[] = [];
    const sealed = new Set<string>();
    const verified = new Set<string>();
    const used = new Set<string>();
    for (const stage of stages) {
        const here = new Set<string>();
        for (const together of orders(stage)) {
            const uses = together.filter(
                action =>
                    stage.purpose === "environment" && !isSeal(action) && !isVerify(action) && !others.has(action.name),
            );
            for (const { name, inputs } of uses) {
                inputs.forEach(input => used.add(input));
                found.push(
                    ...inputs
                        .filter(input => !sealed.has(input))
                        .map(input => `${name} of ${stage.name} takes ${input}, which is not sealed`),
                    ...inputs
                        .filter(input => !here.has(input))
                        .map(input => `${name} of ${stage.name} takes ${input}, which is not verified there`),
                );
            }
            for (const { name, inputs } of together.filter(isVerify)) {
                found.push(
                    ...inputs.filter(input => !sealed.has(input)).map(input => `${name} without a seal of ${input}`),
                );
                inputs.forEach(input => here.add(input).has(input) && verified.add(input));
                if (stage.purpose !== "environment") {
                    found.push(`${name} stands in ${stage.name}`);
                }
            }
            for (const { name, inputs } of together.filter(isSeal)) {
                found.push(...inputs.filter(input => sealed.has(input)).map(input => `${name} seals ${input} again`));
                inputs.forEach(input => sealed.add(input));
            }
        }
    }
    found.push(...[...sealed].filter(input => !used.has(input)).map(input => `${input} is sealed for nobody`));
    found.push(...[...verified].filter(input => !used.has(input)).map(input => `${input} is verified for nobody`));
    if (purpose === "check" && sealed.size + verified.size > 0) {
        found.push("a check seals or verifies");
    }
    return found;
}

describe("in any stack", function () {
    this.timeout(240_000);

    it("everything that a step or deploy takes is sealed and verified before, and nothing else is", () =>
        fc.assert(
            fc.property(validStack, words => {
                const { plan, problems } = stackOf(words);
                assert.deepEqual(problems, []);
                assert.ok(plan);
                for (const pipeline of plan.pipelines) {
                    const service = (words.services as Record<string, Record<string, object>>)[pipeline.service];
                    const others = new Set([
                        "build",
                        "check",
                        ...Object.keys(service.builds ?? {}),
                        ...Object.keys(service.suites ?? {}),
                    ]);
                    assert.deepEqual(faults(pipeline, others), []);
                }
            }),
            { numRuns: 60 },
        ));

    it("an action that asks a function says less than CodePipeline takes", () =>
        fc.assert(
            fc.property(validStack, words => {
                const { plan } = stackOf(words);
                const lengths = (plan?.pipelines ?? []).flatMap(({ stages }) =>
                    stages.flatMap(({ actions }) =>
                        actions
                            .filter(action => isSeal(action) || isVerify(action))
                            .map(({ configuration }) => (configuration.UserParameters as string).length),
                    ),
                );
                // The id of an execution is one character longer than the variable that stands for it.
                assert.deepEqual(
                    lengths.filter(length => length + 1 > 1000),
                    [],
                );
            }),
            { numRuns: 20 },
        ));
});
