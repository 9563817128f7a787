import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Readonly<Record<string, AttributeValue>>;

/** What DynamoDB says of an expression that it does not understand. */
export class ValidationException extends Error {
    override readonly name = "ValidationException";
}

/** What an expression's placeholders stand for. */
export interface Meanings {
    readonly names?: Readonly<Record<string, string>>;
    readonly values?: Readonly<Record<string, AttributeValue>>;
}

/**
 * Attribute names that may stand in an expression as they are, because DynamoDB reserves none of them; any other is given
 * by a placeholder.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
 */
const unreserved = new Set(["pk", "sk", "claimed", "expires"]);

/** One expression, read from left to right. Placeholders that it uses are noted in `used`. */
export class Reader {
    private readonly words: readonly string[];
    private next = 0;

    constructor(
        text: string,
        private readonly meanings: Meanings,
        private readonly used: Set<string>,
    ) {
        this.words = text.match(/<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_]\w*/g) ?? [];
        if (this.words.join("") !== text.replace(/\s+/g, "")) {
            throw new ValidationException(`not understood: ${text}`);
        }
    }

    get finished(): boolean {
        return this.next === this.words.length;
    }

    take(): string {
        if (this.finished) {
            throw new ValidationException("the expression ends too early");
        }
        return this.words[this.next++];
    }

    /** Takes the next word if it is `word`, in capitals or not. */
    takes(word: string): boolean {
        const found = !this.finished && this.words[this.next].toUpperCase() === word;
        this.next += found ? 1 : 0;
        return found;
    }

    expect(word: string): void {
        if (!this.takes(word)) {
            throw new ValidationException(`expected ${word}, found ${this.words[this.next] ?? "the end"}`);
        }
    }

    /** The name of an attribute. */
    name(): string {
        const word = this.take();
        if (word.startsWith("#")) {
            return this.meaning(word, this.meanings.names);
        }
        if (!unreserved.has(word)) {
            throw new ValidationException(`${word} may be reserved: use a placeholder`);
        }
        return word;
    }

    /** What the next word stands for: a value, or what the attribute of `item` holds. */
    operand(item: Item | undefined): AttributeValue | undefined {
        if (!this.finished && this.words[this.next].startsWith(":")) {
            return this.meaning(this.take(), this.meanings.values);
        }
        const name = this.name();
        return item?.[name];
    }

    private meaning<T>(word: string, all: Readonly<Record<string, T>> = {}): T {
        if (!Object.hasOwn(all, word)) {
            throw new ValidationException(`${word} is not defined`);
        }
        this.used.add(word);
        return all[word];
    }
}

/** Fewer than, as many as, more than; undefined for values of two sorts, or one that is not there. */
function compared(a?: AttributeValue, b?: AttributeValue): number | undefined {
    if (a?.N !== undefined && b?.N !== undefined) {
        return Math.sign(Number(a.N) - Number(b.N));
    }
    if (a?.S !== undefined && b?.S !== undefined) {
        return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
    }
    return a?.BOOL !== undefined && a.BOOL === b?.BOOL ? 0 : undefined;
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
    "=": difference => difference === 0,
    "<": difference => difference < 0,
    "<=": difference => difference <= 0,
    ">": difference => difference > 0,
    ">=": difference => difference >= 0,
};

/** Whether `item` meets a condition, a key condition or a filter. */
export function meets(reader: Reader, item: Item | undefined): boolean {
    let result = meetsAll(reader, item);
    while (reader.takes("OR")) {
        const more = meetsAll(reader, item);
        result ||= more;
    }
    return result;
}

function meetsAll(reader: Reader, item: Item | undefined): boolean {
    let result = meetsOne(reader, item);
    while (reader.takes("AND")) {
        const more = meetsOne(reader, item);
        result &&= more;
    }
    return result;
}

function meetsOne(reader: Reader, item: Item | undefined): boolean {
    if (reader.takes("NOT")) {
        return !meetsOne(reader, item);
    }
    if (reader.takes("(")) {
        const inner = meets(reader, item);
        reader.expect(")");
        return inner;
    }
    for (const [name, wanted] of [
        ["ATTRIBUTE_EXISTS", true],
        ["ATTRIBUTE_NOT_EXISTS", false],
    ] as const) {
        if (reader.takes(name)) {
            reader.expect("(");
            const attribute = reader.name();
            reader.expect(")");
            return (item?.[attribute] !== undefined) === wanted;
        }
    }
    if (reader.takes("BEGINS_WITH")) {
        reader.expect("(");
        const whole = reader.operand(item)?.S;
        reader.expect(",");
        const beginning = reader.operand(item)?.S;
        reader.expect(")");
        return whole !== undefined && beginning !== undefined && whole.startsWith(beginning);
    }
    return compares(reader, item);
}

function compares(reader: Reader, item: Item | undefined): boolean {
    const left = reader.operand(item);
    if (reader.takes("BETWEEN")) {
        const low = compared(left, reader.operand(item));
        reader.expect("AND");
        const high = compared(left, reader.operand(item));
        return low !== undefined && high !== undefined && low >= 0 && high <= 0;
    }
    const operator = reader.take();
    if (!Object.hasOwn(comparisons, operator)) {
        throw new ValidationException(`${operator} is no comparison that is known here`);
    }
    const difference = compared(left, reader.operand(item));
    return difference !== undefined && comparisons[operator](difference);
}

/** `item` as an update expression leaves it. */
export function updated(reader: Reader, item: Item): Item {
    const result = { ...item };
    while (!reader.finished) {
        const clause = reader.take().toUpperCase();
        do {
            const name = reader.name();
            if (clause === "SET") {
                reader.expect("=");
                result[name] = assigned(reader, item);
            } else if (clause === "ADD") {
                result[name] = sum(item[name] ?? { N: "0" }, reader.operand(undefined));
            } else if (clause === "REMOVE") {
                delete result[name];
            } else {
                throw new ValidationException(`${clause} is no clause that is known here`);
            }
        } while (reader.takes(","));
    }
    return result;
}

function assigned(reader: Reader, item: Item): AttributeValue {
    const first = assignable(reader, item);
    return reader.takes("+") ? sum(first, assignable(reader, item)) : first;
}

function assignable(reader: Reader, item: Item): AttributeValue {
    let value: AttributeValue | undefined;
    if (reader.takes("IF_NOT_EXISTS")) {
        reader.expect("(");
        value = item[reader.name()];
        reader.expect(",");
        const otherwise = reader.operand(item);
        reader.expect(")");
        value ??= otherwise;
    } else {
        value = reader.operand(item);
    }
    if (value === undefined) {
        throw new ValidationException("the expression refers to an attribute that does not exist in the item");
    }
    return value;
}

function sum(a: AttributeValue, b: AttributeValue | undefined): AttributeValue {
    if (a.N === undefined || b?.N === undefined) {
        throw new ValidationException("only numbers can be added");
    }
    return { N: String(Number(a.N) + Number(b.N)) };
}
