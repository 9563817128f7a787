import type { FleetPlan } from "./plan";
import { allRoles } from "./roles";

/** How much of one of AWS's quotas a fleet takes. */
export interface Quota {
    readonly what: string;
    readonly used: number;
    readonly limit: number;
    /** Whether AWS raises it on request. */
    readonly adjustable: boolean;
    readonly source: string;
}

/** The quotas that a fleet can reach, with what it takes of them; what else is in the account is not counted. */
export function quotasOf(fleet: FleetPlan): Quota[] {
    const components = fleet.pipelines.flatMap(pipeline => pipeline.components);
    const count = (component: string) => components.filter(candidate => candidate.component === component).length;
    const stages = fleet.pipelines.map(({ stages: all }) => all.length);
    return [
        {
            what: "pipelines in the region",
            used: fleet.pipelines.length,
            limit: 1000,
            adjustable: true,
            source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html",
        },
        {
            what: "stages of the longest pipeline",
            used: Math.max(0, ...stages),
            limit: 50,
            adjustable: false,
            source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html",
        },
        {
            what: "CodeBuild projects in the region",
            used: count("BuildProject"),
            limit: 5000,
            adjustable: true,
            source: "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html",
        },
        {
            what: "IAM roles in the account",
            used: allRoles(fleet).length,
            limit: 1000,
            adjustable: true,
            source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        },
        {
            what: "EventBridge rules on the bus",
            used: count("EventTrigger"),
            limit: 300,
            adjustable: true,
            source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
        },
    ];
}
