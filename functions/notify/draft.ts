import type { Happening } from "../lib/happenings";
import { executionLink, pipelineLink } from "./console";
import type { Links, Notice } from "./notice";
import { serviceOf } from "./place";
import type { World } from "./world";

/** A notice to be written for those who want to hear of it: where nobody does, AWS is not asked for details. */
export interface Draft {
    readonly id: string;
    /** Of these a target is told the first that it wants to hear of, and no other. */
    readonly happenings: readonly Happening[];
    /** Who hears of one of these is told by another event. */
    readonly unless?: readonly Happening[];
    readonly time: Date;
    /** Absent where it is about the fleet. */
    readonly pipeline?: string;
    readonly execution?: string;
    readonly environment?: string;
    readonly stage?: string;
    readonly action?: string;
    /** Place in the runbook. @default the happening */
    readonly place?: string;
    /** What is to be said. @param service - absent where it is about the fleet */
    readonly write: (happening: Happening, service: string) => Promise<Words>;
}

/** What a notice says beside what is known of every one. */
export type Words = Omit<
    Notice,
    "version" | "id" | "happening" | "time" | "pipeline" | "execution" | "stage" | "links"
> & { readonly links?: Links };

/** The notice of `draft` for those who want to hear of `happening`. */
export async function noticeOf(
    draft: Draft,
    happening: Happening,
    tags: Readonly<Record<string, string>>,
    { settings }: Pick<World, "settings">,
): Promise<Notice> {
    const { id, time, pipeline, execution, environment, stage, action, place } = draft;
    const service = pipeline === undefined ? undefined : serviceOf(pipeline, tags, settings.prefix);
    const { links, ...words } = await draft.write(happening, service ?? settings.prefix);
    return {
        version: 1,
        id,
        happening,
        time: time.toISOString(),
        ...(service !== undefined && { service }),
        ...(environment !== undefined && { environment }),
        ...(pipeline !== undefined && { pipeline }),
        ...(execution !== undefined && { execution }),
        ...(stage !== undefined && { stage }),
        ...(action !== undefined && { action }),
        ...words,
        links: {
            ...(pipeline !== undefined && { pipeline: pipelineLink(settings.region, pipeline) }),
            ...(pipeline !== undefined &&
                execution !== undefined && { execution: executionLink(settings.region, pipeline, execution) }),
            ...links,
            ...(settings.runbook !== undefined && {
                runbook: `${settings.runbook.replace(/#.*$/, "")}#${place ?? happening}`,
            }),
        },
    };
}
