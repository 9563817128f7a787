import { pathText, type Path } from "../../catalog/problem";
import { placed } from "../../config/read";
import type { LocatedProblem } from "../../config/source";
import type { FleetPlan } from "../plan";
import { rolesAtHome } from "../roles";
import { meeting, metWrites, onePerPair, writes, type Claim } from "../rules/collisions";
import { ceiling, headroom, remedy } from "../rules/quotas";
import type { FleetRule } from "../rules/rule";
import { stackOf, type FleetOfAll } from "./parts";
import type { QuotaOfPlace } from "./quotas";

/** What a rule of all stacks looks at. */
export interface Together {
    readonly fleets: readonly FleetOfAll[];
    readonly quotas: readonly QuotaOfPlace[];
}

/** Something that only shows when all stacks are looked at together. */
export interface StacksRule extends Pick<FleetRule, "name" | "severity" | "source"> {
    check(all: Together): readonly LocatedProblem[];
}

/** A fleet that could be planned. */
type Planned = FleetOfAll & { readonly plan: FleetPlan };

const plannedOf = ({ fleets }: Together): Planned[] =>
    fleets.flatMap(fleet => (fleet.plan === undefined ? [] : [{ ...fleet, plan: fleet.plan }]));

/** A problem of the stack whose fleet is `fleet`, in its own file. */
const at = ({ source }: Pick<FleetOfAll, "source">, path: Path, message: string): LocatedProblem[] =>
    placed([{ path, message }], source);

/** Each two of `fleets` of which `share` says what they share, the later one first. */
function pairs<T>(fleets: readonly Planned[], share: (later: Planned, earlier: Planned) => T | undefined) {
    return fleets.flatMap((later, index) =>
        fleets.slice(0, index).flatMap(earlier => {
            const shared = share(later, earlier);
            return shared === undefined ? [] : [{ later, earlier, shared }];
        }),
    );
}

/** The first of `names` that is one of `others`, too. */
const common = (names: readonly string[], others: readonly string[]): string | undefined => {
    const known = new Set(others);
    return names.find(name => known.has(name));
};

const samePlace = ({ home }: FleetPlan, { home: other }: FleetPlan): boolean =>
    home.account === other.account && home.region === other.region;

/** Names that an account has once, in whatever region: of roles without regard to case, of policies, of dashboards. */
const namesInAccount = (plan: FleetPlan): string[] => [
    ...rolesAtHome(plan).map(({ name }) => `role ${name.toLowerCase()}`),
    ...plan.shared.approvals.map(({ policyName }) => `policy ${policyName}`),
    ...[plan.shared.operations.monitoring.dashboard ?? []].flat().map(({ name }) => `dashboard ${name}`),
];

/** What two fleets of one prefix would both make, where that cannot be. */
const madeTwice = (plan: FleetPlan, other: FleetPlan): string | undefined =>
    plan.prefix !== other.prefix || plan.home.account !== other.home.account
        ? undefined
        : samePlace(plan, other)
          ? `bucket ${plan.shared.store.bucket}`
          : common(namesInAccount(plan), namesInAccount(other));

/** Deploy roles that both would have made in an account that is not that of the pipelines of both. */
function rolesElsewhere(plan: FleetPlan, other: FleetPlan): string | undefined {
    if (plan.home.account === other.home.account) {
        return undefined;
    }
    const made = ({ deployRoles }: FleetPlan) =>
        deployRoles.map(({ account, name }) => `role ${name.toLowerCase()} in account ${account}`);
    return common(made(plan), made(other));
}

/** What has no prefix in its name, and is made by both. */
interface Twice {
    readonly what: string;
    readonly path: Path;
}

/** The domain of packages that both make, or a repository of one domain. */
function packagesTwice({ home, shared: { packages } }: FleetPlan, other: FleetPlan): Twice | undefined {
    const theirs = other.shared.packages;
    const same =
        home.region === other.home.region &&
        packages?.domain === theirs?.domain &&
        packages?.domainOwner === theirs?.domainOwner;
    if (!same || packages === undefined || theirs === undefined) {
        return undefined;
    }
    if (packages.made && theirs.made) {
        return { what: `CodeArtifact domain ${packages.domain}`, path: ["packages"] };
    }
    const keys = packages.repositories.map(({ key }) => key);
    const twice = common(
        keys,
        theirs.repositories.map(({ key }) => key),
    );
    return twice === undefined
        ? undefined
        : { what: `CodeArtifact repository ${packages.domain}/${twice}`, path: ["packages", "repositories", twice] };
}

/** A custom action that both make. */
function customActionTwice(plan: FleetPlan, other: FleetPlan): Twice | undefined {
    const typeOf = ({ category, provider, version }: FleetPlan["shared"]["customActions"][number]) =>
        `custom action ${category} ${provider} ${version}`;
    const others = other.shared.customActions.map(typeOf);
    const twice = samePlace(plan, other)
        ? plan.shared.customActions.find(action => others.includes(typeOf(action)))
        : undefined;
    return twice && { what: typeOf(twice), path: ["customActions", twice.key] };
}

