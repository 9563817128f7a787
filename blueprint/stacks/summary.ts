import type { LocatedProblem, StackSource } from "../../config/source";
import { roleOf } from "../../config/spread";
import type { Spread } from "../../config/spread-schema";
import { mapOf } from "../../config/values";
import { allResources } from "../counts";
import { planOn, type FleetOfAll } from "./parts";

/** One stack of a folder, in short. */
export interface StackSummary {
    readonly stack: string;
    readonly role: Spread["role"];

    /** Of a stack of services: the stack that it says it stands on. */
    readonly platform?: string;

    /** Of a platform: the stacks that stand on it. */
    readonly stacks?: readonly string[];

    /** How many services it has; of a platform those of all stacks on it. */
    readonly services: number;
    readonly account?: string;
    readonly region?: string;

    /** How many resources `pulumi up` registers; absent where it would be refused, or that of its platform. */
    readonly resources?: number;

    /** How many problems stand in its file, and in `Pulumi.yaml`. */
    readonly problems: number;

    /** How many warnings stand there. */
    readonly warnings: number;
}

/** The stack whose file says `own`, beside the `fleets` of its folder and all that was found. */
export function summaryOf(
    own: StackSource,
    fleets: ReadonlyMap<string, FleetOfAll>,
    found: { readonly problems: readonly LocatedProblem[]; readonly warnings: readonly LocatedProblem[] },
): StackSummary {
    const { stack, values } = own;
    const role = roleOf(values);
    const platform = role === "services" && typeof values.platform === "string" ? values.platform : undefined;
    const fleet = fleets.get(platform ?? stack);
    const files = role === "platform" ? [...(fleet?.files.values() ?? [])] : [own];
    const stacks = files.map(file => file.stack).filter(name => name !== stack);
    // A platform is refused because of a service on it, but no stack on it because of one on another.
    const needed = [...(platform === undefined ? [] : [fleet?.files.get(platform) ?? own]), own, ...files];
    const sound = needed.every(file => problemsOf(file, found.problems) === 0);
    const plan = sound ? fleet?.plan : undefined;
    return {
        stack,
        role,
        ...(platform !== undefined && { platform }),
        ...(role === "platform" && { stacks }),
        services: files.reduce((sum, file) => sum + Object.keys(mapOf(file.values.services)).length, 0),
        ...placeOf(own),
        ...(plan && { resources: allResources(role === "services" ? planOn(plan, stack) : plan) }),
        problems: problemsOf(own, found.problems),
        warnings: problemsOf(own, found.warnings),
    };
}

/** Where `source` says that the stack is, as far as it does. */
export function placeOf({ values }: StackSource): Pick<StackSummary, "account" | "region"> {
    const accounts: unknown = values["aws:allowedAccountIds"];
    const account: unknown = Array.isArray(accounts) && accounts.length === 1 ? accounts[0] : undefined;
    const region = values["aws:region"];
    return { ...(typeof account === "string" && { account }), ...(typeof region === "string" && { region }) };
}

/** How many of `problems` stand in the file of `own`, or in the one that is part of all. */
const problemsOf = (own: StackSource, problems: readonly LocatedProblem[]): number => {
    const files = [own.locate([])?.file, "Pulumi.yaml"];
    return problems.filter(({ position }) => files.includes(position?.file)).length;
};
