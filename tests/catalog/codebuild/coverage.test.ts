import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { coverageCheck, coverageFormats, quoted, type CoverageFormat } from "../../../catalog/codebuild/coverage";

const fixtures = join(__dirname, "../fixtures");

/** What a shell says to `command`, with the source's root where CodeBuild would have it. */
function run(command: string, { root = fixtures, cwd }: { root?: string; cwd?: string } = {}) {
    const { status, stdout } = spawnSync("sh", ["-c", command], {
        cwd: cwd ?? root,
        encoding: "utf8",
        env: { PATH: process.env.PATH, CODEBUILD_SRC_DIR: root },
    });
    return [status, stdout.trimEnd()];
}

const told = (percent: string, minimum: number) => `coverage: ${percent} % of lines, at least ${minimum} wanted`;
const nothing = (format: string) => `coverage: no ${format} total found in the report`;

describe("coverage", () => {
    let folder = "";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "coverage-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    /** Puts a report below the root. */
    const put = (file: string, text: string) => {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
    };

    const reports: [CoverageFormat, string, string, number][] = [
        ["cobertura", "istanbul-cobertura.xml", "80", 80],
        ["cobertura", "coverage-py-cobertura.xml", "79.98", 79.98],
        ["clover", "istanbul-clover.xml", "75", 75],
        ["clover", "phpunit-clover.xml", "75", 75],
        ["clover", "openclover.xml", "75", 75],
        ["jacoco", "jacoco.xml", "75", 75],
        ["simplecov", "simplecov.json", "75", 75],
    ];
    for (const [format, file, percent, exact] of reports) {
        it(`reads ${percent} % of ${file}: passes at and below it, fails above`, () => {
            for (const [minimum, status] of [
                [0, 0],
                [exact - 1, 0],
                [exact, 0],
                [exact + 0.01, 1],
                [100, 1],
            ] as const) {
                assert.deepEqual(run(coverageCheck(format, file, minimum)), [status, told(percent, minimum)]);
            }
        });

        it(`reads the same of ${file} in one line, and with the line ends of Windows`, () => {
            const text = readFileSync(join(fixtures, file), "utf8");
            for (const [name, variant] of [
                ["one-line", text.replaceAll("\n", " ")],
                ["minified", text.replaceAll(/\n\s*/g, "")],
                ["windows", text.replaceAll("\n", "\r\n")],
            ] as const) {
                put(name, variant);
                assert.deepEqual(run(coverageCheck(format, name, exact), { root: folder }), [0, told(percent, exact)]);
            }
        });
    }

    for (const format of Object.keys(coverageFormats) as CoverageFormat[]) {
        const ending = format === "simplecov" ? "json" : "xml";
        it(`fails on a missing, an empty and another ${format} report, even where nothing is wanted`, () => {
            put("empty", "");
            put("other", "<html>coverage</html>");
            for (const file of ["missing", "empty", "other"]) {
                assert.deepEqual(run(coverageCheck(format, file, 0), { root: folder }), [1, nothing(format)]);
            }
        });

        it(`fails on a ${format} report in which no line was measured`, () => {
            assert.deepEqual(run(coverageCheck(format, `empty-${format}.${ending}`, 0)), [1, nothing(format)]);
        });
    }

    it("does not round a percentage up to what is wanted", () => {
        put("nearly", '<report><counter type="LINE" missed="20001" covered="79999"/></report>');
        assert.deepEqual(run(coverageCheck("jacoco", "nearly", 80), { root: folder }), [1, told("79.999", 80)]);
    });

    it("reads a fraction with an exponent", () => {
        put("tiny", '<coverage line-rate="5e-05" version="7"></coverage>');
        assert.deepEqual(run(coverageCheck("cobertura", "tiny", 0), { root: folder }), [0, told("0.005", 0)]);
    });

    it("finds the report from another folder: a command before may have changed it", () => {
        put("web/src/index.ts", "");
        put("reports/lcov.xml", readFileSync(join(fixtures, "jacoco.xml"), "utf8"));
        const command = coverageCheck("jacoco", "reports/lcov.xml", 75);
        assert.deepEqual(run(command, { root: folder, cwd: join(folder, "web/src") }), [0, told("75", 75)]);
    });

    it("takes an absolute path as it is", () => {
        const command = coverageCheck("jacoco", join(fixtures, "jacoco.xml"), 75);
        assert.deepEqual(run(command, { root: folder }), [0, told("75", 75)]);
    });

    for (const name of ["it's a report.xml", '"$HOME" `id`.xml', "-rf.xml", "a;exit 0.xml", "$(exit 0).xml"]) {
        it(`reads a file called ${name}, and nothing else of its name`, () => {
            put(name, readFileSync(join(fixtures, "jacoco.xml"), "utf8"));
            assert.deepEqual(run(coverageCheck("jacoco", name, 76), { root: folder }), [1, told("75", 76)]);
        });
    }

    it("quotes a word so that the shell gives it back", () => {
        for (const word of ["", "plain", "it's", "''", '$HOME "x" \\n `id`', "a\nb"]) {
            assert.equal(spawnSync("sh", ["-c", `printf %s ${quoted(word)}`], { encoding: "utf8" }).stdout, word);
        }
    });
});
