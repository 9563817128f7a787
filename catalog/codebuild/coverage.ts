/** Formats of coverage reports: the word in the stack file → CodeBuild's word and the percentage of covered lines, as shell. */
export const coverageFormats = {
    cobertura: {
        codebuild: "COBERTURAXML",
        /** `line-rate` of the root, a fraction. */
        percent: `sed -n 's/.*<coverage[^>]* line-rate="\\([0-9.]*\\)".*/\\1/p' | awk '{ print $1 * 100 }'`,
    },
    clover: {
        codebuild: "CLOVERXML",
        /** Only the metrics of the whole project count files. */
        percent: `grep -o '<metrics [^>]* \\?files="[^>]*>' | head -n 1 | sed 's/.* statements="\\([0-9]*\\)".* coveredstatements="\\([0-9]*\\)".*/\\1 \\2/' | awk '$1 > 0 { print $2 / $1 * 100 }'`,
    },
    jacoco: {
        codebuild: "JACOCOXML",
        /** The counters of the whole report are the last ones. */
        percent: `grep -o '<counter type="LINE" missed="[0-9]*" covered="[0-9]*"' | tail -n 1 | tr -dc '0-9 ' | awk '$1 + $2 > 0 { print $2 / ($1 + $2) * 100 }'`,
    },
    simplecov: {
        codebuild: "SIMPLECOV",
        /** `null` is a line without code. */
        percent: `tr -d ' ' | grep -o '"lines":\\[[^]]*\\]' | sed 's/.*\\[//; s/\\]//' | tr ',' '\\n' | awk '/^[0-9]+$/ { all++; if ($1 > 0) covered++ } END { if (all > 0) print covered / all * 100 }'`,
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
 */
export function coverageCheck(format: CoverageFormat, file: string, minimum: number): string {
    const percent = `tr '\\n' ' ' < ${quoted(file)} | ${coverageFormats[format].percent}`;
    const judge = `awk -v covered="$(${percent})" 'BEGIN { if (covered == "") { print "coverage: no ${format} total found"; exit 1 } printf "coverage: %.2f %% of lines, at least ${minimum} wanted\\n", covered; exit covered + 0 < ${minimum} }'`;
    return judge;
}
