import { Unsound } from "../errors";
import { quoted, type Archive, type Entry } from "./archive";
import { contentOf } from "./content";
import { limits } from "./limits";
import { kept, utf8 } from "./name";

/** How many links a path may lead through: as many as Linux follows. */
const mostHops = 40;

/** Characters of paths that are looked at in all; honest archives come to a hundredth. */
const mostWork = 2 ** 30;

/**
 * Makes sure that every symbolic link of an archive points to something in it, which is sealed with the rest: builds that keep
 * their links (`enable-symlinks` of CodeBuild) have such ones for commands and packages. What points elsewhere could
 * be filled by others; what lies below a link would be written to where it points.
 *
 * A target may go up only at its beginning: behind a name that is itself a link, `..` leads elsewhere than it looks.
 *
 * @throws Unsound
 */
export async function refuseLinks(archive: Archive, entries: readonly Entry[]): Promise<void> {
    const links = entries.filter(({ link }) => link);
    if (links.length === 0) {
        return;
    }
    refuseBelow(entries, links);
    const paths = new Map<string, string>();
    for (const link of links) {
        paths.set(link.name, await targetOf(archive, link));
    }
    const there = placesOf(entries);
    let work = 0;
    for (const { name } of links) {
        let path = paths.get(name) ?? "";
        for (let hops = 0; ; hops++) {
            work += path.length * path.split("/").length;
            if (hops > mostHops || path.length > limits.name || work > mostWork) {
                throw unsound(name, "that leads through too many links, or to itself");
            }
            const next = followed(path, paths);
            if (next === undefined) {
                break;
            }
            path = next;
        }
        if (!there.has(path)) {
            throw unsound(name, `to ${quoted(path)}, which is not in the archive`);
        }
    }
}

const unsound = (name: string, why: string) =>
    new Unsound(`${quoted(name)} is a symbolic link ${why}. Put what it points to into the artifact instead (cp -L)`);

/** Nothing may lie below a link, or be in its place, also where large and small letters are the same. */
function refuseBelow(entries: readonly Entry[], links: readonly Entry[]): void {
    const folded = ({ name }: Entry) => kept(name).toLowerCase();
    const byName = new Map(links.map(link => [folded(link), link]));
    for (const entry of entries) {
        const name = folded(entry);
        for (let end = name.length; end > 0; end = name.lastIndexOf("/", end - 1)) {
            const link = byName.get(name.slice(0, end));
            // Two links are two links, or the last of them.
            if (link !== undefined && !(end === name.length && entry.link)) {
                throw unsound(link.name, `in the place of ${quoted(entry.name)}, or above it`);
            }
        }
    }
}

/** Where a link points to, as a path from the root of the archive; the root is empty. */
async function targetOf(archive: Archive, link: Entry): Promise<string> {
    if (link.size > limits.name) {
        throw unsound(link.name, `with a target of ${link.size} bytes`);
    }
    const content = await contentOf(archive, link);
    let target: string;
    try {
        target = utf8.decode(content);
    } catch {
        throw unsound(link.name, "to something that is no UTF-8");
    }
    if (target === "" || /\p{Cc}/u.test(target) || target.includes("\\")) {
        throw unsound(link.name, `to ${quoted(target)}, which is no path`);
    }
    if (target.startsWith("/") || /^[A-Za-z]:/.test(target)) {
        throw unsound(link.name, `to ${quoted(target)}, which is outside of the archive`);
    }
    const steps = target.split("/").filter(step => step !== "" && step !== ".");
    const down = steps.findIndex(step => step !== "..");
    const ups = down === -1 ? steps.length : down;
    const names = steps.slice(ups);
    const folder = link.name.split("/").slice(0, -1);
    if (ups > folder.length) {
        throw unsound(link.name, `to ${quoted(target)}, which is outside of the archive`);
    }
    if (names.includes("..")) {
        throw unsound(link.name, `to ${quoted(target)}, which goes up again behind a name`);
    }
    return [...folder.slice(0, folder.length - ups), ...names].join("/");
}

/** Files, folders and links of an archive, with the folders that nothing but their contents shows, and the root. */
function placesOf(entries: readonly Entry[]): ReadonlySet<string> {
    const places = new Set([""]);
    for (const { name } of entries) {
        for (let path = name; !places.has(path); path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
            places.add(path);
        }
    }
    return places;
}

/** `path` with its first link replaced by what that points to; nothing where it has none. */
function followed(path: string, links: ReadonlyMap<string, string>): string | undefined {
    for (let end = path.indexOf("/"); ; end = path.indexOf("/", end + 1)) {
        const stop = end === -1 ? path.length : end;
        const target = links.get(path.slice(0, stop));
        if (target !== undefined) {
            return [target, path.slice(stop + 1)].filter(part => part !== "").join("/");
        }
        if (end === -1) {
            return undefined;
        }
    }
}
