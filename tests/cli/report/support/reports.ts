import * as assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { stackFile } from "../../../../bench/fleet/stack-file";
import type { FleetPlan } from "../../../../blueprint/plan";
import { planStack, type StackPlan } from "../../../../blueprint/stack";
import { planOfText, type Previous } from "../../../../cli/baseline";
import { projectFolder } from "../../../../cli/options";
import { reportOf } from "../../../../cli/report/data";
import type { Report } from "../../../../cli/report/model";
import { played, type Played } from "../../../../cli/simulate/play";
import { fromFile } from "../../../../config/from-file";

/** A stack file with what it comes to, and the report of it. */
export interface Reported extends StackPlan {
    readonly report: Report;
}

/** The report of what `text` says, in the place of the file `Pulumi.<stack>.yaml` of the project. */
export function reported(
    text: string,
    stack = "test",
    more: { service?: string; previous?: Previous; scripts?: readonly string[] } = {},
): Reported {
    const file = join(projectFolder, `Pulumi.${stack}.yaml`);
    const source = fromFile(file, stack, text);
    const planned = planStack(source);
    const { plan, problems, warnings } = planned;
    const { scripts = [], ...rest } = more;
    const all = scripts.map(script => plan && playedText(plan, script));
    const report = reportOf({
        ...{ stack, file, source, problems, warnings, ...rest },
        ...(plan && { plan, played: all.flatMap(one => one ?? []) }),
    });
    return { ...planned, report };
}

/** The script `text`, played on the pipeline of `plan` that it names. */
function playedText(plan: FleetPlan, text: string): Played {
    const folder = mkdtempSync(join(tmpdir(), "script-"));
    try {
        const path = join(folder, "release.yaml");
        writeFileSync(path, text);
        const { played: done, problems } = played(plan, { path });
        assert.deepEqual(problems, []);
        assert.ok(done);
        return done;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** A script of docs/simulations. */
export const shopScript = (name: string) => textOf(join("docs/simulations", name));

/** The report of that stack file, with `scripts` played into it. */
export const simulated = (...scripts: readonly string[]): Report =>
    reported(textOf("docs/simulations/Pulumi.shop.yaml"), "shop", { scripts }).report;

/** The report of `text`, compared with what `before` says. */
export function compared(before: string, text: string): Report {
    const plan = planOfText(join(projectFolder, "Pulumi.test.yaml"), "test", before);
    return reported(text, "test", { previous: { since: "before", ...(plan && { plan }) } }).report;
}

export const committedText = (stack: "dev" | "prod") =>
    readFileSync(join(projectFolder, `Pulumi.${stack}.yaml`), "utf8");

/** Every stack file of the repository, by its path in it. */
export const stackFiles: readonly string[] = [
    "Pulumi.dev.yaml",
    "Pulumi.prod.yaml",
    ...readdirSync(join(projectFolder, "examples"), { recursive: true, encoding: "utf8" })
        .filter(file => file.endsWith(".yaml"))
        .map(file => join("examples", file))
        .sort(),
];

export const textOf = (file: string) => readFileSync(join(projectFolder, file), "utf8");

export const stackOfFile = (file: string) => basename(file, ".yaml").replace(/^Pulumi\./, "");

/** A stack file of `count` services. */
export const fleetOf = (count: number) => stackFile({ services: count, environments: 3, suites: 1, monorepo: false });

/** What the page of `html` is given. */
export function dataIn(html: string): Report {
    const [, data] = /<script type="text\/plain" id="report">([A-Za-z0-9+/=]*)<\/script>/.exec(html) ?? [];
    return JSON.parse(inflateRawSync(Buffer.from(data, "base64")).toString("utf8")) as Report;
}

/** What would run, break out, or look like something else, if it were not shown as text. */
export const payload = "<script>hostile()</script>\"'`]]>&lt;\u2028\u2029\u0007\u202e--><img src=x onerror=hostile()>";

/** Texts that are words of the program's own, and not the stack file's. */
const own = [
    "kind",
    "sort",
    "purpose",
    "onFailure",
    "otherwise",
    "effect",
    "category",
    "owner",
    "provider",
    "kept",
    "docs",
    "source",
    "consoleUrl",
    "end",
    "tone",
];

/** `report` with {@link payload} in each text that a stack file may have a part in, and long names. */
export function hostile(report: Report): Report {
    const spoilt = (value: unknown, key = ""): unknown => {
        if (typeof value === "string") {
            return own.includes(key) ? value : `${value}${payload}${"x".repeat(100)}`;
        }
        if (Array.isArray(value)) {
            return value.map(one => spoilt(one, key));
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoilt(inner, name)]))
            : value;
    };
    return spoilt(report) as Report;
}
