import { gates } from "../catalog/gates";
import { kindOf, type GatePlace } from "../catalog/kind";
import type { Rule } from "../catalog/plan";
import type { GateSettings, Part } from "../config/fleet-config";

/** The rules of one condition; their names are unique in it. */
export function rules(parts: readonly Part<GateSettings>[], at: GatePlace): Rule[] {
    const counts = new Map<string, number>();
    return parts.map(({ settings }) => {
        const count = (counts.get(settings.type) ?? 0) + 1;
        counts.set(settings.type, count);
        return {
            name: count === 1 ? settings.type : `${settings.type}-${count}`,
            ...planGate(kindOf(gates, settings.type), settings, at),
        };
    });
}

/** The settings of a gate are those of its own kind; that they belong together, `type` says. */
const planGate = (
    kind: { plan(settings: never, at: GatePlace): Omit<Rule, "name"> },
    settings: GateSettings,
    at: GatePlace,
) => kind.plan(settings as never, at);
