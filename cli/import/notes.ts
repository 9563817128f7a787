import type { Path } from "../../catalog/problem";

/** What somebody has to know who takes over an imported entry. */
export class Notes {
    private readonly filled = new Map<string, string>();
    private readonly lost = new Map<string, string>();

    /** A word of the entry that the pipeline does not tell, and what belongs there. */
    fill(word: string, what: string): void {
        this.filled.set(word, what);
    }

    /** A part of the pipeline that the entry does not say, and why or where it is said instead. */
    lose(path: Path, why: string): void {
        this.lost.set(pathOf(path), why);
    }

    get toFill(): readonly (readonly [word: string, what: string])[] {
        return [...this.filled];
    }

    get notExpressed(): readonly (readonly [path: string, why: string])[] {
        return [...this.lost];
    }
}

/** `stages[1].actions[0].name`. */
export const pathOf = (path: Path): string =>
    path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
