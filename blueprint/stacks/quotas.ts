import { quotasOf, roleQuota, type Quota } from "../quotas";
import type { DeployRolePlan, FleetPlan } from "../plan";
import type { Path } from "../../catalog/problem";
import { servicesOf, stackOf, withServices, type FleetOfAll } from "./parts";

/** How much of one of AWS's quotas all stacks together take in the account, or the region of it, that it is a quota of. */
export interface QuotaOfPlace extends Omit<Quota, "path" | "scope" | "rule"> {
    readonly account: string;

    /** Absent where it is a quota of the whole account. */
    readonly region?: string;

    /** What each stack takes, the most first. */
    readonly stacks: readonly StackShare[];

    /** How many services more, each like the average one, find room. @default services take nothing of it */
    readonly room?: number;

    /** How many do where AWS has raised it to the most that it raises it to. @default no page says what that is */
    readonly roomAtMost?: number;
}

/** What one stack takes of a quota. */
export interface StackShare {
    readonly stack: string;
    readonly used: number;

    /** Where in its file stands what takes it. */
    readonly path: Path;
}

/** What a part of a stack takes of a quota somewhere. */
interface Share {
    readonly account: string;
    readonly region: string;
    readonly stack: string;
    readonly quota: Quota;

    /** How many services it takes it for; 0 where it is for what they share. */
    readonly services: number;
}

/**
 * What all `fleets` take of the quotas of the accounts and regions that they are in; what else is there is not counted. Of a platform and
 * the stacks on it each makes a part, so nothing is counted twice.
 */
export function quotasOfAll(fleets: readonly FleetOfAll[]): QuotaOfPlace[] {
    const places = new Map<string, Share[]>();
    for (const share of fleets.flatMap(({ plan }) => (plan === undefined ? [] : sharesOf(plan)))) {
        const { account, region, quota } = share;
        const place = [account, quota.scope === "account" ? "" : region, quota.what].join("\n");
        places.set(place, [...(places.get(place) ?? []), share]);
    }
    return [...places.values()]
        .map(together)
        .filter(({ used }) => used > 0)
        .sort((a, b) => order(a, b, ({ account }) => account) || order(a, b, ({ region }) => region ?? ""));
}

const order = (a: QuotaOfPlace, b: QuotaOfPlace, by: (quota: QuotaOfPlace) => string): number =>
    by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0;

/** What the stacks of one fleet take, each by its own part. */
function sharesOf(plan: FleetPlan): Share[] {
    const { account, region } = plan.home;
    const shared = quotasOf(withServices(plan, () => false));
    const takenByShared = new Map(shared.map(({ what, used }) => [what, used]));
    const stacks = [...new Set([plan.stack, ...plan.pipelines.map(({ service }) => stackOf(plan, service))])];
    const ofServices = stacks.flatMap(stack => {
        const part = withServices(plan, service => stackOf(plan, service) === stack);
        const services = servicesOf(part.pipelines);
        return services === 0
            ? []
            : quotasOf(part)
                  .map(quota => ({ ...quota, used: quota.used - (takenByShared.get(quota.what) ?? 0) }))
                  .filter(({ used }) => used > 0)
                  .map(quota => ({ account, region, stack, quota, services }));
    });
    return [...shared.map(quota => ({ account, region, stack: plan.stack, quota, services: 0 })), ...ofServices]
        .filter(({ quota }) => quota.scope !== "stack")
        .concat(elsewhere(plan));
}

/** Deploy roles that are made in other accounts than the pipelines'. */
function elsewhere(plan: FleetPlan): Share[] {
    const roles = new Map<string, DeployRolePlan[]>();
    for (const role of plan.deployRoles.filter(({ account }) => account !== plan.home.account)) {
        const key = [role.account, stackOf(plan, role.service)].join("\n");
        roles.set(key, [...(roles.get(key) ?? []), role]);
    }
    return [...roles.values()].map(made => ({
        account: made[0].account,
        region: plan.home.region,
        stack: stackOf(plan, made[0].service),
        quota: { ...roleQuota(made.length), path: ["services"] },
        services: new Set(made.map(({ service }) => service)).size,
    }));
}

/** The sum of `shares`, which are of one quota in one place. */
function together(shares: readonly Share[]): QuotaOfPlace {
    const [{ account, region, quota }] = shares;
    const { path, scope, rule, ...first } = quota;
    const used = shares.reduce((sum, share) => sum + share.quota.used, 0);
    const taken = shares.filter(({ services }) => services > 0);
    const forServices = taken.reduce((sum, share) => sum + share.quota.used, 0);
    const services = taken.reduce((sum, share) => sum + share.services, 0);
    const room = (limit: number) => Math.max(0, Math.floor(((limit - used) * services) / forServices));
    const stacks = new Map<string, StackShare>();
    for (const share of shares) {
        const known = stacks.get(share.stack)?.used ?? 0;
        stacks.set(share.stack, { stack: share.stack, used: known + share.quota.used, path: share.quota.path });
    }
    return {
        account,
        ...(scope === "region" && { region }),
        ...first,
        used,
        stacks: [...stacks.values()].filter(stack => stack.used > 0).sort((a, b) => b.used - a.used),
        ...(forServices > 0 && { room: room(first.limit) }),
        ...(forServices > 0 && first.most !== undefined && { roomAtMost: room(first.most) }),
    };
}
