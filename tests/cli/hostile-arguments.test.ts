import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previous } from "../../cli/baseline";
import { options, UsageError } from "../../cli/options";
import { base } from "../config/support/base";
import { planOf, stackFile } from "../support/plans";

describe("hostile arguments", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "hostile-"));
        execFileSync("mkfifo", [join(folder, "pipe")]);
        mkdirSync(join(folder, "folder"));
        symlinkSync(join(folder, "b"), join(folder, "a"));
        symlinkSync(join(folder, "a"), join(folder, "b"));
        writeFileSync(join(folder, "Pulumi.t.yaml"), base);
        const git = (...words: string[]) =>
            execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@shop.example", ...words], { cwd: folder });
        git("init", "-q");
        git("add", "Pulumi.t.yaml");
        git("commit", "-q", "-m", "first");
        // Where an option of git could write to.
        mkdirSync(join(folder, "out:"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const usageError = (what: () => unknown, message: RegExp) =>
        assert.throws(what, error => error instanceof UsageError && message.test(error.message));

    for (const [title, path, message] of [
        ["a folder", "folder", /^no stack file ".*folder", which is a folder$/],
        ["a pipe, which may never end", "pipe", /^no stack file ".*pipe", which is a pipe or a device$/],
        ["links in a circle", "a", /^no stack file ".*a"$/],
        ["a file in place of a folder", "Pulumi.t.yaml/x", /^no stack file/],
        ["NUL", "a\0b", /^no stack file ".*a\\u0000b"$/],
    ] as const) {
        it(`fails on --config with ${title}`, () => {
            usageError(() => options(["--config", join(folder, path)], folder), message);
        });
    }

    const plan = planOf(stackFile());
    const compared = (compare: string) => previous({ stack: "t", file: join(folder, "Pulumi.t.yaml"), compare }, plan);

    for (const name of ["folder", "pipe"]) {
        it(`fails on --compare with a ${name}`, () => {
            usageError(
                () => compared(join(folder, name)),
                /^--compare: expected a file or a revision of git, found a /,
            );
        });
    }

    it("fails on --compare with a device", () => {
        usageError(() => compared("/dev/zero"), /found a pipe or a device: \/dev\/zero$/);
    });

    for (const revision of [
        ...[
            "",
            " ",
            "-x",
            "--upload-pack=touch pwned",
            "--output=out",
            "HEAD; touch pwned",
            "$(touch pwned)",
            "`touch pwned`",
        ],
        ...["a:b", "HEAD:Pulumi.t.yaml", "a\nb", "\nHEAD", "HEAD^{blob}", "HEAD..HEAD~9", "a\0b"],
    ]) {
        it(`fails on --compare with the revision ${JSON.stringify(revision)}, and runs nothing`, () => {
            usageError(() => compared(revision), /is neither a file nor a revision of git that has Pulumi\.t\.yaml$/);
            assert.ok(!existsSync(join(folder, "pwned")));
            assert.ok(!existsSync(join(folder, "out:", "Pulumi.t.yaml")));
        });
    }

    it("takes a revision that is one", () => assert.match(compared("HEAD")?.since ?? "", /of HEAD$/));
});
