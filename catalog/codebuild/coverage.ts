/**
 * Formats of coverage reports: the word in the stack file → CodeBuild's word and, as shell, the percentage of covered
 * lines of the report on standard input, whose line ends have become spaces. What measured no line at all has no percentage.
 */
export const coverageFormats = {
    cobertura: {
        codebuild: "COBERTURAXML",
        /** `line-rate` of the root, a fraction. */
        percent: `grep -o '<coverage [^>]*>' | grep -v ' lines-valid="0"' | sed -n 's/.* line-rate="\\([0-9.eE-]*\\)".*/\\1/p' | awk '{ print $1 * 100 }'`,
    },
    clover: {
        codebuild: "CLOVERXML",
        /** Only the metrics of the whole project count files. */
        percent: `grep -o '<metrics [^>]* \\?files="[^>]*>' | head -n 1 | sed -n 's/.* statements="\\([0-9]*\\)".* coveredstatements="\\([0-9]*\\)".*/\\1 \\2/p' | awk '$1 > 0 { print $2 / $1 * 100 }'`,
    },
    jacoco: {
        codebuild: "JACOCOXML",
        /** The counters of the whole report are the last ones. */
        percent: `grep -o '<counter type="LINE" missed="[0-9]*" covered="[0-9]*"' | tail -n 1 | tr -dc '0-9 ' | awk '$1 + $2 > 0 { print $2 / ($1 + $2) * 100 }'`,
    },
    simplecov: {
        codebuild: "SIMPLECOV",
        /** `null` is a line without code. */
        percent: `tr -d ' \\t\\r' | grep -o '"lines":\\[[^]]*\\]' | sed 's/.*\\[//; s/\\]//' | tr ',' '\\n' | awk '/^[0-9]+$/ { all++; if ($1 > 0) covered++ } END { if (all > 0) print covered / all * 100 }'`,
    },
} as const;

export type CoverageFormat = keyof typeof coverageFormats;

/** `text` as one word of a POSIX shell. */
export function quoted(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command that fails, and says why, unless `file` shows at least `minimum` percent of lines covered.
 * CodeBuild shows coverage but has no threshold of its own; this needs nothing but a POSIX shell with awk, grep and sed.
 *
 * The file is looked up where CodeBuild looks it up, below the source's root: all commands of a build share one shell,
 * and one before may have changed the folder.
 */
export function coverageCheck(format: CoverageFormat, file: string, minimum: number): string {
    const path = file.startsWith("/") ? quoted(file) : `"\${CODEBUILD_SRC_DIR:-.}"/${quoted(file)}`;
    const percent = `tr '\\n' ' ' < ${path} | ${coverageFormats[format].percent}`;
    const missing = `print "coverage: no ${format} total found in the report"; exit 1`;
    // The percentage as it was compared: rounded, 79.999 would read 80.00 and yet be refused.
    const judged = `print "coverage: " covered " % of lines, at least ${minimum} wanted"; exit (covered + 0 < ${minimum})`;
    return `awk -v covered="$(${percent})" 'BEGIN { if (covered == "") { ${missing} } ${judged} }'`;
}
