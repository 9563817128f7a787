import { placed, readFleet } from "../config/read";
import { engineConfig, type LocatedProblem, type StackSource } from "../config/source";
import { isOfPlatform } from "../config/spread";
import { timed } from "../catalog/phases";
import type { Problem } from "../catalog/problem";
import type { FleetConfig } from "../config/fleet-config";
import { planFleet } from "./fleet";
import { Names } from "./names";
import { withNeighbours } from "./neighbours";
import type { FleetPlan } from "./plan";
import { checkFleet } from "./rules";
import { pipelineCollisions } from "./rules/collisions";

/** What a stack file comes to: with a problem there is no plan. */
export interface StackPlan {
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];

    /** How many services were read and not planned, as one was asked for. @default none */
    readonly unplanned?: number;
}

/** How much of a stack is planned. */
export interface Planning {
    /**
     * The one service that is asked for. All others are read, and their problems told; planned and checked by rules is it alone, with the
     * services that it starts or is started by, and what all share. Where there is no such service, all are planned.
     *
     * @default all
     */
    readonly only?: string;
}

/** Reads, plans and checks a whole stack; all problems come out at once, whether of the words or of what they lead to. */
export function planStack(source: StackSource, { only }: Planning = {}): StackPlan {
    const { fleet, problems } = timed("config", () => readFleet(source));
    if (fleet === undefined) {
        return { problems, warnings: [] };
    }
    const { plan, errors, warnings, unplanned } = planned(fleet, only);
    const all = placed([...problems, ...errors], source);
    // What a platform could say better, its own preview warns of, and not that of each stack on it.
    const own = plan.spread.role === "services" ? warnings.filter(({ path }) => !isOfPlatform(path)) : warnings;
    return {
        ...(all.length === 0 && { plan }),
        problems: all,
        warnings: placed([...own, ...sizeWarnings(source)], source),
        ...(unplanned > 0 && { unplanned }),
    };
}

/** The plan of `fleet`, or of one service and those around it; and what it breaks. */
function planned(fleet: FleetConfig, only: string | undefined) {
    const { services, prefix } = fleet;
    const chosen =
        only !== undefined && services.some(({ name }) => name === only) ? withNeighbours(fleet, only) : undefined;
    if (chosen === undefined || chosen.size === services.length) {
        const plan = timed("blueprint", () => planFleet(fleet));
        return { plan, ...timed("rules", () => checkFleet(plan)), unplanned: 0 };
    }
    const plan = timed("blueprint", () => planFleet(fleet, chosen));
    const { errors, warnings } = timed("rules", () => checkFleet(plan, false));
    return {
        plan,
        errors: [...errors, ...pipelineCollisions(services, new Names(prefix))],
        warnings,
        unplanned: services.length - chosen.size,
    };
}

/**
 * Bytes of configuration that reach the program: the Pulumi CLI's Node.js host hands it over in one environment variable,
 * and Linux allows 128 KiB for one.
 *
 * @see https://github.com/pulumi/pulumi/issues/8680
 */
const mostConfig = 128 * 1024;

/** Above this share of {@link mostConfig} it is time to think of a second stack. */
const headroom = 0.8;

/** That the configuration of `source` nears {@link mostConfig}. */
export function sizeWarnings(source: StackSource): Problem[] {
    const size = Buffer.byteLength(JSON.stringify(engineConfig(source.own ?? source.values)));
    return size < headroom * mostConfig
        ? []
        : [
              {
                  path: ["services"],
                  message: `the stack's configuration has ${size} of at most ${mostConfig} bytes that the Pulumi CLI can hand to the program on Linux: spread the services over several stacks`,
              },
          ];
}
