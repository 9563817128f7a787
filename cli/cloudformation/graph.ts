import type { Registration } from "../recorder";

/**
 * What has to exist before what, among the resources of a template: the program's own dependencies, with every resource
 * that is folded into another one in the other's place. It has no cycle.
 */
export class Graph {
    private readonly edges = new Map<string, Set<string>>();
    private readonly reached = new Map<string, ReadonlySet<string>>();

    /** @param owners - URN of each folded resource → URN of the resource that it becomes a part of */
    constructor(
        registrations: readonly Registration[],
        private readonly owners: ReadonlyMap<string, string>,
    ) {
        const all = inherited(registrations);
        for (const [urn, dependencies] of all) {
            this.edges.set(urn, new Set(owners.has(urn) ? [] : dependencies.map(one => this.home(one))));
        }
        for (const [urn, owner] of owners) {
            for (const before of (all.get(urn) ?? []).map(one => this.home(one))) {
                // A part of a bucket may wait for the bucket's policy; the bucket as a whole cannot.
                if (before !== owner && !this.leadsTo(before, owner)) {
                    this.edges.get(owner)?.add(before);
                }
            }
        }
    }

    /** The resource that `urn` stands in: itself, unless it is folded into another one. */
    home(urn: string): string {
        return this.owners.get(urn) ?? urn;
    }

    /** Whether `later` can refer to `earlier` without a cycle: it waits for it already. */
    waitsFor(later: string, earlier: string): boolean {
        return this.before(this.home(later)).has(this.home(earlier));
    }

    /**
     * Of what `urn` waits for directly the resources that are `made`: those that are not stand for what they wait for
     * themselves. What another one of them waits for, or one of `referred` does, goes without saying.
     */
    unsaid(urn: string, made: (urn: string) => boolean, referred: ReadonlySet<string>): string[] {
        const direct = new Set<string>();
        const visit = (one: string) => {
            for (const before of this.edges.get(one) ?? []) {
                if (made(before)) {
                    direct.add(before);
                } else {
                    visit(before);
                }
            }
        };
        visit(urn);
        const all = [...new Set([...direct, ...referred])];
        return [...direct].filter(
            one => !referred.has(one) && !all.some(other => other !== one && this.before(other).has(one)),
        );
    }

    /** All that has to exist before `urn`. */
    private before(urn: string): ReadonlySet<string> {
        const known = this.reached.get(urn);
        if (known !== undefined) {
            return known;
        }
        const all = new Set<string>();
        for (const one of this.edges.get(urn) ?? []) {
            all.add(one);
            this.before(one).forEach(earlier => all.add(earlier));
        }
        this.reached.set(urn, all);
        return all;
    }

    /** As {@link waitsFor}, while edges are still added. */
    private leadsTo(from: string, to: string): boolean {
        return [...(this.edges.get(from) ?? [])].some(one => one === to || this.leadsTo(one, to));
    }
}

/** What each resource waits for, with what the components around it wait for: their children are registered after them. */
function inherited(registrations: readonly Registration[]): Map<string, readonly string[]> {
    const all = new Map<string, readonly string[]>();
    for (const { urn, parent, dependencies } of registrations) {
        all.set(urn, [...new Set([...dependencies, ...(all.get(parent ?? "") ?? [])])]);
    }
    return all;
}
