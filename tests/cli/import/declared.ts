import { codePipeline } from "../../../cli/cloudformation/types/codepipeline";
import { read, type Reader } from "../../../cli/cloudformation/shape";
import { home, type Values } from "../../support/plans";
import { run } from "../../support/program";
import { inputsOf } from "../../support/recordings";

const reader: Reader = {
    value: value => value,
    named: (_, name) => name,
    parameter: () => "",
    leaveOut: why => {
        throw new Error(why);
    },
    at: () => reader,
};

/** Keys as `aws codepipeline get-pipeline` prints them: those of a template in lower case, but for what an action or a rule is told. */
function printed(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(printed);
    }
    return typeof value !== "object" || value === null
        ? value
        : Object.fromEntries(
              Object.entries(value).map(([key, inner]) => [
                  key.charAt(0).toLowerCase() + key.slice(1),
                  key === "Configuration" ? inner : printed(inner),
              ]),
          );
}

/**
 * What `aws codepipeline get-pipeline` prints of a pipeline that the program itself registers for a stack file.
 *
 * @param name - of the registration: `web-pipeline`
 */
export async function declared(values: Values, name: string): Promise<object> {
    const { registrations } = await run(values);
    const inputs = inputsOf(registrations, "Pipeline", name) as object;
    const { tags: _, ...pipeline } = printed(
        read(codePipeline["aws:codepipeline/pipeline:Pipeline"]?.shape ?? {}, inputs, reader),
    ) as { readonly tags?: unknown; readonly name: string };
    return {
        pipeline: { ...pipeline, version: 3 },
        metadata: { pipelineArn: `arn:aws:codepipeline:${home.region}:${home.account}:${pipeline.name}` },
    };
}
