import type { Location } from "../../catalog/arn";
import { computed, isRecord } from "../computed";
import type { Registration } from "../recorder";

/** An output of a resource that the recorder has made up, as AWS would. */
export interface Made {
    readonly urn: string;

    /** Its place among the outputs: `arn`, `privateSubnetIds.0`. */
    readonly output: string;
}

/** Where in a text something made up stands. */
export interface Occurrence {
    readonly start: number;
    readonly end: number;

    /** What it may be: two resources of different types can have the same invented name. */
    readonly made: readonly Made[];
}

/** What can be found inside of a text: ARNs, ids of EC2, the ids of keys and connections, URLs of queues. */
const patterns =
    /arn:[\w-]+:[\w-]*:[\w-]*:\d*:[^\s"',]+|\b(?:sg|vpc|subnet|rtb|vpce|pl)-[0-9a-f]{17}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|https:\/\/sqs\.[^\s"',]+/g;

/** The values that only AWS can know, with whose they are. */
export class Invented {
    private readonly byValue = new Map<string, Made[]>();
    private readonly byName = new Map<string, string>();

    constructor(registrations: readonly Registration[], at: Location) {
        for (const registration of registrations) {
            const { urn, custom, remote, inputs } = registration;
            if (!custom && remote !== true) {
                continue;
            }
            const { id, outputs } = computed({ ...registration, ...at });
            for (const name of [id, outputs.name, outputs.bucket, inputs.name, inputs.bucket, inputs.repository]) {
                if (typeof name === "string") {
                    this.byName.set(nameKey(registration.type, name), urn);
                }
            }
            const given = new Set(Object.values(inputs));
            for (const [output, value] of leaves({ ...outputs, id })) {
                // A name that the program gives is a name; it is no invention.
                if (!given.has(value)) {
                    this.byValue.set(value, [...(this.byValue.get(value) ?? []), { urn, output }]);
                }
            }
        }
    }

    /** All that is made up in `text`, from left to right: the longest each time. */
    in(text: string): Occurrence[] {
        const whole = this.byValue.get(text);
        if (whole !== undefined) {
            return [{ start: 0, end: text.length, made: whole }];
        }
        return [...text.matchAll(patterns)].flatMap(match => this.within(match[0], match.index));
    }

    /** URN of the resource of this type that others call `name`. */
    called(type: string, name: string): string | undefined {
        return this.byName.get(nameKey(type, name));
    }

    /** In `word`, which begins at `start`: the longest beginning that is made up and ends with a part of the ARN. */
    private within(word: string, start: number): Occurrence[] {
        for (let length = word.length; length > 0; length--) {
            if (length < word.length && /[\w.-]/.test(word.charAt(length))) {
                continue;
            }
            const made = this.byValue.get(word.slice(0, length));
            if (made !== undefined) {
                return [{ start, end: start + length, made }];
            }
        }
        // The ARN is of something else, but may hold the id of what is made: …:subnet/subnet-0a1b….
        const rest = word.slice(1);
        return [...rest.matchAll(patterns)].flatMap(match => this.within(match[0], start + 1 + match.index));
    }
}

const nameKey = (type: string, name: string) => `${type} ${name}`;

/** The texts in `value`, each with its place. */
function leaves(value: unknown, path: readonly string[] = []): [string, string][] {
    if (typeof value === "string") {
        return [[path.join("."), value]];
    }
    return isRecord(value) || Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
        : [];
}
