import { z } from "zod";
import { once } from "../once";
import type { Problem } from "../problem";
import { text } from "../words";
import { coverageFormats, type CoverageFormat } from "./coverage";

/**
 * Formats of test reports: the key in the stack file → CodeBuild's word.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html reports/file-format
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-reporting.html
 */
export const testFormats = {
    junit: "JUNITXML",
    cucumber: "CUCUMBERJSON",
    nunit: "NUNITXML",
    nunit3: "NUNIT3XML",
    testng: "TESTNGXML",
    trx: "VISUALSTUDIOTRX",
} as const;

type TestFormat = keyof typeof testFormats;

/** Most report groups of a project: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html. */
const mostReports = 5;

const files = [z.string().min(1), z.array(z.string().min(1)).min(1)] as const;

const place = {
    baseDirectory: text(
        "Folder below the source's root that they are relative to. @default the root itself",
    ).optional(),
    discardPaths: z.boolean().optional().describe("Whether the files' folders are dropped. @default false"),
};

/** Files of one report, and where they are. */
const located = (description: string) =>
    z
        .union([...files, z.strictObject({ files: z.union(files).describe("The files (globs)."), ...place })])
        .optional()
        .describe(description);

/** The key `reports` of everything that runs in CodeBuild. */
export const reports = z
    .strictObject({
        junit: located("JUnit XML files of the test results. @default none"),
        cucumber: located("Cucumber JSON files of the test results; of cucumber-js at most 7.3.2. @default none"),
        nunit: located("NUnit XML files of the test results. @default none"),
        nunit3: located("NUnit 3 XML files of the test results. @default none"),
        testng: located("TestNG XML files of the test results. @default none"),
        trx: located("Visual Studio TRX files of the test results. @default none"),
        coverage: z
            .strictObject({
                format: z
                    .enum(Object.keys(coverageFormats) as [CoverageFormat, ...CoverageFormat[]])
                    .describe("What the report is written in."),
                file: text("The coverage report."),
                ...place,
                minimum: z
                    .number()
                    .min(0)
                    .max(100)
                    .optional()
                    .describe("Percentage of covered lines below which the build fails. @default it never fails"),
            })
            .optional()
            .describe("Report of how much of the code the tests run through. @default none"),
    })
    .default({})
    .describe("Test and coverage reports, at most five, shown by CodeBuild for 30 days.");

/** What {@link reports} reads as. */
export type Reports = z.output<typeof reports>;

const list = (one: string | readonly string[]) => (typeof one === "string" ? [one] : one);

/** A report group, as a buildspec describes it. */
interface ReportGroup {
    readonly files: readonly string[];
    readonly "file-format": string;
    readonly "base-directory"?: string;
    readonly "discard-paths"?: true;
}

const group = (
    names: string | readonly string[],
    format: string,
    at: { readonly baseDirectory?: string; readonly discardPaths?: boolean } = {},
): ReportGroup => ({
    files: list(names),
    "file-format": format,
    ...(at.baseDirectory !== undefined && { "base-directory": at.baseDirectory }),
    ...(at.discardPaths === true && { "discard-paths": true }),
});

/** The report groups of `all` by their names, which end the names of CodeBuild's. */
export const reportGroups = once((all: Reports): Readonly<Record<string, ReportGroup>> => {
    const tests = (Object.keys(testFormats) as TestFormat[]).flatMap(name => {
        const report = all[name];
        if (report === undefined) {
            return [];
        }
        const located = typeof report === "string" || Array.isArray(report) ? { files: report } : report;
        return [[name, group(located.files, testFormats[name], located)] as const];
    });
    const { coverage } = all;
    return {
        ...Object.fromEntries(tests),
        ...(coverage !== undefined && {
            coverage: group(coverage.file, coverageFormats[coverage.format].codebuild, coverage),
        }),
    };
});

/** Names of the reports of `all`. */
export const reportNames = (all: Reports): string[] => Object.keys(reportGroups(all));

/** Where the coverage report is, below the source's root. */
export const coveragePath = ({ file, baseDirectory }: NonNullable<Reports["coverage"]>) =>
    baseDirectory === undefined ? file : `${baseDirectory.replace(/\/+$/, "")}/${file}`;

/** What the schema of reports cannot say; `ownBuildspec`: whether a buildspec of the service's own says what runs. */
export function checkReports(all: Reports, ownBuildspec: boolean): Problem[] {
    const problems: Problem[] = [];
    const problem = (path: Problem["path"], message: string) => problems.push({ path: ["reports", ...path], message });
    const { length } = reportNames(all);
    const { coverage } = all;
    if (ownBuildspec && length > 0) {
        problem([], "expected no `reports` beside `buildspec`: the buildspec itself names them");
    } else if (length > mostReports) {
        problem([], `expected at most ${mostReports} reports, found ${length}: a project has no more report groups`);
    }
    if (coverage?.minimum !== undefined) {
        for (const key of ["file", "baseDirectory"] as const) {
            if (/[*?[]/.test(coverage[key] ?? "")) {
                problem(
                    ["coverage", key],
                    `expected one file to take \`minimum\` from, found the pattern ${JSON.stringify(coverage[key])}`,
                );
            }
        }
    }
    return problems;
}
