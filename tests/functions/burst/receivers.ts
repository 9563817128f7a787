import type { Clock } from "./clock";

/** How often things go wrong, between 0 and 1. */
export interface Faults {
    /** The receiver fails, and has not taken the message. */
    readonly refused: number;
    /** The receiver has taken the message, and its answer does not arrive. */
    readonly lostAnswer: number;
    /** The function dies at one of its calls. */
    readonly crash: number;
    /** The table, or SQS, throws; half of the time it has done what it was asked for. */
    readonly aws: number;
}

/** What every receiver has taken: how often, by target and notice. */
export class Ledger {
    readonly taken = new Map<string, number>();

    /** How often a message was taken, and the function did not get so far as to mark it. */
    readonly unsure = new Map<string, number>();

    add(what: "taken" | "unsure", target: string, id: string): void {
        const key = `${target} ${id}`;
        this[what].set(key, (this[what].get(key) ?? 0) + 1);
    }
}

/** Messages that Slack takes in a second, and at once after a rest; and how long the pager is down at the beginning. */
const perSecond = 5;
const atOnce = 20;
const outage = 15 * 60 * 1000;

const broken = (code: string) => Object.assign(new TypeError("fetch failed"), { cause: { code } });

/** The web: Slack that takes only so many messages, a pager that is down for a while, a webhook, and one that is gone. */
export class Web {
    private readonly start: number;
    private tokens = atOnce;
    private filled: number;

    constructor(
        private readonly clock: Clock,
        private readonly random: () => number,
        private readonly faults: Faults,
        private readonly ledger: Ledger,
    ) {
        this.start = clock.now;
        this.filled = clock.now;
    }

    /** Answers as fetch does. */
    async answer(url: URL, id: string): Promise<Response> {
        const target = url.hostname.split(".")[0];
        const { clock, random, faults, ledger } = this;
        await clock.sleep(20 + 200 * random());
        if (target === "gone") {
            return new Response("no_service", { status: 404 });
        }
        if (target === "pager" && clock.now < this.start + outage) {
            throw broken("ECONNREFUSED");
        }
        if (target === "slack" && this.isTooMuch()) {
            return new Response("rate_limited", { status: 429, headers: { "retry-after": this.later() } });
        }
        if (random() < faults.refused) {
            return this.fail();
        }
        ledger.add("taken", target, id);
        if (random() < faults.lostAnswer) {
            ledger.add("unsure", target, id);
            await clock.sleep(10_000 * random());
            throw random() < 0.5
                ? broken("UND_ERR_SOCKET")
                : Object.assign(new Error("late"), { name: "TimeoutError" });
        }
        return new Response("ok", { status: target === "pager" ? 202 : 200 });
    }

    private isTooMuch(): boolean {
        this.tokens = Math.min(atOnce, this.tokens + ((this.clock.now - this.filled) / 1000) * perSecond);
        this.filled = this.clock.now;
        if (this.tokens < 1) {
            return true;
        }
        this.tokens -= 1;
        return false;
    }

    private later(): string {
        const seconds = 1 + Math.floor(10 * this.random());
        return this.random() < 0.5 ? String(seconds) : new Date(this.clock.now + seconds * 1000).toUTCString();
    }

    private async fail(): Promise<Response> {
        const kind = this.random();
        if (kind < 0.4) {
            return new Response("", { status: 500 });
        }
        if (kind < 0.6) {
            return new Response("", { status: 503, headers: { "retry-after": this.later() } });
        }
        if (kind < 0.8) {
            throw broken("ECONNRESET");
        }
        await this.clock.sleep(10_000);
        throw Object.assign(new Error("late"), { name: "TimeoutError" });
    }
}
