import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../../config/values";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** Runs a program; undefined where there is none of this name. */
export type Run = (
    program: string,
    args: readonly string[],
) => { readonly status: number | null; readonly stdout: string; readonly stderr: string } | undefined;

/** A file of JSON in `folder`; undefined where it is not there or no JSON. */
function json(folder: string, file: string): Readonly<Record<string, unknown>> | undefined {
    const path = join(folder, file);
    try {
        const value: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
        return isMap(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/**
 * The major version of Node.js without which the AWS SDK says, at each start, that it will not go on.
 *
 * @see https://a.co/c895JFp
 */
const leastOfSdk = 22;

/** Whether Node.js is one that the project runs on. */
export function nodeFinding(folder: string, version: string): Finding {
    const { engines } = json(folder, "package.json") ?? {};
    const least = /^>=(\d+)$/.exec(isMap(engines) ? String(engines.node) : "")?.[1];
    const major = Number(version.split(".")[0]);
    return least === undefined
        ? notKnown("Node.js", `${version}; package.json does not say which is needed`)
        : major >= Number(least)
          ? ok("Node.js", major >= leastOfSdk ? version : `${version}; the AWS SDK of 2027 will need ${leastOfSdk}`)
          : toDo(
                "Node.js",
                `${version}; this project needs ${least} or later`,
                "install a newer one from https://nodejs.org",
            );
}

/** Whether the packages are those that the lockfile names. */
export function packagesFinding(folder: string): Finding {
    const [wanted, installed] = ["package-lock.json", join("node_modules", ".package-lock.json")].map(
        file => json(folder, file)?.packages,
    );
    const remedy = "`npm ci` installs them";
    if (!isMap(wanted)) {
        return notKnown("packages", "there is no package-lock.json that can be read");
    }
    if (!isMap(installed)) {
        return toDo("packages", "none is installed", remedy);
    }
    const versionOf = (all: Readonly<Record<string, unknown>>, name: string) => {
        const one = all[name];
        return isMap(one) ? one.version : undefined;
    };
    const other = Object.entries(wanted).flatMap(([path, one]) =>
        path !== "" &&
        isMap(one) &&
        one.link !== true &&
        // What only some machines need is not installed on others.
        one.optional !== true &&
        one.devOptional !== true &&
        versionOf(installed, path) !== one.version
            ? path.replace(/^.*node_modules\//, "")
            : [],
    );
    const named = other.slice(0, 3).join(", ");
    return other.length === 0
        ? ok("packages", "as package-lock.json says")
        : toDo(
              "packages",
              `${other.length} not as package-lock.json says: ${named}${other.length > 3 ? ", …" : ""}`,
              remedy,
          );
}

const parts = (version: string) => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);

/** Whether `a` is before `b`. */
function isOlder(a: string, b: string): boolean {
    const [ours, theirs] = [parts(a), parts(b)];
    const index = ours.findIndex((part, at) => part !== theirs[at]);
    return index >= 0 && ours[index] < theirs[index];
}

/**
 * Whether there is a Pulumi CLI that runs programs of the SDK: one of the same major version that is not older.
 *
 * @see https://www.pulumi.com/docs/iac/download-install/
 */
export function pulumiFinding(folder: string, run: Run): Finding {
    const { version: sdk } = json(folder, "node_modules/@pulumi/pulumi/package.json") ?? {};
    const remedy = "install it as https://www.pulumi.com/docs/iac/download-install/ says";
    const said = run("pulumi", ["version"]);
    if (said === undefined) {
        return toDo(
            "Pulumi CLI",
            "there is none on the PATH; without it stacks can be looked at, and not brought up",
            remedy,
        );
    }
    const version = said.stdout.trim();
    if (said.status !== 0 || parts(version).length === 0) {
        return notKnown(
            "Pulumi CLI",
            `\`pulumi version\` says ${JSON.stringify(version || said.stderr.trim())}`,
            remedy,
        );
    }
    if (typeof sdk !== "string") {
        return notKnown("Pulumi CLI", `${version}; the SDK is not installed, so that it cannot be compared`);
    }
    const newer = parts(version)[0] !== parts(sdk)[0] || isOlder(version, sdk);
    return newer
        ? toDo("Pulumi CLI", `${version}, and the SDK is ${sdk}`, `the CLI must not be older than the SDK: ${remedy}`)
        : ok("Pulumi CLI", `${version}, with the SDK ${sdk}`);
}

/** Whether Pulumi is logged in, and to which backend. */
export function loginFinding(run: Run): Finding {
    const said = run("pulumi", ["whoami", "--verbose", "--json", "--non-interactive"]);
    if (said === undefined) {
        return notKnown("Pulumi login", "there is no Pulumi CLI that could be asked");
    }
    if (said.status !== 0) {
        const [first = ""] = said.stderr.trim().split("\n");
        return toDo(
            "Pulumi login",
            `not logged in${first === "" ? "" : `: ${first}`}`,
            "`pulumi login`, with the address of the backend where it is not Pulumi Cloud (docs/how-to/backends.md)",
        );
    }
    try {
        const { user, url } = JSON.parse(said.stdout) as { readonly user?: string; readonly url?: string };
        return ok("Pulumi login", `${user ?? "somebody"}, backend ${url ?? "not named"}`);
    } catch {
        return notKnown("Pulumi login", "`pulumi whoami` says what cannot be read");
    }
}
