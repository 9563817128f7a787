/** Answers that are remembered for a while, so that many events of one pipeline ask AWS once. */
export class Cache<T> {
    private readonly known = new Map<string, { readonly value: T; readonly until: number }>();
    private readonly asked = new Map<string, Promise<T>>();

    /**
     * @param life - how long an answer is good, in milliseconds
     * @param now - now, in milliseconds
     * @param size - how many answers are kept
     */
    constructor(
        private readonly life: number,
        private readonly now: () => number,
        private readonly size = 1000,
    ) {}

    /** What is known of `key`, or what `ask` finds out; only what `keep` says is remembered. */
    async get(key: string, ask: () => Promise<T>, keep: (value: T) => boolean = () => true): Promise<T> {
        const found = this.known.get(key);
        if (found !== undefined && this.now() < found.until) {
            return found.value;
        }
        const running = this.asked.get(key);
        if (running !== undefined) {
            return running;
        }
        const answer = ask()
            .then(value => {
                if (keep(value)) {
                    this.remember(key, value);
                }
                return value;
            })
            .finally(() => this.asked.delete(key));
        this.asked.set(key, answer);
        return answer;
    }

    /** As {@link get}; where `ask` fails, what was known before is still the best that is known. */
    async getOrStale(key: string, ask: () => Promise<T>): Promise<T> {
        try {
            return await this.get(key, ask);
        } catch (error) {
            const found = this.known.get(key);
            if (found === undefined) {
                throw error;
            }
            return found.value;
        }
    }

    private remember(key: string, value: T): void {
        // Again at the end: what is dropped is what was found out longest ago.
        this.known.delete(key);
        this.known.set(key, { value, until: this.now() + this.life });
        for (const oldest of this.known.keys()) {
            if (this.known.size <= this.size) {
                break;
            }
            this.known.delete(oldest);
        }
    }
}
