import * as pulumi from "@pulumi/pulumi";
import type { Handle } from "../catalog/reference";
import type { FleetPlan } from "../blueprint/plan";
import { provided } from "../blueprint/provided";
import type { Foundation } from "./foundation";

/** What a platform's stack has: its outputs, as far as a stack of services reads them. */
interface Platform {
    readonly handles: Readonly<Record<string, string>>;
    readonly provides: readonly string[];
}

/**
 * What the stack `platform` of this project has made for the pipelines of `plan`, read from its outputs: names and ARNs
 * that AWS has given, which no stack file can say. All else pipelines know by its derived name.
 *
 * The values wait for a check that all is there which these pipelines need, so that none of them is made on half of it.
 *
 * @throws RunError, as a value that is never there, where the platform was brought up with less than its stack file says now
 */
export function platformFoundation(plan: FleetPlan, platform: string, parent: pulumi.Resource): Foundation {
    const stack = `${pulumi.getOrganization()}/${pulumi.getProject()}/${platform}`;
    const reference = new pulumi.StackReference("platform", { name: stack }, { parent });
    const outputOf = <K extends keyof Platform>(name: K) =>
        reference.getOutput(name) as pulumi.Output<Platform[K] | undefined>;
    const outputs = pulumi
        .all([outputOf("handles"), outputOf("provides")])
        .apply(([handles, provides]) => complete(plan, platform, { handles, provides }));
    const handles = (handle: Handle): pulumi.Output<string> =>
        outputs.apply(known => handleOf(known, handle, platform));
    const { store, stores } = plan.shared;
    return {
        handles,
        stores: Object.fromEntries([
            [store.region, storeIn(store.bucket, handles("artifactKey"))],
            ...stores.map(({ region, bucket }) => [region, storeIn(bucket, handles(`artifactKey:${region}`))] as const),
        ] as const),
        ready: [],
        made: [],
        rollback: [],
        outputs: {},
    };
}

/** `found`, when it is all that `plan` needs. */
function complete(
    plan: FleetPlan,
    platform: string,
    { handles, provides }: { readonly [K in keyof Platform]: Platform[K] | undefined },
): Platform {
    if (handles === undefined || provides === undefined) {
        throw new pulumi.RunError(
            `the stack ${platform} tells nothing of a platform: bring it up with \`role: platform\` first (pulumi up --stack ${platform})`,
        );
    }
    const missing = provided(plan.shared).filter(name => !provides.includes(name));
    if (missing.length > 0) {
        throw behind(platform, missing);
    }
    return { handles, provides };
}

const storeIn = (bucket: string, keyArn: pulumi.Output<string>) => ({ bucket, keyArn });

/** What AWS has given the thing that plans call `handle`. */
function handleOf({ handles }: Platform, handle: Handle, platform: string): string {
    const value: string | undefined = handles[handle];
    if (value === undefined) {
        throw behind(platform, [handle]);
    }
    return value;
}

const behind = (platform: string, missing: readonly string[]) =>
    new pulumi.RunError(
        `the platform ${platform} has no ${missing.join(", no ")} yet: its stack file, or a service, asks for more than it was brought up with; bring it up first (pulumi up --stack ${platform})`,
    );
