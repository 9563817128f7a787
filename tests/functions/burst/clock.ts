/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

interface Sleeper {
    readonly at: number;
    readonly wake: () => void;
}

/** A clock that goes on when nobody has anything to do before the next sleeper wakes. Times are in milliseconds. */
export class Clock {
    now = Date.parse("2026-11-27T08:00:00Z");

    /** A heap: the first is the next to wake. */
    private readonly sleepers: Sleeper[] = [];

    sleep(milliseconds: number): Promise<void> {
        return new Promise(wake => this.add({ at: this.now + milliseconds, wake }));
    }

    /** Goes on until `work` is done. */
    async run(work: Promise<unknown>): Promise<void> {
        let done = false;
        const end = work.finally(() => (done = true));
        for (;;) {
            await new Promise(setImmediate);
            if (done) {
                break;
            }
            const next = this.take();
            if (next === undefined) {
                throw new Error("everybody waits for something that never comes");
            }
            this.now = Math.max(this.now, next.at);
            next.wake();
        }
        await end;
    }

    private add(sleeper: Sleeper): void {
        const { sleepers } = this;
        let index = sleepers.push(sleeper) - 1;
        while (index > 0) {
            const above = (index - 1) >> 1;
            if (sleepers[above].at <= sleepers[index].at) {
                break;
            }
            [sleepers[above], sleepers[index]] = [sleepers[index], sleepers[above]];
            index = above;
        }
    }

    private take(): Sleeper | undefined {
        const { sleepers } = this;
        const [first] = sleepers;
        const last = sleepers.pop();
        if (last === undefined || sleepers.length === 0) {
            return first;
        }
        sleepers[0] = last;
        for (let index = 0; ;) {
            const below = [2 * index + 1, 2 * index + 2].filter(child => child < sleepers.length);
            const [least] = below.sort((a, b) => sleepers[a].at - sleepers[b].at);
            if (least === undefined || sleepers[index].at <= sleepers[least].at) {
                return first;
            }
            [sleepers[least], sleepers[index]] = [sleepers[index], sleepers[least]];
            index = least;
        }
    }
}
