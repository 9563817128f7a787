import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import { mapOf } from "../lib/fields";
import { no, yes, type Verdict } from "../lib/seals/answer";
import { mostRuns } from "../lib/seals/clock";
import { Pause, Refusal, Unlisted } from "../lib/seals/errors";
import type { Artifact, Question } from "../lib/seals/job";
import { urlOf } from "../lib/seals/object";
import type { Tools } from "../lib/seals/tools";
import { listed, revisionsOf } from "./listed";
import { sealed } from "./sealing";

/**
 * What a run leaves for the next one: numbers alone, which are worth nothing to whoever writes them himself. An artifact
 * that is passed over has no seal, so that nothing is deployed.
 */
interface Token {
    /** Index of the artifact that is next. */
    readonly from: number;
    readonly runs: number;
    /** How often CodePipeline was asked in vain. */
    readonly looks: number;
}

/** How often CodePipeline is asked for what it may list a little later. */
const mostLooks = 6;

/** Seals the artifacts of a job. Nothing is thrown: whatever goes wrong is a no with the reason. */
export async function handle(question: Question, tools: Tools): Promise<Verdict> {
    const token = tokenOf(question.token);
    try {
        return await sealedAll(question, token, tools);
    } catch (error) {
        if (error instanceof Unlisted && token.looks < mostLooks) {
            const message = "CodePipeline does not list yet what has asked, or made the artifacts";
            return { verdict: "on", message, token: JSON.stringify({ ...token, looks: token.looks + 1 }) };
        }
        return no(
            error instanceof Unlisted
                ? new Refusal(`${error.message}. What CodePipeline does not list is not sealed. Retry the stage`)
                : error,
        );
    }
}

async function sealedAll(question: Question, token: Token, tools: Tools): Promise<Verdict> {
    const { asking, artifacts } = question;
    const images = imagesOf(question.parameters.images);
    artifacts.forEach(artifact => refuseElsewhere(artifact, tools));
    const { asks, made } = await listed(tools.codepipeline, asking, artifacts);
    const listedImages = imagesOf(imagesListed(asks));
    const revisions = await revisionsOf(tools.codepipeline, asking);
    const done: string[] = [];
    for (const [index, { name, key }] of artifacts.entries()) {
        if (index < token.from) {
            continue;
        }
        try {
            const { pipeline, execution } = asking;
            const goesOn = token.runs > 0 && index === token.from;
            const what = {
                pipeline,
                execution,
                artifact: name,
                key,
                revisions,
                images: [...new Set([...(images.get(name) ?? []), ...(listedImages.get(name) ?? [])])],
                made: made.get(name),
                goesOn,
            };
            done.push(await sealed(what, tools));
        } catch (error) {
            if (error instanceof Refusal) {
                throw new Refusal(`the artifact ${name}: ${error.message}`, error.type);
            }
            if (error instanceof Pause) {
                return pause({ from: index, runs: token.runs + 1, looks: 0 });
            }
            throw error;
        }
    }
    return yes(`sealed ${done.join(", ")}`);
}

function pause(token: Token): Verdict {
    if (token.runs > mostRuns) {
        throw new Refusal("the artifacts could not be read in a day. Build smaller ones");
    }
    return { verdict: "on", message: "there is more to read", token: JSON.stringify(token) };
}

function refuseElsewhere(artifact: Artifact, { settings }: Tools): void {
    const { bucket, folder } = settings;
    if (artifact.bucket !== bucket || artifact.key.startsWith(folder)) {
        throw new Refusal(
            `the artifact ${artifact.name}: expected it in the bucket ${bucket}, and not below ${folder}, found ${urlOf(artifact)}`,
            "ConfigurationError",
        );
    }
}

/** What the pipeline says of files that name images, where CodePipeline lists it: an event that leaves it out spares no check. */
function imagesListed({ input }: ActionExecutionDetail): unknown {
    try {
        return mapOf(JSON.parse(input?.configuration?.UserParameters ?? "{}"))?.images;
    } catch {
        return undefined;
    }
}

/** Most files of an artifact that name images. */
const mostFiles = 20;

/** The files that name images, by artifact. A key of a prototype is a name as any other in a map. */
function imagesOf(value: unknown): ReadonlyMap<string, readonly string[]> {
    const lists: readonly (readonly [string, unknown])[] = Object.entries(mapOf(value) ?? {});
    const isList = (list: unknown): list is string[] =>
        Array.isArray(list) &&
        list.length <= mostFiles &&
        list.every(file => typeof file === "string" && file !== "" && file.length <= 500);
    if ((value !== undefined && mapOf(value) === undefined) || !lists.every(([, list]) => isList(list))) {
        throw new Refusal("expected images as lists of files by artifact in UserParameters", "ConfigurationError");
    }
    return new Map(lists as readonly (readonly [string, string[]])[]);
}

/** What `text` says, if it can be what a run has left; else nothing has been done yet. */
function tokenOf(text: string | undefined): Token {
    const none = { from: 0, runs: 0, looks: 0 };
    try {
        const { from, runs, looks } = mapOf(JSON.parse(text ?? "")) ?? {};
        const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
        return isCount(from) && isCount(runs) && isCount(looks) ? { from, runs, looks } : none;
    } catch {
        return none;
    }
}
