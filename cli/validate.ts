import { RegoEngine, type Severity, type StandardDiagnostic } from "@aws/cloudformation-validate";
import type { Location } from "../catalog/arn";
import { partitionOf } from "../catalog/arn";
import type { Path, Problem } from "../catalog/problem";
import type { Rendering } from "./cloudformation/template";
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
    "service-pipelines:index:Approvals": ["environments"],
};

/**
 * Rules on how a template is written, which say nothing about what it makes: its size and its number of resources, secrets as
 * parameters, and ARNs, accounts and regions that stand in it as the stack file has them.
 */
const ofTemplatesAlone = ["E1002", "E3010", "W1011", "W1054", "W9002", "W9013"];

/**
 * Runs AWS's own offline validator over the template of a stack, and puts each finding beside the service that it is about.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-validate
 */
export function findingsOf(
    { template, origins }: Rendering,
    registrations: readonly Registration[],
    home: Location,
): Findings {
    const engine = new RegoEngine();
    try {
        const { status, version, metadata, diagnostics } = engine.validateStandard(
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
        const byUrn = new Map(registrations.map(one => [one.urn, one]));
        const of = (...severities: Severity[]) =>
            diagnostics
                .filter(({ severity }) => severities.includes(severity))
                .map(one => problemOf(one, origins, byUrn));
        const errors = [...of("FATAL", "ERROR"), ...incomplete(status)];
        const warnings = of("WARN");
        return {
            errors,
            warnings,
            summary: `AWS's CloudFormation validator ${version} has looked at ${metadata.resourcesScanned} resources`,
        };
    } finally {
        // Its memory is not the garbage collector's.
        engine.free();
    }
}

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
