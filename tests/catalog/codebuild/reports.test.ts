import * as assert from "node:assert/strict";
import {
    checkReports,
    coveragePath,
    reportGroups,
    reportNames,
    reports,
    type Reports,
} from "../../../catalog/codebuild/reports";
import { read, refusals } from "../support/place";

const said = (yaml: string): Reports => read(reports, `{ ${yaml} }`);
const groups = (yaml: string) => reportGroups(said(yaml));
const check = (yaml: string, ownBuildspec = false) => checkReports(said(yaml), ownBuildspec);

const five = "junit: a, cucumber: b, nunit: c, nunit3: d, testng: e";

describe("reports", () => {
    for (const [key, word] of [
        ["junit", "JUNITXML"],
        ["cucumber", "CUCUMBERJSON"],
        ["nunit", "NUNITXML"],
        ["nunit3", "NUNIT3XML"],
        ["testng", "TESTNGXML"],
        ["trx", "VISUALSTUDIOTRX"],
    ] as const) {
        it(`calls ${key} ${word}`, () =>
            assert.deepEqual(groups(`${key}: "out/*"`), { [key]: { files: ["out/*"], "file-format": word } }));
    }

    it("says where the files of tests and of coverage are, and whether their folders are dropped", () => {
        const place = "baseDirectory: out, discardPaths: true";
        assert.deepEqual(
            groups(`trx: { files: "*.trx", ${place} }, coverage: { format: clover, file: c.xml, ${place} }`),
            {
                trx: {
                    files: ["*.trx"],
                    "file-format": "VISUALSTUDIOTRX",
                    "base-directory": "out",
                    "discard-paths": true,
                },
                coverage: {
                    files: ["c.xml"],
                    "file-format": "CLOVERXML",
                    "base-directory": "out",
                    "discard-paths": true,
                },
            },
        );
        assert.deepEqual(groups("junit: { files: [a.xml, b.xml], discardPaths: false }"), {
            junit: { files: ["a.xml", "b.xml"], "file-format": "JUNITXML" },
        });
    });

    it("are named by their keys, and are none unless they are asked for", () => {
        assert.deepEqual(reportNames(said("")), []);
        assert.deepEqual(reportNames(said("coverage: { format: clover, file: c.xml }, testng: t, junit: a")), [
            "junit",
            "testng",
            "coverage",
        ]);
    });

    it("finds the coverage report below its folder", () => {
        const path = (yaml: string) => {
            const { coverage } = said(`coverage: { format: jacoco, ${yaml} }`);
            assert.ok(coverage);
            return coveragePath(coverage);
        };
        assert.equal(path("file: j.xml"), "j.xml");
        assert.equal(path("file: site/j.xml, baseDirectory: target"), "target/site/j.xml");
        assert.equal(path("file: j.xml, baseDirectory: target/"), "target/j.xml");
    });

    for (const [title, yaml] of [
        ["lcov as a format of coverage", "coverage: { format: lcov, file: a }"],
        ["a format that CodeBuild does not read", "xunit: a.xml"],
        ["no files", "junit: []"],
        ["a map without files", "junit: { baseDirectory: a }"],
        ["an unknown key beside the files", "junit: { files: a, base: b }"],
        ["an empty folder", 'junit: { files: a, baseDirectory: "" }'],
        ["a percentage below none", "coverage: { format: jacoco, file: a, minimum: -1 }"],
    ] as const) {
        it(`fails on ${title}`, () => assert.equal(refusals(reports, `{ ${yaml} }`).length, 1));
    }

    it("takes as many reports as a project has report groups", () => assert.deepEqual(check(five), []));

    const judged = "coverage: { format: jacoco, minimum: 80";
    for (const [title, problems, path, message] of [
        [
            "a report more",
            check(`${five}, coverage: { format: jacoco, file: j.xml }`),
            [],
            "expected at most 5 reports, found 6: a project has no more report groups",
        ],
        [
            "any report beside a buildspec of the service's own",
            check("trx: a.trx", true),
            [],
            "expected no `reports` beside `buildspec`: the buildspec itself names them",
        ],
        [
            "a minimum for several files",
            check(`${judged}, file: "*.xml" }`),
            ["coverage", "file"],
            'expected one file to take `minimum` from, found the pattern "*.xml"',
        ],
        [
            "a minimum for files of several folders",
            check(`${judged}, file: j.xml, baseDirectory: "build?" }`),
            ["coverage", "baseDirectory"],
            'expected one file to take `minimum` from, found the pattern "build?"',
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(problems, [{ path: ["reports", ...path], message }]));
    }

    it("take patterns where nothing is judged, and no report beside a buildspec", () => {
        assert.deepEqual(check('coverage: { format: jacoco, file: "*.xml", baseDirectory: "b*" }'), []);
        assert.deepEqual(check("", true), []);
    });
});
