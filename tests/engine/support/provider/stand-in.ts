import { setTimeout as sleep } from "node:timers/promises";
import type { Cloud, Entry, Place } from "./cloud";
import { refusals, usersOf } from "./rules";
import { change, complete, foresee, isInvented, make, placeOf } from "./state";
import { resourceType } from "./types";
import { differences, plainProperties, type Difference, type Properties } from "./values";

/** A resource as the engine names it. */
export interface Subject {
    readonly type: string;
    /** The logical name. */
    readonly name: string;
}

/** What an input is refused for before anything is made, so that a preview shows it too. */
export interface Failure {
    readonly property: string;
    readonly reason: string;
}

/** What a change of inputs means. */
export interface Change {
    readonly differences: readonly Difference[];
    /** The inputs that force a new resource. */
    readonly replaces: readonly string[];
    /** Whether the old one has to go first, because its name is the new one's too. */
    readonly deleteFirst: boolean;
}

/** A resource and its state; no id means that there is no such resource. */
export interface Found {
    readonly id: string;
    readonly state: Properties;
    readonly inputs: Properties;
}

/** The account that a program gets which names none. */
const defaultPlace: Place = { account: "123456789012", region: "us-east-1" };

function parsed(value: unknown): unknown {
    return typeof value === "string" && value !== "" ? (JSON.parse(value) as unknown) : value;
}

/** The first part of a property path: the input that the path is in. */
function inputOf(path: string): string {
    return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** Answers for one configured AWS provider, as far as the table of types goes. */
export class StandIn {
    private place = defaultPlace;
    private tags: Properties = {};

    constructor(private readonly cloud: Cloud) {}

    /** Takes region, account and tags from the provider's configuration. */
    configure(args: Properties): void {
        const { region, allowedAccountIds, defaultTags } = plainProperties(args);
        const accounts = parsed(allowedAccountIds) as readonly string[] | undefined;
        this.place = {
            account: accounts?.[0] ?? defaultPlace.account,
            region: typeof region === "string" ? region : defaultPlace.region,
        };
        this.tags = (parsed(defaultTags) as { readonly tags?: Properties } | undefined)?.tags ?? {};
    }

    /** Completes the inputs, and says what is wrong with them. */
    check(subject: Subject, before: Properties, after: Properties, seed: string): [Properties, readonly Failure[]] {
        const type = resourceType(subject.type);
        const inputs = complete(subject.type, subject.name, before, after, seed);
        const given = plainProperties(inputs);
        const failures: Failure[] = ["namePrefix", "bucketPrefix"]
            .filter(property => given[property] !== undefined)
            .map(property => ({ property, reason: "the stand-in provider has no prefixes: give the whole name" }));
        const name = type.name === undefined ? undefined : given[type.name];
        if (type.name !== undefined && typeof name === "string" && type.pattern?.test(name) === false) {
            failures.push({ property: type.name, reason: `AWS refuses the name "${name}"` });
        }
        return [inputs, failures];
    }

    /** Compares the inputs of before and after. */
    diff(subject: Subject, oldInputs: Properties, state: Properties, newInputs: Properties): Change {
        const type = resourceType(subject.type);
        const before = plainProperties(oldInputs);
        const after = plainProperties(newInputs);
        const changed = differences(before, after).filter(({ path }) => !path.startsWith("__"));
        const forcing = [...type.replace, "region"];
        const replaces = [...new Set(changed.map(({ path }) => inputOf(path)))].filter(key => forcing.includes(key));
        const sameName =
            type.name !== undefined && !isInvented(oldInputs) && differences(before[type.name], after[type.name]);
        return {
            differences: changed.length > 0 ? changed : this.tagDifferences(subject, state, newInputs),
            replaces,
            deleteFirst: replaces.length > 0 && Array.isArray(sameName) && sameName.length === 0,
        };
    }

    /** Makes the resource, or says why AWS would not; a preview only foresees it. */
    async create(subject: Subject, inputs: Properties, preview: boolean): Promise<[string, Properties]> {
        if (preview) {
            return ["", foresee(subject.type, this.place, inputs, this.tags)];
        }
        const { entry, state } = make(subject.type, this.place, inputs, this.tags);
        this.refuse(subject, "create", refusals(this.cloud, subject.type, entry, entry.properties));
        await sleep(resourceType(subject.type).latency ?? 0);
        if (!this.cloud.add(entry)) {
            this.refuse(subject, "create", [`${subject.type} "${entry.name ?? entry.id}" exists already`]);
        }
        return [entry.id, state];
    }

    /** Looks a resource up, for a refresh or an import. */
    read(subject: Subject, id: string, state: Properties, inputs: Properties): Found {
        const entry = this.entry(subject, id, state);
        if (entry === undefined) {
            return { id: "", state: {}, inputs: {} };
        }
        const known = Object.keys(inputs).length > 0;
        if (known && differences(plainProperties(state), plainProperties(entry.properties)).length === 0) {
            return { id, state, inputs }; // unchanged: what is secret stays so
        }
        const outputs = ["region", "tagsAll", ...Object.keys(resourceType(subject.type).outputs)];
        const given = Object.entries(entry.properties).filter(([key]) => !outputs.includes(key));
        return { id: entry.id, state: entry.properties, inputs: Object.fromEntries(given) };
    }

    /** Changes the resource in place. */
    update(subject: Subject, id: string, state: Properties, inputs: Properties, preview: boolean): Properties {
        const changed = change(subject.type, state, inputs, this.tags);
        if (preview) {
            return changed;
        }
        const entry = this.entry(subject, id, state);
        if (entry === undefined) {
            throw new Error(`update ${subject.type} ${subject.name}: there is no "${id}" any more`);
        }
        const properties = plainProperties(changed);
        this.refuse(subject, "update", refusals(this.cloud, subject.type, entry, properties));
        this.cloud.put({ ...entry, properties });
        return changed;
    }

    /** Deletes the resource; one that is gone already is no error, as with the AWS provider. */
    delete(subject: Subject, id: string, state: Properties): void {
        const entry = this.entry(subject, id, state);
        if (entry === undefined) {
            return;
        }
        const users = usersOf(this.cloud, entry).map(user => `${user.type} "${user.id}" still uses it`);
        this.refuse(subject, "delete", users);
        this.cloud.remove(entry);
    }

    /** Provider-wide tags reach resources whose own inputs stay as they were. */
    private tagDifferences(subject: Subject, state: Properties, inputs: Properties): readonly Difference[] {
        const { tagsAll: before } = plainProperties(state);
        const { tagsAll: after } = plainProperties(change(subject.type, state, inputs, this.tags));
        return differences(before, after, "tagsAll");
    }

    private entry(subject: Subject, id: string, state: Properties): Entry | undefined {
        return this.cloud.find(subject.type, id, placeOf(this.place, plainProperties(state)));
    }

    private refuse(subject: Subject, verb: string, problems: readonly string[]): void {
        if (problems.length > 0) {
            throw new Error(`${verb} ${subject.type} ${subject.name}: ${problems.join("; ")}`);
        }
    }
}
