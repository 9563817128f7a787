import type { Problem } from "../catalog/problem";
import { hint } from "./suggest";
import type { Surroundings } from "./surroundings";

/** Environments that a suite or a step names, and those that there are. */
interface Wanted {
    readonly service: string;
    readonly unit: string;
    readonly environments: readonly string[];
    readonly around: Pick<Surroundings, "environments" | "allEnvironments">;

    /** Where the service is deployed to; undefined when its deploys cannot be read. */
    readonly deployed?: readonly { readonly name: string }[];
}

/** Problems of the key `environments` of a suite or a step; paths are relative to its settings. */
export function environmentProblems({ service, unit, environments, around, deployed }: Wanted): Problem[] {
    const known = around.environments.map(({ name }) => name);
    return environments.flatMap((environment, index): Problem[] => {
        const path = ["environments", index];
        if (!known.includes(environment)) {
            return around.allEnvironments
                ? [{ path, message: `unknown environment ${JSON.stringify(environment)}${hint(environment, known)}` }]
                : [];
        }
        if (environments.indexOf(environment) < index) {
            return [{ path, message: `names ${environment} twice` }];
        }
        return deployed === undefined || deployed.some(({ name }) => name === environment)
            ? []
            : [
                  {
                      path,
                      message: `${service} is not deployed to ${environment}, so ${unit} cannot run there`,
                  },
              ];
    });
}
