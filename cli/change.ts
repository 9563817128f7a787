import type { FleetChange } from "../blueprint/change";
import type { Comparison } from "./baseline";
import type { Paint } from "./paint";

/** What a comparison came to. */
export const comparisonLines = ({ since, change }: Comparison, paint: Paint): string[] =>
    change === undefined
        ? [paint.heading(`Against ${since}, which has problems: nothing can be compared`)]
        : changeLines(change, since, paint);

const services = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));

/** What a change does to pipelines, for whoever decides when to bring it up. */
export function changeLines({ added, removed, edited, beside }: FleetChange, since: string, paint: Paint): string[] {
    const nothing = [added, removed, edited, beside].every(list => list.length === 0);
    if (nothing) {
        return [paint.heading(`Against ${since}: no pipeline changes`)];
    }
    const line = (label: string, names: readonly string[]) =>
        names.length === 0 ? [] : [`  ${label.padEnd(8)} ${services(names)}`];
    const lost = edited.filter(({ rollsBack }) => rollsBack).map(({ service }) => service);
    return [
        paint.heading(`Against ${since}`),
        ...line("added", added),
        ...line("removed", removed),
        ...edited.map(
            ({ service, stages }) =>
                `  edited   ${service}: ${stages.length === 0 ? "the pipeline as a whole" : stages.join(", ")}`,
        ),
        ...line(
            "beside",
            beside.map(service => `${service} (projects and roles alone)`),
        ),
        ...(edited.length === 0
            ? []
            : [
                  `  ${paint.warning("weaker")}   saving an edited pipeline stops its running executions: bring it up when none runs`,
                  `  ${paint.warning("weaker")}   ${edited.length === 1 ? "1 pipeline has" : `${edited.length} pipelines have`} nothing to roll back to until the next success${lost.length === 0 ? "" : `; of these roll back by themselves: ${lost.join(", ")}`}`,
              ]),
    ];
}
