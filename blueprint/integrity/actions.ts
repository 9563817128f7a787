import { checkAction as invocation } from "../../catalog/check";
import { allow } from "../../catalog/grant";
import type { Path } from "../../catalog/problem";
import type { SealInput } from "../../functions/seal/input";
import type { VerifyInput } from "../../functions/verify/input";
import { functionArn, functionName } from "../functions";
import type { Ground } from "../place";
import type { PlannedUnit } from "../units";

/** Folders and keys of the two functions, and what the names of their actions begin with. */
export const sealKey = "seal";
export const verifyKey = "verify";

/** Files that name images, by the artifact that holds them. */
export type ImageFiles = Readonly<Record<string, readonly string[]>>;

/** Where actions are that ask one of the functions. */
export interface Asking {
    readonly ground: Ground;
    readonly service: string;
    readonly stage: string;
}

/** What some actions are called, and what they wait for in their group. */
export interface Standing {
    readonly name: string;
    /** @default nothing */
    readonly needs?: readonly string[];
}

/** CodePipeline gives a function at most so many artifacts: as many as the action takes. */
const [, mostArtifacts] = invocation.inputs;

/** `artifacts` in as few actions as may be, which run side by side: `name`, `name-2` and so on. */
const batches = (name: string, artifacts: readonly string[]) =>
    Array.from({ length: Math.ceil(artifacts.length / mostArtifacts) }, (_, index) => ({
        name: index === 0 ? name : `${name}-${index + 1}`,
        artifacts: artifacts.slice(index * mostArtifacts, (index + 1) * mostArtifacts),
    }));

/** AWS replaces the variable before the function is asked. */
const input = ({ ground, service, stage }: Asking, action: string): VerifyInput => ({
    pipeline: ground.names.pipeline(service),
    execution: "#{codepipeline.PipelineExecutionId}",
    stage,
    action,
});

/** One action that asks the function `key` about `artifacts`. */
function unit(
    asking: Asking,
    { name, needs = [] }: Standing,
    { key, sid, parameters, summary }: { key: string; sid: string; parameters: VerifyInput; summary: string },
    artifacts: readonly string[],
): PlannedUnit {
    const path: Path = ["services", asking.service];
    return {
        unit: { name, needs, length: 1 },
        path,
        steps: [
            {
                name,
                action: invocation,
                summary,
                configuration: {
                    FunctionName: functionName(asking.ground, key),
                    UserParameters: JSON.stringify(parameters),
                },
                inputs: artifacts,
                outputs: [],
                grants: [allow(sid, ["lambda:InvokeFunction"], [functionArn(asking.ground, key)])],
            },
        ],
    };
}

/** Actions that seal `artifacts` as they are, whose `images` have to be named by digests. */
export const sealUnits = (
    artifacts: readonly string[],
    { name, needs }: Standing,
    asking: Asking,
    images: ImageFiles,
): PlannedUnit[] =>
    batches(name, artifacts).map(batch => {
        const named = batch.artifacts.filter(artifact => Object.hasOwn(images, artifact));
        const parameters: SealInput = {
            ...input(asking, batch.name),
            ...(named.length > 0 && {
                images: Object.fromEntries(named.map(artifact => [artifact, images[artifact]])),
            }),
        };
        const files = [...new Set(named.flatMap(artifact => images[artifact]))];
        const only = files.length === 0 ? "" : `, if ${files.join(" and ")} names images by digest`;
        const summary = `seals ${batch.artifacts.join(", ")}${only}`;
        const words = { key: sealKey, sid: "AskSeal", parameters, summary };
        return unit(asking, { name: batch.name, needs }, words, batch.artifacts);
    });

/** Actions that fail where one of `artifacts` is not what was sealed. */
export const verifyUnits = (artifacts: readonly string[], { name, needs }: Standing, asking: Asking): PlannedUnit[] =>
    batches(name, artifacts).map(batch => {
        const summary = `goes on only if ${batch.artifacts.join(", ")} ${batch.artifacts.length === 1 ? "is" : "are"} as sealed`;
        const words = { key: verifyKey, sid: "AskVerify", parameters: input(asking, batch.name), summary };
        return unit(asking, { name: batch.name, needs }, words, batch.artifacts);
    });
