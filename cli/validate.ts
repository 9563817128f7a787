import {
    RegoEngine,
    version,
    type Engine,
    type Severity,
    type StandardDiagnostic,
    type StandardReport,
} from "@aws/cloudformation-validate";
import { partitionOf, type Location } from "../catalog/arn";
import type { Path, Problem } from "../catalog/problem";
import type { Rendering, Template } from "./cloudformation/template";
import { isRecord } from "./computed";
import { progress } from "./progress";
import type { Registration } from "./recorder";

/** What AWS's validator says of a stack. */
export interface Findings {
    readonly errors: readonly Problem[];
    readonly warnings: readonly Problem[];

    /** How much was looked at, and by which version. */
    readonly summary: string;
}

/** What of the stack file each shared component is made of. */
const parts: Readonly<Record<string, Path>> = {
    "service-pipelines:index:Network": ["network"],
    "service-pipelines:index:Connections": ["connections"],
    "service-pipelines:index:PackageRepositories": ["packages"],
    "service-pipelines:index:Approvals": ["environments"],
};

/**
 * Rules on how a template is written, which say nothing about what it makes: how many parameters it has and which, and ARNs,
 * accounts and regions that stand in it as the stack file has them.
 */
const ofTemplatesAlone = ["F0003", "W1011", "W1054", "W2001", "W9002", "W9013"];

/**
 * Resources that are looked at together: the validator refuses templates of more than 500 resources or 10 MB, as CloudFormation
 * does, and `pulumi up` has no such limit.
 */
const together = 250;

/** Made once, which takes seconds, and kept until the process ends. */
let engine: Engine | undefined;

/**
 * Runs AWS's own offline validator over the template of a stack, and puts each finding beside the service that it is about.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-validate
 */
export function findingsOf(rendering: Rendering, registrations: readonly Registration[], home: Location): Findings {
    const ids = Object.keys(rendering.template.Resources);
    const count = Math.ceil(ids.length / together);
    const bar = progress("validating", count);
    const reports = Array.from({ length: count }, (_, index) => {
        const own = new Set(ids.slice(index * together, (index + 1) * together));
        const { status, diagnostics } = report(excerpt(rendering, own), home);
        const about = diagnostics
            .filter(({ entity }) => entity === undefined || own.has(entity.logicalId))
            .filter(one => !isMistaken(one, rendering.template));
        bar.step();
        return { status, diagnostics: about };
    });
    bar.clear();
    const byUrn = new Map(registrations.map(one => [one.urn, one]));
    const of = (...severities: Severity[]) =>
        reports
            .flatMap(({ diagnostics }) => diagnostics)
            .filter(({ severity }) => severities.includes(severity))
            .map(one => problemOf(one, rendering.origins, byUrn));
    return {
        errors: [...of("FATAL", "ERROR"), ...reports.flatMap(({ status }) => incomplete(status))],
        warnings: of("WARN"),
        summary: `AWS's CloudFormation validator ${version()} has looked at ${ids.length} resources`,
    };
}

function report(template: Template, home: Location): StandardReport {
    engine ??= new RegoEngine();
    return engine.validateStandard(
        // The engine reads bytes; no file is needed for them.
        { path: "template.json", readBytes: () => Buffer.from(JSON.stringify(template)) },
        {
            severityLevel: "WARN",
            exclude: { ids: ofTemplatesAlone },
            pseudoParameterOverrides: {
                accountId: home.account,
                partition: partitionOf(home.region),
                region: home.region,
            },
        },
    );
}

/** The template with the resources `own` alone, and all that they need. */
function excerpt({ template, needs }: Rendering, own: ReadonlySet<string>): Template {
    const all = new Set(own);
    // What is added while the set is walked is walked too.
    for (const id of all) {
        (needs.get(id) ?? []).forEach(needed => all.add(needed));
    }
    const resources = Object.entries(template.Resources).filter(([id]) => all.has(id));
    return { ...template, Resources: Object.fromEntries(resources) };
}

/**
 * Whether the validator is mistaken: E3050 asks that the ARN of a role with a path is asked for by `Fn::GetAtt`, and so it does where
 * that stands there already.
 */
const isMistaken = ({ ruleId, entity, propertyPath = "" }: StandardDiagnostic, { Resources }: Template) =>
    ruleId === "E3050" &&
    "Fn::GetAtt" in
        Object(
            propertyPath
                .split(".")
                .reduce<unknown>(
                    (value, key) => (isRecord(value) ? value[key] : undefined),
                    Resources[entity?.logicalId ?? ""],
                ),
        );

const incomplete = (status: string): Problem[] =>
    status === "OK"
        ? []
        : [{ path: [], message: `AWS's validator did not finish: its report has the status ${status}` }];

function problemOf(
    { entity, propertyPath, message, suggestedFix, ruleId }: StandardDiagnostic,
    origins: Rendering["origins"],
    byUrn: ReadonlyMap<string, Registration>,
): Problem {
    const origin = origins.get(entity?.logicalId ?? "");
    const what =
        origin === undefined ? [entity?.logicalId ?? "the template"] : [`${origin.name} (${entity?.resourceType})`];
    const where = [...what, ...(propertyPath === undefined ? [] : [propertyPath.replace(/^Properties\./, "")])];
    const fix = suggestedFix === undefined ? "" : `; ${suggestedFix}`;
    return {
        path: origin === undefined ? [] : pathOf(origin, byUrn),
        message: `${where.join(" ")}: ${message}${fix} (rule ${ruleId} of AWS's validator)`,
    };
}

/** Where the stack file speaks of the resource: its service, or the part that all services share. */
function pathOf({ type, name, parent }: Registration, byUrn: ReadonlyMap<string, Registration>): Path {
    if (type === "service-pipelines:index:ServicePipeline") {
        return ["services", name];
    }
    const above = byUrn.get(parent ?? "");
    return parts[type] ?? (above === undefined ? [] : pathOf(above, byUrn));
}
