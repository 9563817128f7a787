import type { FleetPlan } from "../blueprint/plan";
import type { Paint } from "./paint";
import { plural } from "./plural";

/** Services by the stack that makes them, in the order of their names. */
export function servicesByStack(stacks: Readonly<Record<string, string>>): Map<string, string[]> {
    const all = new Map<string, string[]>();
    for (const stack of [...new Set(Object.values(stacks))].sort()) {
        all.set(stack, []);
    }
    for (const [service, stack] of Object.entries(stacks)) {
        all.get(stack)?.push(service);
    }
    return new Map([...all].map(([stack, services]) => [stack, services.sort()]));
}

/** What of its fleet a stack makes, after its name; `services` is how many it has. */
export function partText({ spread }: FleetPlan, services: number): string {
    switch (spread.role) {
        case "both":
            return plural(services, "service");
        case "platform":
            return `platform of ${plural(services, "service")} in ${plural(servicesByStack(spread.stacks).size, "stack")}`;
        case "services":
            return `${plural(services, "service")} on the platform ${spread.platform}`;
    }
}

/** The stacks that stand on a platform, with their services. */
export function standingLines({ spread }: FleetPlan, paint: Paint): string[] {
    if (spread.role !== "platform") {
        return [];
    }
    const stacks = [...servicesByStack(spread.stacks)];
    return [
        paint.heading("Stacks on this platform"),
        ...(stacks.length === 0
            ? ["  none yet: a stack file beside this one with `role: services` and `platform` stands on it"]
            : stacks.map(([stack, services]) => `  ${stack.padEnd(12)} ${listed(services)}`)),
        "",
    ];
}

/** More names than these nobody reads in one line. */
const mostNames = 12;

const listed = (services: readonly string[]) =>
    `${plural(services.length, "service")}: ${services.slice(0, mostNames).join(", ")}${services.length > mostNames ? ", …" : ""}`;

/** Where what all services share is made, of a stack that stands on another one. */
export function platformLines({ spread }: FleetPlan, paint: Paint): string[] {
    return spread.role !== "services"
        ? []
        : [
              paint.heading(`Shared by all services: made by the stack ${spread.platform}`),
              `  key, bucket, network, connections, approvers, functions, alarms: \`npm start -- --stack ${spread.platform}\` shows them,`,
              "  with the quotas and the cost of all its stacks",
              "",
          ];
}

/** In which stack of the same fleet `service` is, behind a message that it is not in this one. */
export function elsewhere({ spread }: FleetPlan, service: string): string | undefined {
    const stack = spread.role !== "both" && Object.hasOwn(spread.stacks, service) ? spread.stacks[service] : undefined;
    return stack === undefined ? undefined : `: it is in ${stack} (--stack ${stack} --service ${service})`;
}
