import { lacksOf, partitions, regionProblem, type Feature, type Lack } from "../../catalog/partitions";
import type { BuildProjectPlan } from "../../catalog/plan";
import { pathText, type Path, type Problem } from "../../catalog/problem";
import type { ActionPlan, FleetPlan } from "../plan";
import { actionsOf } from "./each";
import type { FleetRule } from "./rule";

/** Where something is used, and in which region. */
interface Use {
    readonly path: Path;
    readonly region: string;
}

/** Actions that `chosen` picks, each where it runs. */
const actionUses = (fleet: FleetPlan, chosen: (action: ActionPlan["action"]) => boolean): Use[] =>
    fleet.pipelines.flatMap(pipeline =>
        actionsOf(pipeline)
            .filter(({ action }) => chosen(action))
            .map(({ path, region = fleet.home.region }) => ({ path, region })),
    );

/** Services with a project that `chosen` picks; projects are in the pipelines' own region. */
const projectUses = ({ pipelines, home }: FleetPlan, chosen: (project: BuildProjectPlan) => boolean): Use[] =>
    pipelines.flatMap(({ service, components }) =>
        components.some(component => component.component === "BuildProject" && chosen(component))
            ? [{ path: ["services", service], region: home.region }]
            : [],
    );

/** Where a fleet uses what a partition can be without. */
const uses: Readonly<Record<Feature, (fleet: FleetPlan) => Use[]>> = {
    "app-config-action": fleet => actionUses(fleet, ({ provider }) => provider === "AppConfig"),
    "arm-builds": fleet => projectUses(fleet, ({ environmentType }) => environmentType.startsWith("ARM")),
    "batch-builds": fleet => projectUses(fleet, ({ batch }) => batch !== undefined),
    "cloudformation-actions": fleet => actionUses(fleet, ({ provider }) => provider.startsWith("CloudFormation")),
    connections: fleet => actionUses(fleet, ({ provider }) => provider === "CodeStarSourceConnection"),
    "inspector-scan-action": fleet => actionUses(fleet, ({ provider }) => provider === "InspectorScan"),
    "large-builds": fleet => projectUses(fleet, ({ computeType }) => computeType.endsWith("_2XLARGE")),
    pipelines: ({ home }) => [{ path: ["aws:region"], region: home.region }],
};

/** What `fleet` uses that is not there; of one place it is told once. */
function missing(fleet: FleetPlan, severity: Lack["severity"]): Problem[] {
    const found = new Map<string, Problem>();
    for (const [feature, usesOf] of Object.entries(uses)) {
        for (const { path, region } of usesOf(fleet)) {
            for (const lack of lacksOf(region)) {
                if (lack.feature === feature && lack.severity === severity) {
                    const problem = { path, message: `${lack.what} in ${region}: ${lack.instead}` };
                    found.set(`${pathText(path)} ${problem.message}`, problem);
                }
            }
        }
    }
    return [...found.values()];
}

const sourcesOf = (severity: Lack["severity"]) => [
    ...new Set(
        Object.values(partitions).flatMap(({ lacks }) =>
            lacks.flatMap(lack => (lack.severity === severity ? lack.source : [])),
        ),
    ),
];

/** What AWS does not have in every partition and region. */
export const partitionRules: readonly FleetRule[] = [
    {
        name: "known-region",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (partitions); https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/welcome.html; https://docs.amazonaws.cn/en_us/aws/latest/userguide/ARNs.html",
        check: ({ home, shared }) =>
            [home.region, ...shared.stores.map(({ region }) => region)].flatMap(region => {
                const message = regionProblem(region);
                return message === undefined
                    ? []
                    : [{ path: region === home.region ? ["aws:region"] : ["environments"], message }];
            }),
    },
    {
        name: "partition-lacks",
        severity: "error",
        source: `${sourcesOf("error").join("; ")} (each row of catalog/partitions.ts has its own)`,
        check: fleet => missing(fleet, "error"),
    },
    {
        name: "partition-may-lack",
        severity: "warning",
        source: `${sourcesOf("warning").join("; ")} (each row of catalog/partitions.ts has its own)`,
        check: fleet => missing(fleet, "warning"),
    },
];
