import { placed, readFleet } from "../config/read";
import { engineConfig, type LocatedProblem, type StackSource } from "../config/source";
import type { Problem } from "../catalog/problem";
import { planFleet } from "./fleet";
import type { FleetPlan } from "./plan";
import { checkFleet } from "./rules";

/** What a stack file comes to: with a problem there is no plan. */
export interface StackPlan {
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
}

/** Reads, plans and checks a whole stack; all problems come out at once, whether of the words or of what they lead to. */
export function planStack(source: StackSource): StackPlan {
    const { fleet, problems } = readFleet(source);
    if (fleet === undefined) {
        return { problems, warnings: [] };
    }
    const plan = planFleet(fleet);
    const { errors, warnings } = checkFleet(plan);
    const all = placed([...problems, ...errors], source);
    return {
        ...(all.length === 0 && { plan }),
        problems: all,
        warnings: placed([...warnings, ...sizeWarnings(source)], source),
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

function sizeWarnings({ values }: StackSource): Problem[] {
    const size = Buffer.byteLength(JSON.stringify(engineConfig(values)));
    return size < headroom * mostConfig
        ? []
        : [
              {
                  path: ["services"],
                  message: `the stack's configuration has ${size} of at most ${mostConfig} bytes that the Pulumi CLI can hand to the program on Linux: spread the services over several stacks`,
              },
          ];
}
