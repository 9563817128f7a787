import type { BuildProjectPlan, ComponentPlan } from "../catalog/plan";

/** One of each component: a project that several stages use is one, with the grants of all of them. */
export function united(components: readonly ComponentPlan[]): ComponentPlan[] {
    const byName = new Map<string, ComponentPlan>();
    for (const component of components) {
        const known = byName.get(component.logicalName);
        byName.set(
            component.logicalName,
            known?.component === "BuildProject" && component.component === "BuildProject"
                ? unitedProject(known, component)
                : component,
        );
    }
    return [...byName.values()];
}

const unitedProject = (first: BuildProjectPlan, second: BuildProjectPlan): BuildProjectPlan => ({
    ...first,
    grants: [...first.grants, ...second.grants],
});
