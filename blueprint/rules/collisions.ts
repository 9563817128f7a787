import { pathText, type Path, type Problem } from "../../catalog/problem";
import type { ServiceConfig } from "../../config/fleet-config";
import { checkWord, type Names } from "../names";
import type { FleetPlan } from "../plan";
import { rolesAtHome } from "../roles";
import { firstMeetings } from "./meetings";
import type { FleetRule } from "./rule";

/** Something of which there may be only one. */
export interface Claim {
    readonly what: string;
    readonly by: string;
    readonly path: Path;
}

/** A problem for every claim after the first on the same thing. */
function contested(claims: readonly Claim[], message: (claim: Claim, first: Claim) => string): Problem[] {
    return rivals(claims).map(([claim, first]) => ({ path: claim.path, message: message(claim, first) }));
}

/** Every claim after the first on the same thing, with that first one. */
function rivals(claims: readonly Claim[]): (readonly [Claim, Claim])[] {
    const first = new Map<string, Claim>();
    return claims.flatMap(claim => {
        const known = first.get(claim.what);
        first.set(claim.what, known ?? claim);
        return known === undefined ? [] : [[claim, known] as const];
    });
}

/** Every write that meets an earlier one, with the first such. */
export function metWrites<C extends Claim>(claims: readonly C[]): (readonly [C, C])[] {
    const first = firstMeetings(claims.map(({ what }) => what));
    return claims.flatMap((claim, index) => (first[index] === index ? [] : [[claim, claims[first[index]]] as const]));
}

/** What `claim` writes, in words, and how it meets what `first` writes. */
export function meeting(claim: Claim, first: Claim): string {
    const written = `${claim.by} writes the ${claim.what}`;
    if (claim.what === first.what) {
        return `${written}, which`;
    }
    return `${written}, which ${claim.what.startsWith(first.what) ? "lies in" : "holds"} the ${first.what} that`;
}

/** Of the pairs of claims that stand in the same two places, the first. */
export const onePerPair = <C extends Claim>(pairs: readonly (readonly [C, C])[]): (readonly [C, C])[] =>
    [
        ...new Map([...pairs].reverse().map(pair => [JSON.stringify(pair.map(({ path }) => path)), pair])).values(),
    ].reverse();

/**
 * Every deploy with what it writes and where it stands.
 *
 * @param home - region of what is deployed where the pipelines are. @default not said, as it is that of all of them
 */
export function writes(fleet: FleetPlan, home?: string): (Claim & { readonly environment: string })[] {
    return fleet.pipelines.flatMap(({ service, stages }) =>
        stages.flatMap(stage =>
            stage.actions.flatMap(action =>
                action.targets.map(({ what, account }) => ({
                    // What stands in an account stands in one region of it; what does not has one name in the whole world.
                    what:
                        account === undefined
                            ? what
                            : [`${what} in account ${account}`, action.region ?? home ?? []].flat().join(", "),
                    by: `${service} in ${stage.name}`,
                    path: action.path,
                    environment: stage.name,
                })),
            ),
        ),
    );
}

/** That no two of `services` would have one pipeline, or one folder of artifacts: for those too that are not planned. */
export const pipelineCollisions = (
    services: readonly Pick<ServiceConfig, "name" | "check">[],
    names: Names,
): Problem[] =>
    contested(
        services
            .flatMap(({ name, check }) => [[name], ...(check === undefined ? [] : [[name, checkWord]])])
            .flatMap(([service, ...suffix]) =>
                claimsOfPipeline(service, names.pipeline(service, ...suffix), names.folder(service, ...suffix)),
            ),
        sameName,
    );

const claimsOfPipeline = (service: string, name: string, folder: string): Claim[] => {
    const path = ["services", service];
    return [
        { what: `pipeline ${name}`, by: service, path },
        { what: `artifact folder ${folder}`, by: service, path },
    ];
};

const sameName = (claim: Claim, first: Claim) =>
    `the ${claim.what} of ${claim.by} would be that of ${first.by} too: choose another name`;

/** What two services, or two environments of one, cannot both have. */
export const collisionRules: readonly FleetRule[] = [
    {
        name: "one-writer",
        severity: "error",
        source: "two deploys that write the same thing undo each other",
        check: fleet =>
            // What two lines of the stack file do to each other in several environments is one mistake.
            onePerPair(metWrites(writes(fleet))).map(([claim, first]) => ({
                path: claim.path,
                message:
                    claim.by.split(" in ")[0] === first.by.split(" in ")[0]
                        ? `${meeting(claim, first)} ${first.by} writes too: use ${claim.by === first.by ? "{region}" : "{environment}"} in its name, or another account`
                        : `${meeting(claim, first)} ${first.by} (${pathText(first.path)}) writes too`,
            })),
    },
    {
        name: "physical-names",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (names of roles are unique without regard to case); names of pipelines, projects and rules are unique in a region",
        check: fleet => {
            const claims: Claim[] = [
                ...rolesAtHome(fleet).map(role => ({
                    what: `role ${role.name.toLowerCase()}`,
                    by: role.of,
                    path: role.path,
                })),
                ...fleet.pipelines.flatMap(pipeline => {
                    const path = ["services", pipeline.service];
                    return [
                        ...claimsOfPipeline(pipeline.service, pipeline.name, pipeline.folder),
                        ...pipeline.components.map(({ component, physicalName }) => ({
                            what: `${component} ${physicalName}`,
                            by: pipeline.service,
                            path,
                        })),
                    ];
                }),
            ];
            return contested(claims, sameName);
        },
    },
    {
        name: "logical-names",
        severity: "error",
        source: "Pulumi refuses two resources with one URN",
        check: fleet =>
            contested(
                fleet.pipelines.flatMap(pipeline =>
                    pipeline.components.map(({ component, logicalName }) => ({
                        what: `${component} ${logicalName}`,
                        by: pipeline.service,
                        path: ["services", pipeline.service],
                    })),
                ),
                (claim, first) => `${claim.what} of ${claim.by} would have the URN of ${first.by}'s`,
            ),
    },
];
