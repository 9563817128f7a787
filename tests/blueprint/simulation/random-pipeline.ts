import * as fc from "fast-check";
import type { PipelinePlan } from "../../../blueprint/plan";
import { stackOf } from "../support/fleet";
import { validStack } from "../support/random";
import { pipelineWith } from "./support";

const before = fc.constantFrom(
    [],
    [{ type: "alarm", name: "{service}-{environment}", waitMinutes: 60 }],
    [{ type: "lambda", function: "budget" }],
    [{ type: "lambda", function: "budget", otherwise: "skip" }],
    [{ type: "variable", variable: "#{SourceVariables.CommitId}", operator: "MATCHES", value: "[ab]" }],
    [{ type: "window", cron: "* 0-30 * ? * * *" }],
);

const after = fc.constantFrom([], [], [{ type: "alarm", name: "{service}-{environment}", waitMinutes: 60 }]);

const environment = (name: string, rollback: boolean) =>
    fc.record({
        name: fc.constant(name),
        before,
        after,
        approval: fc.option(fc.constant({ timeoutHours: 2 }), { nil: undefined }),
        onFailure: fc.constantFrom(
            "stop",
            "retry",
            "retry-all",
            ...(rollback ? ["rollback", "rollback", "rollback"] : []),
        ),
        rollbackOn: fc.constantFrom([], ...(rollback ? [["{service}-{environment}"]] : [])),
        freezable: fc.boolean(),
    });

/** Two environments and two suites, with all that decides how an execution goes on. */
const small: fc.Arbitrary<PipelinePlan> = fc.constantFrom("queued", "superseded", "parallel").chain(executionMode => {
    const rollback = executionMode !== "parallel";
    const suite = { after: "deploy", environments: ["dev"], commands: ["make test"] };
    return fc
        .tuple(environment("dev", rollback), environment("prod", rollback))
        .map(environments =>
            pipelineWith(
                { environments: JSON.parse(JSON.stringify(environments)) as unknown },
                { executionMode, suites: { unit: suite, load: suite } },
            ),
        );
});

/** The first pipeline of any stack file that releases something. */
const any: fc.Arbitrary<PipelinePlan> = validStack.map(words => {
    const plan = stackOf(words).plan?.pipelines.find(({ purpose }) => purpose === "release");
    if (plan === undefined) {
        throw new Error("a stack file without a release");
    }
    return plan;
});

/** Any pipeline; most are small ones, in which more happens. */
export const randomPipeline: fc.Arbitrary<PipelinePlan> = fc.oneof(
    { weight: 3, arbitrary: small },
    { weight: 1, arbitrary: any },
);
