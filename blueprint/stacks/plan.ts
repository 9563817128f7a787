import type { Path } from "../../catalog/problem";
import { placed, readFleet } from "../../config/read";
import type { LocatedProblem, StackSource } from "../../config/source";
import { isOfPlatform, isReadable, roleOf, spread, type StackFiles } from "../../config/spread";
import { isMap } from "../../config/values";
import { planFleet } from "../fleet";
import type { FleetPlan } from "../plan";
import { checkFleet, rules } from "../rules";
import { quotaRules } from "../rules/quotas";
import { sizeWarnings } from "../stack";
import type { FleetOfAll } from "./parts";
import { quotasOfAll, type QuotaOfPlace } from "./quotas";
import { stacksRules } from "./rules";
import { once } from "./once";
import { summaryOf, type StackSummary } from "./summary";

/** Every stack of a folder, and what they are together. */
export interface AllStacks {
    readonly stacks: readonly StackSummary[];
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];

    /** What the fleets that could be planned take of the quotas of their accounts and regions. */
    readonly quotas: readonly QuotaOfPlace[];
}

/** What one file, or one fleet, comes to. */
interface Found {
    /** As far as it can be planned, also where there are problems. */
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
}

/** Quotas are those of an account, in which there may be several fleets: {@link stacksRules} hold them. */
const rulesOfOne = rules.filter(rule => !quotaRules.includes(rule));

/**
 * Reads, plans and checks all stacks of `files` together; each problem comes out once. Each fleet is planned once: the plan of a platform
 * has the pipelines of all stacks that stand on it.
 *
 * @param strict - whether warnings are problems. @default false
 */
export function planStacks(files: StackFiles, strict = false): AllStacks {
    const sources = files.stacks().flatMap(stack => files.read(stack) ?? []);
    const fleets = new Map<string, Found & FleetOfAll>();
    for (const own of sources.filter(({ values }) => roleOf(values) !== "services")) {
        const source = spread(own, files);
        const standing = sources.filter(other => isOn(own.stack, other));
        fleets.set(own.stack, {
            ...planned(source),
            source,
            files: new Map([own, ...standing].map(one => [one.stack, one])),
        });
    }
    const parts = sources
        .filter(({ values }) => roleOf(values) === "services")
        .map(own => {
            const whole = spread(own, files);
            const platform = fleets.get(String(own.values.platform))?.source;
            return platform !== undefined && isReadable(platform) ? beside(own, whole) : alone(whole);
        });
    const all = [...fleets.values()];
    const quotas = quotasOfAll(all);
    const together = (severity: "error" | "warning") =>
        stacksRules.filter(rule => rule.severity === severity).flatMap(rule => rule.check({ fleets: all, quotas }));
    const problems = [...[...all, ...parts].flatMap(found => found.problems), ...together("error")];
    const warnings = [...[...all, ...parts].flatMap(found => found.warnings), ...together("warning")];
    const told = strict
        ? { problems: once([...problems, ...warnings]), warnings: [] }
        : { problems: once(problems), warnings: once(warnings) };
    return { stacks: sources.map(own => summaryOf(own, fleets, told)), ...told, quotas };
}

/** Whether the stack of `source` says that it stands on `platform`. */
const isOn = (platform: string, { values }: StackSource) =>
    roleOf(values) === "services" && values.platform === platform;

/** The fleet of `source`, and what is to be said of it. */
function planned(source: StackSource): Found {
    const { fleet, problems } = readFleet(source);
    const sizes = placed(sizeWarnings(source), source);
    if (fleet === undefined) {
        return { problems, warnings: [] };
    }
    const plan = planFleet(fleet);
    const { errors, warnings } = checkFleet(plan, true, rulesOfOne);
    return {
        plan,
        problems: placed([...problems, ...errors], source),
        warnings: [...placed(warnings, source), ...sizes],
    };
}

/** What a stack of services comes to whose platform's plan cannot be had, because of another file. */
function alone(whole: StackSource): Found {
    const { problems, warnings } = planned(whole);
    // What a platform could say better is said where the platform is planned.
    return { problems, warnings: warnings.filter(({ path }) => !isOfPlatform(path)) };
}

/** Whether `path` leads into a service: what is wrong there, the plan of the platform says. */
const isOfService = ([key, name]: Path): boolean => key === "services" && name !== undefined;

/** What is to be said of the stack of services `own` beside what its platform's plan says: of its file, and of its keys. */
function beside(own: StackSource, whole: StackSource): Found {
    const around = whole.problems.filter(({ path }) => !isOfService(path));
    if (!isReadable(whole)) {
        return { problems: [...own.problems, ...around], warnings: [] };
    }
    // One service is enough to see that there are some.
    const { services, ...values } = whole.values;
    const few = isMap(services) ? Object.fromEntries(Object.entries(services).slice(0, 1)) : services;
    const { problems } = readFleet({ ...whole, values: { ...values, services: few }, problems: [] });
    return {
        problems: [
            ...own.problems,
            ...around,
            ...problems.filter(({ path }) => !isOfService(path) && !isOfPlatform(path)),
        ],
        warnings: placed(sizeWarnings(whole), whole),
    };
}