/** The service of what a deploy writes. */
const serviceOf = ({ by }: Claim): string => by.split(" in ")[0];

/** A quota, where it is, and whose it is, before what is to be done about it. */
const taken = ({ account, region, stacks, what, used }: QuotaOfPlace, of: string): string =>
    `account ${account}${region === undefined ? "" : `, ${region}`}: ${used}${of} ${what}${shares(stacks)}`;

/** More stacks than these nobody reads in a message. */
const mostStacks = 6;

const shares = (stacks: QuotaOfPlace["stacks"]): string => {
    const named = stacks.slice(0, mostStacks).map(({ stack, used }) => `${stack} ${used}`);
    const more = stacks.length - named.length;
    return stacks.length < 2 ? "" : ` (${named.join(", ")}${more === 0 ? "" : `, ${more} more`})`;
};

/** Problems of quotas: each in the file of the stack that takes the most of it. */
const ofQuotas = (
    { fleets, quotas }: Together,
    problem: (quota: QuotaOfPlace) => string | undefined,
): LocatedProblem[] =>
    quotas.flatMap(quota => {
        const message = problem(quota);
        const [{ stack, path }] = quota.stacks;
        const source = fleets.map(({ files }) => files.get(stack)).find(file => file !== undefined);
        return message === undefined || source === undefined ? [] : at({ source }, path, message);
    });

/** What stacks cannot have together, each of which may be fine by itself. */
export const stacksRules: readonly StacksRule[] = [
    {
        name: "prefix-of-one-fleet",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (names of roles are unique in an account, in whatever region and without regard to case); names of pipelines, projects, rules and log groups in a region",
        check: all =>
            pairs(plannedOf(all), ({ plan }, { plan: other }) => madeTwice(plan, other)).flatMap(
                ({ later, earlier, shared }) =>
                    at(
                        later,
                        ["prefix"],
                        `${JSON.stringify(later.plan.prefix)} is the prefix of the stack ${earlier.plan.stack} in account ${later.plan.home.account}, too, and both would make the ${shared}, among others: choose another prefix`,
                    ),
            ),
    },
    {
        name: "deploy-roles-of-one-fleet",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        check: all =>
            pairs(plannedOf(all), ({ plan }, { plan: other }) => rolesElsewhere(plan, other)).flatMap(
                ({ later, earlier, shared }) =>
                    at(
                        later,
                        ["prefix"],
                        `both this stack and ${earlier.plan.stack} would have the ${shared}, made by \`deployRoles: create\`: choose another prefix`,
                    ),
            ),
    },
    {
        name: "names-of-one-stack",
        severity: "error",
        source: "https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html; https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_CreateCustomActionType.html",
        check: all =>
            [packagesTwice, customActionTwice].flatMap(twice =>
                pairs(plannedOf(all), ({ plan }, { plan: other }) => twice(plan, other)).flatMap(
                    ({ later, earlier, shared: { what, path } }) =>
                        at(
                            later,
                            path,
                            `the ${what} is made by the stack ${earlier.plan.stack}, too: let one of them make it, and the other name it`,
                        ),
                ),
            ),
    },
    {
        name: "one-writer-among-stacks",
        severity: "error",
        source: "two deploys that write the same thing undo each other",
        check: all => {
            const fleets = plannedOf(all);
            const claims = fleets.flatMap(fleet =>
                writes(fleet.plan, fleet.plan.home.region).map(claim => ({ ...claim, fleet })),
            );
            const met = metWrites(claims).filter(([claim, first]) => claim.fleet !== first.fleet);
            return pairs(fleets, (later, earlier) =>
                onePerPair(met.filter(([claim, first]) => claim.fleet === later && first.fleet === earlier)),
            ).flatMap(({ shared }) =>
                shared.flatMap(([claim, first]) =>
                    at(
                        claim.fleet,
                        claim.path,
                        `${meeting(claim, first)} ${first.by} of the stack ${stackOf(first.fleet.plan, serviceOf(first))} (${pathText(first.path)}) writes too`,
                    ),
                ),
            );
        },
    },
    {
        name: "quota-of-all-exceeded",
        severity: "error",
        source: "the page of each quota, which blueprint/quotas.ts names",
        check: all =>
            ofQuotas(all, quota =>
                quota.used > ceiling(quota)
                    ? `${taken(quota, "")}, of at most ${ceiling(quota)}, beyond which AWS does not go: spread the services over several accounts (${quota.source})`
                    : undefined,
            ),
    },
    {
        name: "quota-of-all-headroom",
        severity: "warning",
        source: "the page of each quota, which blueprint/quotas.ts names",
        check: all =>
            ofQuotas(all, quota =>
                quota.used >= headroom * quota.limit && quota.used <= ceiling(quota)
                    ? `${taken(quota, ` of ${quota.limit}`)}, beside what else is there: ${remedy(quota)} (${quota.source})`
                    : undefined,
            ),
    },
];
