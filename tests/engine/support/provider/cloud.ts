import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { resourceType } from "./types";
import type { Properties } from "./values";

/** The environment variable with the folder in which the stand-in providers keep their cloud. */
export const cloudVariable = "STAND_IN_CLOUD";

/** Where a provider works. */
export interface Place {
    readonly account: string;
    readonly region: string;
}

/** One thing that exists in the cloud. */
export interface Entry extends Place {
    readonly type: string;
    readonly id: string;
    readonly arn?: string;
    readonly name?: string;
    /** Inputs and outputs, without secret wrappers: like AWS, the cloud knows what it was told. */
    readonly properties: Properties;
    /** Put there by a test and not by a program: it counts as complete, whatever it lacks. */
    readonly seeded?: boolean;
}

/** What of a place AWS looks at when it compares names of this type. */
function reach(type: string, place: Place): string {
    const parts = { world: [], account: [place.account], region: [place.account, place.region] };
    return parts[resourceType(type).scope ?? "region"].join("/");
}

/** What makes a thing the only one of its type. IAM compares names without regard to case. */
function identity(entry: Entry): string {
    const type = resourceType(entry.type);
    const values = (type.unique ?? []).map(property => String(entry.properties[property]));
    const name = type.unique === undefined ? entry.id : values.join("\n");
    return `${reach(entry.type, entry)}\n${type.scope === "account" ? name.toLowerCase() : name}`;
}

/**
 * What exists, in a folder with one file per thing. Stacks share it by sharing the folder. Every change is one atomic
 * file operation, so concurrent calls, and the several processes that the engine starts, cannot make a name twice.
 */
export class Cloud {
    private readonly cache = new Map<string, { readonly modified: number; readonly entry: Entry }>();

    constructor(private readonly folder: string) {}

    /** Adds a thing; `false` when AWS would have it already. */
    add(entry: Entry): boolean {
        fs.mkdirSync(this.folderOf(entry.type), { recursive: true });
        try {
            fs.writeFileSync(this.fileOf(entry), JSON.stringify(entry), { flag: "wx" });
            return true;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "EEXIST") {
                return false;
            }
            throw error;
        }
    }

    /** Changes a thing that exists. */
    put(entry: Entry): void {
        const file = this.fileOf(entry);
        fs.writeFileSync(`${file}.new`, JSON.stringify(entry));
        fs.renameSync(`${file}.new`, file);
    }

    /** Removes a thing; it does not matter whether it is there. */
    remove(entry: Entry): void {
        fs.rmSync(this.fileOf(entry), { force: true });
    }

    /** Everything of one type. */
    list(type: string): readonly Entry[] {
        const folder = this.folderOf(type);
        const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
        return names
            .filter(name => name.endsWith(".json"))
            .map(name => this.read(path.join(folder, name)))
            .filter(entry => entry !== undefined);
    }

    /** The thing that a call from this place means by an ARN, an id or a name. */
    find(type: string, reference: string, place: Place): Entry | undefined {
        const here = reach(type, place);
        return this.list(type).find(
            entry =>
                entry.arn === reference ||
                ((entry.id === reference || entry.name === reference) && reach(type, entry) === here),
        );
    }

    /** Everything there is, by type and id. */
    all(): readonly Entry[] {
        const types = fs.existsSync(this.folder) ? fs.readdirSync(this.folder) : [];
        return types
            .flatMap(type => this.list(decodeURIComponent(type)))
            .sort((a, b) => (`${a.type} ${a.id}` < `${b.type} ${b.id}` ? -1 : 1));
    }

    private read(file: string): Entry | undefined {
        try {
            const modified = fs.statSync(file).mtimeMs;
            const cached = this.cache.get(file);
            if (cached?.modified === modified) {
                return cached.entry;
            }
            const entry = JSON.parse(fs.readFileSync(file, "utf8")) as Entry;
            this.cache.set(file, { modified, entry });
            return entry;
        } catch {
            return undefined; // removed, or only half written, by another process: no more there, or not yet
        }
    }

    private folderOf(type: string): string {
        return path.join(this.folder, encodeURIComponent(type));
    }

    private fileOf(entry: Entry): string {
        const name = crypto.createHash("sha256").update(identity(entry)).digest("hex").slice(0, 32);
        return path.join(this.folderOf(entry.type), `${name}.json`);
    }
}
