import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse } from "yaml";
import { z } from "zod";
import type { Artifacts } from "../../../catalog/codebuild/artifacts";
import { buildspec } from "../../../catalog/codebuild/buildspec";
import { coverageCheck } from "../../../catalog/codebuild/coverage";
import { commandShape, machineShape, type BuildSettings } from "../../../catalog/codebuild/settings";

const schema = z.strictObject({ ...machineShape, ...commandShape });

const settings = (words: object): BuildSettings => schema.parse(words);

/** The buildspec of `words` as CodeBuild reads it, whichever YAML it speaks. */
function written(words: object, artifacts?: Artifacts): unknown {
    const text = buildspec(settings(words), artifacts && { artifacts });
    const read: unknown = parse(text);
    assert.deepEqual(parse(text, { version: "1.1" }), read);
    return read;
}

describe("buildspec", () => {
    it("is the path of the service's own, when it names one", () => {
        assert.equal(
            buildspec(settings({ buildspec: "ci/buildspec.yml" }), { artifacts: ["**/*"] }),
            "ci/buildspec.yml",
        );
    });

    it("holds every phase that has commands, reports, artifacts and cache paths", () => {
        const words = {
            install: ["npm ci"],
            preBuild: ["npm run lint"],
            commands: ["npm test", "npm run build"],
            postBuild: ["npm run image"],
            reports: {
                junit: ["reports/a.xml", "reports/b.xml"],
                coverage: { format: "cobertura", file: "coverage.xml", minimum: 80 },
            },
            cache: { type: "s3", paths: ["/root/.npm/**/*"] },
        };
        assert.deepEqual(written(words, { files: ["**/*"], baseDirectory: "dist" }), {
            version: 0.2,
            phases: {
                install: { "on-failure": "ABORT", commands: ["npm ci"] },
                pre_build: { "on-failure": "ABORT", commands: ["npm run lint"] },
                build: {
                    "on-failure": "ABORT",
                    commands: ["npm test", "npm run build", coverageCheck("cobertura", "coverage.xml", 80)],
                },
                post_build: { commands: ["npm run image"] },
            },
            reports: {
                junit: { files: ["reports/a.xml", "reports/b.xml"], "file-format": "JUNITXML" },
                coverage: { files: ["coverage.xml"], "file-format": "COBERTURAXML" },
            },
            artifacts: { files: ["**/*"], "base-directory": "dist" },
            cache: { paths: ["/root/.npm/**/*"] },
        });
    });

    it("stops before post_build when a phase fails: an image whose tests failed is not pushed", () => {
        const phases = (words: object) => (written(words) as { phases: unknown }).phases;
        assert.deepEqual(phases({ commands: ["npm test"], postBuild: ["docker push x"] }), {
            build: { "on-failure": "ABORT", commands: ["npm test"] },
            post_build: { commands: ["docker push x"] },
        });
        assert.deepEqual(phases({ install: ["npm ci"], commands: ["npm test"] }), {
            install: { commands: ["npm ci"] },
            build: { commands: ["npm test"] },
        });
    });

    it("holds nothing that was not asked for", () => {
        assert.deepEqual(written({ commands: ["make"] }), { version: 0.2, phases: { build: { commands: ["make"] } } });
        assert.deepEqual(written({ postBuild: ["make"] }, ["dist/**", "run.sh"]), {
            version: 0.2,
            phases: { post_build: { commands: ["make"] } },
            artifacts: { files: ["dist/**", "run.sh"] },
        });
        assert.deepEqual(written({ commands: ["make"] }, { files: ["a"] }), {
            version: 0.2,
            phases: { build: { commands: ["make"] } },
            artifacts: { files: ["a"] },
        });
    });

    for (const [format, word] of [
        ["cobertura", "COBERTURAXML"],
        ["clover", "CLOVERXML"],
        ["jacoco", "JACOCOXML"],
        ["simplecov", "SIMPLECOV"],
    ] as const) {
        it(`calls ${format} ${word}, and judges it only when a minimum is asked for`, () => {
            const reports = { coverage: { format, file: "report" } };
            assert.deepEqual(written({ commands: ["make"], reports }), {
                version: 0.2,
                phases: { build: { commands: ["make"] } },
                reports: { coverage: { files: ["report"], "file-format": word } },
            });
        });
    }

    it("judges coverage after the build's own commands, or alone where there are none", () => {
        const reports = { coverage: { format: "jacoco", file: "j.xml", minimum: 0 } };
        const { phases } = written({ preBuild: ["make"], reports }) as { phases: unknown };
        assert.deepEqual(phases, {
            pre_build: { commands: ["make"] },
            build: { commands: [coverageCheck("jacoco", "j.xml", 0)] },
        });
    });

    it("gives commands back as they are, whatever is in them", () => {
        const commands = [
            'echo "key: value"',
            "echo 'it''s'",
            "awk '{ print $1 }' | jq '.a[]' # not a comment",
            "if true; then\n  echo yes\nfi\n",
            "  indented",
            "trailing  ",
            "- a list",
            "{ echo in; } && [ -f x ]",
            "a: b",
            "*alias & anchor",
            "!tag %directive @at `tick`",
            "yes",
            "off",
            "0o17",
            "017",
            "1_000",
            "12:30:45",
            "2026-11-23",
            "null",
            "~",
            "0.2",
            `${"long ".repeat(100)}end`,
            "tab\there",
            "ümlaut 🚀",
            "back\\slash \\n",
        ];
        assert.deepEqual(written({ commands }), { version: 0.2, phases: { build: { commands } } });
    });

    it("gives back any command, and the same one twice", () => {
        const word = fc.string({ minLength: 1, unit: "grapheme" });
        fc.assert(
            fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), once => {
                const commands = [...once, ...once];
                const text = buildspec(settings({ commands }));
                assert.deepEqual(parse(text), { version: 0.2, phases: { build: { commands } } });
            }),
        );
    });

    it("uses no anchors: CodeBuild's reader knows none", () => {
        const same = ["npm ci"];
        assert.doesNotMatch(buildspec({ ...settings({ commands: same }), install: same, preBuild: same }), /[&*]a\d/);
    });

    it("keeps a long command in one line", () => {
        const command = `${"long ".repeat(100)}end`;
        assert.ok(
            buildspec(settings({ commands: [command] }))
                .split("\n")
                .some(line => line.includes(command)),
        );
    });

    it("judges coverage below the folder that the report is in", () => {
        const coverage = { format: "clover", file: "c.xml", baseDirectory: "build", minimum: 70 };
        const { phases } = written({ commands: ["make"], reports: { coverage } }) as { phases: unknown };
        assert.deepEqual(phases, { build: { commands: ["make", coverageCheck("clover", "build/c.xml", 70)] } });
    });

    it("exports the variables that later actions read", () => {
        assert.deepEqual(written({ commands: ["make"], exportedVariables: ["VERSION", "IMAGE"] }), {
            version: 0.2,
            env: { "exported-variables": ["VERSION", "IMAGE"] },
            phases: { build: { commands: ["make"] } },
        });
    });
});
