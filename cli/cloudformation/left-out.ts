import type { Registration } from "../recorder";

interface Input {
    readonly type: string;
    readonly input: string;
    readonly why: string;
    readonly names: string[];
}

/** Inputs that a template leaves out, each kind of them once. */
export class LeftOut {
    private readonly inputs = new Map<string, Input>();

    /** @param path - where in the resource's inputs it stands */
    add({ type, name }: Registration, path: readonly string[], why: string): void {
        const input = path.join(".").replace(/\.\d+(?=\.|$)/g, "[]");
        const key = `${type} ${input} ${why}`;
        const known = this.inputs.get(key) ?? { type, input, why, names: [] };
        this.inputs.set(key, known);
        if (!known.names.includes(name)) {
            known.names.push(name);
        }
    }

    /** One line for each kind. */
    lines(): string[] {
        return [...this.inputs.values()].map(({ type, input, why, names: [first, ...more] }) => {
            const others = more.length === 0 ? "" : ` and ${more.length} more`;
            return `${input} of ${first}${others} (${type}): ${why}`;
        });
    }
}
