/** A set of characters, once or any number of times. */
interface Item {
    readonly of: "any" | "name" | { readonly char: string };
    readonly loop: boolean;
}

/** Variables of ARN formats that hold slashes, or colons: what stands last, and names with paths in them. */
const withSlashes = /Path|Slash|StackSetTarget|ObjectName|LogStreamName|LogGroupName|RepositoryName|SecretId|TopicName/;

/** `arn`, as a policy has it: `*` is anything, `?` one character. */
const granted = (arn: string): Item[] =>
    [...arn].map(char =>
        char === "*" ? { of: "any", loop: true } : { of: char === "?" ? "any" : { char }, loop: false },
    );

/** Nobody stands where the account of what AWS itself has made would. */
const canBeEmpty = "${Account}";

/** `format`, as the reference has it: `${Name}` is one character or more. */
function formatted(format: string): Item[] {
    return format.split(/(\$\{\w+\})/).flatMap((part): Item[] => {
        if (!part.startsWith("${")) {
            return [...part].map(char => ({ of: { char }, loop: false }));
        }
        const of = withSlashes.test(part) ? "any" : "name";
        const any: Item = { of, loop: true };
        return part === canBeEmpty ? [any] : [{ of, loop: false }, any];
    });
}

const within = (char: string, of: "any" | "name") => of === "any" || !/[/:]/.test(char);

function meet(one: Item["of"], other: Item["of"]): boolean {
    if (typeof one === "object" && typeof other === "object") {
        return one.char === other.char;
    }
    return typeof one === "object"
        ? within(one.char, other as "any" | "name")
        : typeof other === "object"
          ? within(other.char, one)
          : true;
}

/** Whether there is an ARN that both a policy's `arn` and the `format` of a resource type mean. */
export function overlap(arn: string, format: string): boolean {
    const [left, right] = [granted(arn), formatted(format)];
    const known = new Map<string, boolean>();
    const from = (i: number, j: number): boolean => {
        const key = `${i} ${j}`;
        const found = known.get(key) ?? compare(i, j);
        known.set(key, found);
        return found;
    };
    const compare = (i: number, j: number): boolean => {
        const [one, other] = [left.at(i), right.at(j)];
        if (i === left.length && j === right.length) {
            return true;
        }
        if (
            (i < left.length && left[i].loop && from(i + 1, j)) ||
            (j < right.length && right[j].loop && from(i, j + 1))
        ) {
            return true;
        }
        if (
            i >= left.length ||
            j >= right.length ||
            one === undefined ||
            other === undefined ||
            !meet(one.of, other.of)
        ) {
            return false;
        }
        return one.loop && other.loop ? false : from(one.loop ? i : i + 1, other.loop ? j : j + 1);
    };
    return from(0, 0);
}
