import {
    isAlias,
    isCollection,
    isMap,
    isNode,
    isPair,
    isScalar,
    type Alias,
    type Document,
    type Node,
    type YAMLMap,
} from "yaml";
import { furtherProblems, mostProblems } from "./limits";

/** Something that YAML allows and a stack file must not hold, and where it begins. */
export interface StructureProblem {
    readonly offset: number;
    readonly message: string;

    /** Whether the rest of the file still means what it says, so that its other problems can be told too. */
    readonly readable: boolean;
}

/** More values than this, anchors repeated, are an attack and not a stack file: a thousand services have fewer than 100,000. */
const mostValues = 300_000;

/** More aliases than this no stack file has: a thousand services that repeat five things each. */
const mostAliases = 5_000;

/** Deeper than this, anchors repeated, nothing of a stack file stands: its own keys end at a tenth of it. */
export const mostDeep = 100;

/**
 * What the Pulumi CLI refuses in `document`, or reads as something else than it looks like; up to the first thing that
 * leaves the rest without a meaning.
 *
 * @param lineOf - the line of an offset, for messages
 * @param forPulumi - whether the Pulumi CLI reads it, too. @default true
 */
export function structureProblems(
    document: Document,
    lineOf: (offset: number) => number,
    forPulumi = true,
): { readonly problems: readonly StructureProblem[]; readonly targets: ReadonlyMap<unknown, Node> } {
    const walk = new Walk(lineOf, forPulumi);
    const total = walk.size(document.contents, false);
    const message = `expected at most ${mostValues} values, found ${total} with anchors repeated`;
    const fatal = walk.fatal ?? (total > mostValues ? { offset: 0, message, readable: false } : undefined);
    const { targets } = walk;
    return { problems: fatal === undefined ? walk.problems : [...walk.problems, fatal], targets };
}

/** One way through a document; as large files pass here, each node is looked at once. */
class Walk {
    fatal: StructureProblem | undefined;
    readonly problems: StructureProblem[] = [];

    /** What each alias means. The library would look through the whole document for each. */
    readonly targets = new Map<unknown, Node>();

    private aliases = 0;

    /** What the anchors so far are called: of several with one name the last holds. */
    private readonly anchors = new Map<string, Node>();

    /** How deep lists and maps are, with anchors repeated. */
    private readonly depths = new Map<unknown, number>();

    /** Sizes of lists and maps with anchors repeated; 0 while one is being measured. */
    private readonly sizes = new Map<unknown, number>();

    constructor(
        private readonly lineOf: (offset: number) => number,
        private readonly forPulumi: boolean,
    ) {}

    /**
     * How many values `node` holds when the anchors in it are repeated.
     *
     * @param inFlow - whether it stands between brackets or braces
     */
    size(node: unknown, inFlow: boolean): number {
        if (isPair(node)) {
            return this.size(node.value, inFlow);
        }
        if (isAlias(node)) {
            return this.sizeOfAlias(node);
        }
        if (isNode(node) && "anchor" in node && node.anchor !== undefined) {
            this.anchors.set(node.anchor, node);
        }
        if (!isCollection(node)) {
            this.checkScalar(node, inFlow);
            return 1;
        }
        const known = this.sizes.get(node);
        if (known !== undefined) {
            return known;
        }
        this.sizes.set(node, 0);
        if (isMap(node)) {
            this.checkKeys(node);
        }
        let total = 1;
        let depth = 0;
        for (const item of node.items) {
            if (this.fatal !== undefined) {
                break;
            }
            if (isPair(item) && isScalar(item.key) && item.key.anchor !== undefined) {
                this.anchors.set(item.key.anchor, item.key);
            }
            total += this.size(item, inFlow || node.flow === true);
            const inner = isPair(item) ? item.value : item;
            depth = Math.max(depth, this.depths.get(this.targets.get(inner) ?? inner) ?? 0);
        }
        this.depths.set(node, depth + 1);
        if (depth + 1 > mostDeep) {
            this.stop(node, `expected at most ${mostDeep} lists and maps inside each other, found more`);
        }
        this.sizes.set(node, total);
        return total;
    }

