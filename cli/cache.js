"use strict";
// Keeps what is made of sources, so that it is made once. Plain JavaScript, as cli/run.js needs it before TypeScript
// can be loaded.
const { createHash, randomUUID } = require("node:crypto");
const { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

/** Entries that one name keeps: branches and worktrees that share `node_modules` need one each. */
const kept = 12;

const digest = content => createHash("sha256").update(content).digest("hex");

/** A key that differs where any of `parts`, texts or bytes, does. */
exports.keyOf = (...parts) => {
    const hash = createHash("sha256");
    for (const part of parts) {
        // The length first: what ends one part cannot begin the next.
        hash.update(`${Buffer.byteLength(part)}:`).update(part);
    }
    return hash.digest("hex");
};

/** Texts and bytes that are kept in `folder`. */
exports.cacheIn = folder => ({
    /**
     * The text that `make` returns: what is kept under `name` and `key`, or else made and kept. An entry is a line with the hash of
     * the rest, so that what is cut off or changed counts for nothing. Where nothing can be written, all is made each time.
     */
    cached(name, key, make) {
        const file = join(folder, name, key);
        const known = read(file);
        if (known !== undefined) {
            return known.toString();
        }
        const text = make();
        keep(file, Buffer.from(text));
        return text;
    },

    /** The bytes that are kept under `name` and `key`; undefined where there are none. */
    bytes: (name, key) => read(join(folder, name, key)),

    /** Keeps bytes under `name` and `key`, where they can be written. */
    keep: (name, key, bytes) => keep(join(folder, name, key), bytes),

    /** Where {@link cached} keeps an entry. */
    entryFile: (name, key) => join(folder, name, key),
});

Object.assign(exports, exports.cacheIn(join(__dirname, "..", "node_modules", ".cache", "service-pipelines")));

const hashLength = 64;

function read(file) {
    let entry;
    try {
        entry = readFileSync(file);
    } catch {
        return undefined;
    }
    const content = entry.subarray(hashLength + 1);
    return entry.toString("latin1", 0, hashLength) === digest(content) ? content : undefined;
}

function keep(file, content) {
    try {
        write(file, content);
        prune(dirname(file));
    } catch {
        // A folder that is read-only, a disk that is full.
    }
}

/** Under another name first: whoever reads meanwhile finds all of it or nothing. */
function write(file, content) {
    mkdirSync(dirname(file), { recursive: true });
    const unfinished = `${file}.${randomUUID()}`;
    try {
        writeFileSync(unfinished, Buffer.concat([Buffer.from(`${digest(content)}\n`), content]));
        renameSync(unfinished, file);
    } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
    }
}

/** Removes the oldest entries of a name; what another process removes meanwhile is gone as well. */
function prune(ofName) {
    const entries = readdirSync(ofName);
    if (entries.length <= kept) {
        return;
    }
    const age = entry => statSync(join(ofName, entry), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const byAge = entries.map(entry => [age(entry), entry]).sort(([a], [b]) => b - a);
    byAge.slice(kept).forEach(([, entry]) => rmSync(join(ofName, entry), { force: true }));
}
