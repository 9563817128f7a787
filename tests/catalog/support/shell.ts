import { spawnSync } from "node:child_process";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** What the lines of a build are run with. */
export interface Run {
    readonly lines: readonly string[];
    readonly variables: Readonly<Record<string, string>>;

    /** Files where the lines start, by path. */
    readonly files?: Readonly<Record<string, string>>;

    /** Programs that stand in for those of the image, as scripts of `sh`, by name. */
    readonly programs: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface Ran {
    readonly failed: boolean;
    readonly stderr: string;

    /** The calls of the programs in their order, each argument in brackets. */
    readonly calls: readonly string[];

    /** A file that is there afterwards; empty when it is not. */
    readonly file: (path: string) => string;

    /** The variables that the shell would hand on, when no line failed. */
    readonly variables: Readonly<Record<string, string>>;
}

/**
 * Writes down a call of `name`, each argument in brackets and in front what `CALLED_AS` says of the caller. The programs of
 * a pipe run at the same time, so one that reads a password waits for it first, as `STDIN`, and a call is one write.
 */
const logged = (name: string) => `
    case " $* " in *" --password-stdin "*) STDIN=$(cat) ;; esac
    called="\${CALLED_AS:-}${name}"
    for argument in "$@"; do called="$called [$argument]"; done
    printf '%s\\n' "$called" >> "$CALLS"`;

/**
 * Runs `lines` as CodeBuild does, one command after the other in one shell, until one fails.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function runLines({ lines, variables, files = {}, programs }: Run): Ran {
    const folder = mkdtempSync(join(tmpdir(), "build-"));
    const at = (path: string) => join(folder, "src", path);
    try {
        mkdirSync(join(folder, "bin"));
        mkdirSync(at("."));
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(at(path)), { recursive: true });
            writeFileSync(at(path), text);
        }
        for (const [name, script] of Object.entries(programs)) {
            const file = join(folder, "bin", name);
            writeFileSync(file, `#!/bin/sh\n${logged(name)}\n${script}\n`);
            chmodSync(file, 0o755);
        }
        const calls = join(folder, "calls");
        const { status, stderr } = spawnSync(
            "sh",
            ["-c", [...lines.map(line => `${line}\n[ $? -eq 0 ] || exit 1`), 'env > "$STATE/variables"'].join("\n")],
            {
                cwd: at("."),
                encoding: "utf8",
                env: {
                    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
                    CALLS: calls,
                    STATE: folder,
                    CODEBUILD_SRC_DIR: at("."),
                    ...variables,
                },
            },
        );
        const left = new Map(
            readdirSync(at("."), { withFileTypes: true, recursive: true })
                .filter(entry => entry.isFile())
                .map(({ parentPath, name }) => join(parentPath, name))
                .map(path => [relative(at("."), path), readFileSync(path, "utf8")]),
        );
        const dump = join(folder, "variables");
        const handedOn = existsSync(dump) ? readFileSync(dump, "utf8").trimEnd().split("\n") : [];
        return {
            failed: status !== 0,
            stderr,
            calls: existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [],
            file: path => left.get(path) ?? "",
            variables: Object.fromEntries(
                handedOn.map(line => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
            ),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Whether this machine has `program`, as the images of builds do. */
export const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
