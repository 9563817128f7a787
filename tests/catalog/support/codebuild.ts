import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { quoted } from "../../../catalog/codebuild/coverage";

/** What a stand-in of the AWS CLI answers, and in which calls it fails; each is told by words that the call begins with. */
export interface Aws {
    /** Lines on standard output. @default nothing */
    readonly says?: Readonly<Record<string, string>>;
    /** @default no call fails */
    readonly fails?: readonly string[];
}

/** What one run of a buildspec came to. */
export interface Run {
    readonly succeeded: boolean;
    /** The calls of the AWS CLI, each with its arguments; before them `as` and the profile, where it has one. */
    readonly calls: readonly (readonly string[])[];
    readonly output: string;
}

interface Phase {
    readonly commands?: readonly string[];
    readonly finally?: readonly string[];
    readonly "on-failure"?: string;
}

/** Phases in their order; only after a failed build phase CodeBuild goes on, to post_build. */
const phases = ["install", "pre_build", "build", "post_build"] as const;

/**
 * A shell script that does with `buildspec` what CodeBuild is documented to do: all commands run in one shell, one after
 * the other; after one that fails the rest of its phase is skipped, but for its `finally` block; the phase fails when any
 * command in it does, and the build when any phase does.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html phases/build/finally
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
 */
function script(buildspec: string): string {
    const spec = parse(buildspec) as { phases: Partial<Record<(typeof phases)[number], Phase>> };
    const all = (commands: readonly string[] = []) => commands.map(command => `eval ${quoted(command)}`).join(" && ");
    const lines = phases.flatMap(name => {
        const phase = spec.phases[name];
        if (phase === undefined) {
            return [];
        }
        const goesOn = name === "build" && phase["on-failure"] !== "ABORT";
        return [
            "failed=0",
            `${all(phase.commands)} || failed=1`,
            ...(phase.finally === undefined ? [] : [`${all(phase.finally)} || failed=1`]),
            `[ $failed = 0 ] || { broken=1; ${goesOn ? ":" : "exit 1"}; }`,
        ];
    });
    return ["broken=0", ...lines, "exit $broken"].join("\n");
}

/** Takes note of its arguments, a line for each and an empty one after the call; answers what the folder `answers` holds. */
const stub = (folder: string, { says = {}, fails = [] }: Aws) =>
    [
        "#!/bin/sh",
        `{ [ -z "$AWS_PROFILE" ] || echo "as $AWS_PROFILE"; printf '%s\\n' "$@"; echo; } >> ${quoted(join(folder, "calls"))}`,
        'case "$*" in',
        ...fails.map(call => `${quoted(call)}*) exit 254;;`),
        ...Object.entries(says).map(([call, answer]) => `${quoted(call)}*) echo ${quoted(answer)};;`),
        "esac",
    ].join("\n");

/** Runs `buildspec` as CodeBuild would, with `aws` in place of the AWS CLI. */
export function runBuildspec(
    buildspec: string,
    aws: Aws = {},
    variables: Readonly<Record<string, string>> = {},
    shell = "sh",
): Run {
    const folder = mkdtempSync(join(tmpdir(), "codebuild-"));
    try {
        writeFileSync(join(folder, "aws"), stub(folder, aws));
        chmodSync(join(folder, "aws"), 0o755);
        const { status, stdout } = spawnSync(shell, ["-c", script(buildspec)], {
            cwd: folder,
            encoding: "utf8",
            env: { PATH: `${folder}:${process.env.PATH}`, CODEBUILD_SRC_DIR: "/src", ...variables },
        });
        const calls = join(folder, "calls");
        const text = existsSync(calls) ? readFileSync(calls, "utf8") : "";
        return {
            succeeded: status === 0,
            calls: text
                .split("\n\n")
                .filter(call => call !== "")
                .map(call => call.split("\n")),
            output: stdout,
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
