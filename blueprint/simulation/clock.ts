/** What comes first of what happens at the same moment: the world changes before anybody looks at it, and alarms are answered last. */
export const order = { world: 0, people: 1, progress: 2, reaction: 3 } as const;

/**
 * Rank of what ends in the stage of `index`: of what ends at the same moment that of later stages comes first, so that nothing waits
 * for what is just leaving. A pipeline has 50 stages at most.
 */
export const progressIn = ({ index }: { readonly index: number }): number => order.progress - index / 100;

interface Entry {
    readonly at: number;
    readonly rank: number;
    readonly count: number;
    readonly run: () => void;
}

const isBefore = (a: Entry, b: Entry) =>
    a.at !== b.at ? a.at < b.at : a.rank !== b.rank ? a.rank < b.rank : a.count < b.count;

/** More steps than this are a circle: fifty executions of fifty stages of fifty actions take fewer. */
const mostSteps = 1_000_000;

/** A clock that goes from one event to the next: what is at the same moment runs in the order of its rank, and then as it was said. */
export class Clock {
    /** Milliseconds since the start. */
    public now = 0;

    /** A heap: each entry is before the two that it stands over. */
    private readonly heap: Entry[] = [];
    private count = 0;

    /** Does `run` at `at`, or now where that is over. */
    public at(at: number, rank: number, run: () => void): void {
        const entry = { at: Math.max(at, this.now), rank, count: this.count++, run };
        let index = this.heap.push(entry) - 1;
        for (let up = (index - 1) >> 1; index > 0 && isBefore(entry, this.heap[up]); up = (index - 1) >> 1) {
            [this.heap[index], this.heap[up]] = [this.heap[up], entry];
            index = up;
        }
    }

    /**
     * Lets time pass, to `until` at most.
     *
     * @throws Error where it never comes to an end
     */
    public run(until: number): void {
        for (let steps = 0; ; steps += 1) {
            const next = this.heap.at(0);
            if (next === undefined || next.at > until) {
                return;
            }
            if (steps > mostSteps) {
                throw new Error(
                    `the simulation takes more than ${mostSteps} steps: let it end earlier, with \`until\``,
                );
            }
            this.pop();
            this.now = next.at;
            next.run();
        }
    }

    private pop(): void {
        const { heap } = this;
        const last = heap.pop();
        if (last === undefined || heap.length === 0) {
            return;
        }
        heap[0] = last;
        for (let index = 0; ;) {
            const [left, right] = [2 * index + 1, 2 * index + 2];
            let first = index;
            if (left < heap.length && isBefore(heap[left], heap[first])) {
                first = left;
            }
            if (right < heap.length && isBefore(heap[right], heap[first])) {
                first = right;
            }
            if (first === index) {
                return;
            }
            [heap[index], heap[first]] = [heap[first], heap[index]];
            index = first;
        }
    }
}
