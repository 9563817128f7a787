import type { Path } from "../../catalog/problem";
import { isMap } from "../../config/values";

/** A value of a JSON document that remembers what of it was read, so that nothing is left out in silence. */
export class Reading {
    private constructor(
        private readonly value: unknown,
        readonly path: Path,
        private readonly read: Set<string>,
    ) {}

    /** A whole document, of which nothing was read. */
    static of(value: unknown): Reading {
        return new Reading(value, [], new Set());
    }

    /** What stands at `key`; of what is not there nothing can be read. */
    at(key: string | number): Reading {
        const inner =
            isMap(this.value) || Array.isArray(this.value) ? (this.value as Record<string, unknown>)[key] : undefined;
        return new Reading(inner, [...this.path, key], this.read);
    }

    /** The items of a list, none where there is no list. */
    items(): Reading[] {
        return Array.isArray(this.value) ? this.value.map((_, index) => this.at(index)) : [];
    }

    /** The keys of a map, none where there is no map. */
    keys(): string[] {
        return isMap(this.value) ? Object.keys(this.value) : [];
    }

    /** Whether anything stands here. */
    get isThere(): boolean {
        return this.value !== undefined && this.value !== null;
    }

    /** The text, number or truth value that stands here as a text, which counts as read; undefined for none. */
    text(): string | undefined {
        if (!["string", "number", "boolean"].includes(typeof this.value)) {
            return undefined;
        }
        this.done();
        return String(this.value);
    }

    /** The same of the key `key`. */
    textAt(key: string): string | undefined {
        return this.at(key).text();
    }

    /** Whether the text `text` stands here; to look at it is not to read it. */
    is(text: string): boolean {
        return this.value === text;
    }

    /** The text, number or truth value that stands here; to look at it is not to read it. */
    peek(): string | number | boolean | undefined {
        const { value } = this;
        return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
    }

    /** Counts all that stands here as read, where it is known what becomes of it. */
    done(): void {
        for (const [path] of leaves(this.value, this.path)) {
            this.read.add(JSON.stringify(path));
        }
    }

    /** What was not read of all that stands here. */
    unread(): { readonly path: Path; readonly value: unknown }[] {
        return [...leaves(this.value, this.path)]
            .filter(([path]) => !this.read.has(JSON.stringify(path)))
            .map(([path, value]) => ({ path, value }));
    }
}

/** Every value that is no list and no map, and where it stands; empty lists and maps, and null, say nothing. */
function* leaves(value: unknown, path: Path): Generator<readonly [Path, unknown]> {
    if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
            yield* leaves(item, [...path, index]);
        }
    } else if (isMap(value)) {
        for (const [key, inner] of Object.entries(value)) {
            yield* leaves(inner, [...path, key]);
        }
    } else if (value !== undefined && value !== null) {
        yield [path, value];
    }
}
