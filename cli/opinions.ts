import { timed } from "../catalog/phases";
import type { StackPlan } from "../blueprint/stack";
import { placed } from "../config/read";
import type { StackSource } from "../config/source";
import type { Rendering } from "./cloudformation/template";
import type { Options } from "./options";
import type { Registration } from "./recorder";
import { resourcesOf } from "./resources";
import type { Findings, findingsOf } from "./validate";

/** A stack with every opinion that was asked for. */
export interface Opinions extends StackPlan {
    /** What `pulumi up` would register; empty when nobody asked for it. */
    readonly registrations: readonly Registration[];

    /** The stack as a CloudFormation template, if one was asked for. */
    readonly rendering?: Rendering;

    /** What AWS's validator has looked at, if it was asked. */
    readonly validated?: string;
}

/** What decides how many opinions are heard. */
type Asked = Pick<Options, "json" | "validate" | "strict" | "cloudformation">;

/** Who is asked with `--validate`. */
type Validator = (...about: Parameters<typeof findingsOf>) => Promise<Findings>;

const ofAws: Validator = async (...about) => {
    const { findingsOf } = await timed("load", () => import("./validate"));
    return timed("validation", () => findingsOf(...about));
};

/**
 * Adds to what the stack file comes to by itself what was asked for: its resources, its template, what AWS's validator
 * says. Each takes time and memory, and is loaded only then.
 */
export async function opinions(
    first: StackPlan,
    source: StackSource,
    asked: Asked,
    validator: Validator = ofAws,
): Promise<Opinions> {
    const own = asked.strict ? strictly(first, source) : first;
    const wantsTemplate = asked.validate || asked.cloudformation !== undefined;
    if (own.plan === undefined || !(asked.json || wantsTemplate)) {
        return { ...own, registrations: [] };
    }
    const { registrations, platform } = await resourcesOf(source, own.plan);
    if (!wantsTemplate) {
        return { ...own, registrations };
    }
    const { templateOf } = await import("./cloudformation/template");
    const { stack, home } = own.plan;
    const rendering = templateOf({ stack, home, registrations, platform });
    if (!asked.validate) {
        return { ...own, registrations, rendering };
    }
    const { errors, warnings, summary } = await validator(rendering, registrations, home);
    const heard = {
        ...(errors.length === 0 && { plan: own.plan }),
        problems: placed(errors, source),
        warnings: placed([...own.warnings, ...warnings], source),
    };
    return { ...(asked.strict ? strictly(heard, source) : heard), registrations, rendering, validated: summary };
}

/** Each warning a problem: nobody reads what a build server prints and goes on. */
function strictly({ plan, problems, warnings }: StackPlan, source: StackSource): StackPlan {
    const all = placed([...problems, ...warnings], source);
    return { ...(all.length === 0 && { plan }), problems: all, warnings: [] };
}
