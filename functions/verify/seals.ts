import { opened } from "../lib/seals/envelope";
import { Refusal } from "../lib/seals/errors";
import type { Artifact } from "../lib/seals/job";
import { isName, sealKey } from "../lib/seals/names";
import { textAt, urlOf } from "../lib/seals/object";
import { isSigned } from "../lib/seals/signing";
import { sealOf, type Seal } from "../lib/seals/statement";
import type { Tools } from "../lib/seals/tools";

/** Bytes of a seal that are read: what an archive of the most files with long names has. */
const longest = 64 * 2 ** 20;

/**
 * The seal of an artifact, signed by the stack's key, of one of `executions`. A seal of another place is found at once by
 * the names in it.
 *
 * @throws Refusal where there is none, or it is not right
 */
export async function sealAt(
    artifact: Artifact,
    { pipeline, executions }: { readonly pipeline: string; readonly executions: readonly string[] },
    tools: Tools,
): Promise<Seal> {
    const { bucket, folder } = tools.settings;
    const looked: string[] = [];
    let copied: Seal | undefined;
    for (const [steps, execution] of executions.entries()) {
        const place = { pipeline, execution, artifact: artifact.name };
        const key = sealKey(folder, place);
        const text = isName("execution", execution) ? await textAt(tools.s3, bucket, key, longest) : undefined;
        looked.push(urlOf({ bucket, key }));
        if (text === undefined) {
            continue;
        }
        const seal = await read(text, urlOf({ bucket, key }), tools);
        refuseOther(seal, { ...place, ...artifact }, urlOf({ bucket, key }));
        if (seal.object.key === artifact.key) {
            return seal;
        }
        // AWS does not say that a rollback takes an artifact from where it lay. A copy of it has to have the same bytes.
        if (steps > 0 && folderOf(seal.object.key) === folderOf(artifact.key)) {
            copied ??= seal;
        }
        // A rollback that has built something: what it takes from the old release lies elsewhere, and is sealed there.
        looked.push(`where a seal of ${urlOf(seal.object)} lies, not of this object`);
    }
    if (copied !== undefined) {
        return copied;
    }
    throw new Refusal(
        `expected a seal of ${urlOf(artifact)}, found none that may be read (looked at ${looked.join(", ")}). ` +
            "Release the change again, so that it is built and sealed anew",
    );
}

/** CodePipeline puts all artifacts of one name in a folder of the pipeline. */
const folderOf = (key: string): string => key.slice(0, key.lastIndexOf("/") + 1);

async function read(text: string, at: string, { kms, settings }: Tools): Promise<Seal> {
    const envelope = opened(text);
    if (typeof envelope === "string") {
        throw new Refusal(`the seal ${at} is malformed: ${envelope}. ${suspicion}`);
    }
    if (!(await isSigned(kms, settings.signingKey, envelope))) {
        throw new Refusal(`the seal ${at} is not signed by the stack's key, or was changed after it was. ${suspicion}`);
    }
    const seal = sealOf(envelope.payload);
    if (seal === undefined) {
        throw new Refusal(`the seal ${at} is signed, and states something else than what an artifact is. ${suspicion}`);
    }
    return seal;
}

/** What to do where somebody has written who may not. */
const suspicion = "Find out who writes there, and release the change again";

function refuseOther(
    seal: Seal,
    wanted: Artifact & { pipeline: string; execution: string; artifact: string },
    at: string,
) {
    const differences = (["pipeline", "execution", "artifact"] as const)
        .filter(name => seal[name] !== wanted[name])
        .map(name => `${name} ${wanted[name]}, found ${seal[name]}`);
    if (seal.object.bucket !== wanted.bucket) {
        differences.push(`bucket ${wanted.bucket}, found ${seal.object.bucket}`);
    }
    if (differences.length > 0) {
        throw new Refusal(`the seal ${at} is of something else: expected ${differences.join("; ")}. ${suspicion}`);
    }
}