    private sizeOfAlias(alias: Alias): number {
        this.aliases++;
        if (this.aliases === mostAliases + 1) {
            this.stop(alias, `expected at most ${mostAliases} aliases, found more`);
        }
        const target = this.anchors.get(alias.source);
        if (target === undefined) {
            this.stop(
                alias,
                `expected an anchor from further up, found *${alias.source}, which nothing before is called`,
            );
            return 1;
        }
        this.targets.set(alias, target);
        // The library's own search through the document, for each alias, would take minutes where there are thousands.
        Object.defineProperty(alias, "resolve", { value: () => target });
        if (this.sizes.get(target) === 0) {
            this.stop(alias, `the anchor &${alias.source} stands inside itself`);
        }
        return this.size(target, false);
    }

    private checkScalar(node: unknown, inFlow: boolean): void {
        if (!isScalar(node)) {
            return;
        }
        if (node.value instanceof Uint8Array) {
            this.stop(node, "expected a text, found bytes: leave out !!binary");
            return;
        }
        if (node.type !== "PLAIN" || !this.forPulumi) {
            return;
        }
        const { source = "" } = node;
        if (inFlow && source.includes("?")) {
            const message = `the Pulumi CLI refuses a question mark between brackets; put the text in quotes: "${source}"`;
            this.tell({ offset: node.range?.[0] ?? 0, message, readable: true });
        }
        const other = misread(source);
        if (other !== undefined) {
            this.stop(node, `the Pulumi CLI reads ${source} as ${other}; put it in quotes if it is a text`);
        }
    }

    private checkKeys(map: YAMLMap): void {
        const seen = new Map<string, number>();
        const repeated = new Set<unknown>();
        for (const pair of map.items) {
            if (this.fatal !== undefined) {
                return;
            }
            const { key } = pair;
            const place = isScalar(key) ? key : map;
            if (!isScalar(key)) {
                this.stop((key ?? map) as Node, "expected a text as key, found a list, a map or an alias");
                return;
            }
            if (typeof key.value === "object" && key.value !== null) {
                this.stop(key, "expected a text as key, found bytes or something else of its own");
                return;
            }
            const text = typeof key.value === "symbol" ? "<<" : String(key.value);
            // Everything that JavaScript makes of a map has this name already.
            if (text === "__proto__") {
                this.stop(place, `expected another key, found ${JSON.stringify(text)}`);
            }
            const first = seen.get(text);
            if (first !== undefined) {
                const line = this.lineOf(first);
                const message = `duplicate key ${JSON.stringify(text)}: it stands in line ${line} already`;
                this.tell({ offset: place.range?.[0] ?? 0, message, readable: true });
                repeated.add(pair);
            } else {
                seen.set(text, place.range?.[0] ?? 0);
            }
        }
        if (repeated.size > 0) {
            // Reading goes on with the first of each: a second one that is half written would seem to miss the rest.
            map.items = map.items.filter(pair => !repeated.has(pair));
        }
    }

    private tell(problem: StructureProblem): void {
        if (this.problems.length < mostProblems) {
            this.problems.push(problem);
        } else {
            this.fatal ??= { offset: problem.offset, message: furtherProblems, readable: false };
        }
    }

    private stop(node: Node, message: string): void {
        this.fatal ??= { offset: node.range?.[0] ?? 0, message, readable: false };
    }
}

/**
 * What the CLI's YAML 1.1 makes of a text without quotes that YAML 1.2 reads otherwise; account ids have a message of
 * their own.
 */
function misread(source: string): string | undefined {
    const first = source.charCodeAt(0);
    // Cheap, for the many that begin with a letter: only digits and signs can be numbers or dates.
    if (first > 57 || /^\d{12}$/.test(source)) {
        return undefined;
    }
    if (/^\d{4}-\d\d?-\d\d?([Tt ].*)?$/.test(source)) {
        return "a date";
    }
    return /^[-+]?(0[0-7_]+|0b[01_]+|\d[\d_]*_[\d_]*)$/.test(source) ? "a number in another notation" : undefined;
}
