import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../cli/options";

const read = (file: string) => readFileSync(join(projectFolder, file), "utf8");
const page = read("SECURITY.md");
const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
const direct = { ...dependencies, ...devDependencies };

/** Sections of `level`, by their title. */
const sections = (level: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
        page
            .split(new RegExp(`^${level} `, "m"))
            .slice(1)
            .map(text => [text.slice(0, text.indexOf("\n")), text.split(/^## /m)[0]]),
    );

describe("SECURITY.md", () => {
    it("links to what is there", () => {
        const links = [...page.matchAll(/\]\((?!https:)([^)#]+)[^)]*\)/g)].map(([, file]) => file);
        assert.ok(links.length > 15);
        assert.deepEqual(
            links.filter(file => !existsSync(join(projectFolder, file))),
            [],
        );
    });

    for (const attacker of [
        "A service's developer",
        "A compromised build",
        "A stolen role",
        "A malicious dependency",
        "A hostile stack file",
    ]) {
        it(`says of ${attacker.toLowerCase()} what they can do, what stops each try, by a link, and what remains`, () => {
            const text = sections("###")[attacker];
            assert.ok(text, attacker);
            const [, stopped] = /^\*\*Can:\*\*[^]*?^(\|[^]*)^\*\*Remains:\*\*/m.exec(text) ?? assert.fail();
            const [head, , ...rows] = stopped.trim().split("\n");
            assert.match(head, /^\| tries to +\| is stopped by +\| see +\|$/);
            assert.ok(rows.length >= 3);
            for (const row of rows) {
                assert.match(row, /^\|[^|]+\|[^|]+\| \[[^|]+\]\([^)]+\) +\|$/);
            }
        });
    }

    it("says what the integrity of artifacts does not cover", () => {
        const text = sections("##")["Integrity of artifacts: what is not covered"];
        for (const words of [
            /build seals/,
            /upload and `seal`/,
            /verify and use/,
            /other regions/,
            /full clones/i,
            /digests/,
            /seals\/work\//,
            /edit a pipeline/,
            /administers the account/,
        ]) {
            assert.match(text, words);
        }
    });

    it("names each package, and no other", () => {
        const rows = [...sections("###")["Packages, and why"].matchAll(/^\| (`.*?) +\|/gm)].map(([, names]) => names);
        const named = rows.flatMap(names => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
        assert.deepEqual(named.sort(), Object.keys(direct).sort());
    });
});

describe("the program's own packages", () => {
    it("are pinned exactly, and locked with a checksum", () => {
        for (const [name, version] of Object.entries(direct)) {
            assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
        }
        const { packages } = JSON.parse(read("package-lock.json")) as {
            packages: Record<string, { link?: boolean; inBundle?: boolean; integrity?: string; resolved?: string }>;
        };
        const loose = Object.entries(packages)
            .filter(([path, one]) => path !== "" && one.inBundle !== true && one.link !== true)
            .filter(([, one]) => !one.integrity?.startsWith("sha512-") || one.resolved?.startsWith("git") === true)
            .map(([path]) => path);
        assert.deepEqual(loose, []);
    });

    it("run nothing while they are installed", () => {
        assert.match(read(".npmrc"), /^ignore-scripts=true$/m);
    });
});
