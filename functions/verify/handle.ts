import { no, yes, type Verdict } from "../lib/seals/answer";
import { mostRuns } from "../lib/seals/clock";
import { Pause, Refusal } from "../lib/seals/errors";
import type { Artifact, Question } from "../lib/seals/job";
import { pinned, urlOf, type Pinned } from "../lib/seals/object";
import { partSum } from "../lib/seals/parts";
import type { Seal } from "../lib/seals/statement";
import type { Tools } from "../lib/seals/tools";
import { differences } from "./differences";
import { executionsOf } from "./executions";
import { sealAt } from "./seals";
import { beginning, markOf, progressOf, tokenOf, type Progress } from "./token";

/** Verifies the artifacts of a job. Nothing is thrown: whatever goes wrong is a no with the reason. */
export async function handle(question: Question, tools: Tools): Promise<Verdict> {
    try {
        return await verified(question, progressOf(question), tools);
    } catch (error) {
        return no(error);
    }
}

async function verified(question: Question, before: Progress, tools: Tools): Promise<Verdict> {
    const { asking, artifacts } = question;
    const executions = await executionsOf(tools.codepipeline, asking);
    let progress = before;
    for (const [index, artifact] of artifacts.entries()) {
        if (index < before.artifact) {
            continue;
        }
        const steps = progressing(artifact, { pipeline: asking.pipeline, executions }, progress, tools);
        try {
            for await (const next of steps) {
                progress = next;
            }
            progress = { ...progress, artifact: index + 1, parts: 0 };
        } catch (error) {
            if (error instanceof Pause) {
                return pause(question, before, progress);
            }
            throw error instanceof Refusal ? ofArtifact(artifact, error) : error;
        }
    }
    await refuseReplaced(artifacts, progress.marks, tools);
    return yes(`${artifacts.map(({ name }) => name).join(", ")}: as sealed`);
}

const ofArtifact = ({ name }: Artifact, { message, type }: Refusal) =>
    new Refusal(`the artifact ${name}: ${message}`, type);

/** Compares an artifact with its seal, part by part, and tells how far it has come. */
async function* progressing(
    artifact: Artifact,
    where: { readonly pipeline: string; readonly executions: readonly string[] },
    progress: Progress,
    tools: Tools,
): AsyncGenerator<Progress> {
    const { s3, settings, clock } = tools;
    if (artifact.bucket !== settings.bucket) {
        throw new Refusal(`expected it in the bucket ${settings.bucket}, found ${urlOf(artifact)}`);
    }
    const seal = await sealAt(artifact, where, tools);
    const object = await pinned(s3, artifact.bucket, artifact.key);
    const mark = markOf(object);
    const known = progress.marks.at(progress.artifact);
    if (known !== undefined && known !== mark) {
        throw replaced(artifact);
    }
    const marks = [...progress.marks.slice(0, progress.artifact), mark];
    if (object.size !== seal.object.size) {
        throw await changed(object, seal, tools);
    }
    yield { ...progress, marks };
    for (let index = progress.parts; index < seal.parts.length; index++) {
        clock.check();
        const sum = await partSum(s3, object, { index, size: seal.partSize, clock });
        if (sum !== seal.parts[index]) {
            throw await changed(object, seal, tools);
        }
        yield { ...progress, marks, parts: index + 1 };
    }
}

async function changed(object: Pinned, seal: Seal, tools: Tools): Promise<Refusal> {
    const what = await differences(object, seal, tools);
    return new Refusal(
        `is not what was sealed: ${what}. Do not deploy it: find out who writes to ${urlOf(object)}, and release the change again`,
    );
}

const replaced = (artifact: Artifact) =>
    new Refusal(
        `${urlOf(artifact)} was replaced while it was looked at. Find out who writes there, and retry the stage`,
    );

/** Whatever was right is worth nothing if it is no longer what lies there. */
async function refuseReplaced(artifacts: readonly Artifact[], marks: readonly string[], { s3 }: Tools): Promise<void> {
    for (const [index, artifact] of artifacts.entries()) {
        if (markOf(await pinned(s3, artifact.bucket, artifact.key)) !== marks[index]) {
            throw ofArtifact(artifact, replaced(artifact));
        }
    }
}

function pause(question: Question, before: Progress, { artifact, parts, marks }: Progress): Verdict {
    const runs = before.runs + 1;
    const stands = artifact === before.artifact && parts === before.parts;
    if (runs > mostRuns || (stands && before !== beginning)) {
        throw new Refusal("the artifacts could not be read in time. Retry the stage, or build smaller ones");
    }
    return {
        verdict: "on",
        message: "there is more to read",
        token: tokenOf(question, { artifact, parts, runs, marks }),
    };
}
