import * as pulumi from "@pulumi/pulumi";
import type { Handle } from "../catalog/reference";
import type { FleetPlan, SharedPlan } from "../blueprint/plan";
import { provided } from "../blueprint/provided";
import type { Foundation } from "./foundation";

/** What a platform's stack has: its outputs, as far as a stack of services reads them. */
interface Platform {
    readonly handles: Readonly<Record<string, string>>;
    readonly provides: readonly string[];
}

/**
 * What another stack has made for the pipelines of `plan`, read from its outputs: names and ARNs that AWS has given, which no
 * stack file can say. All else pipelines know by its derived name. Undefined where the stack of `plan` makes it itself.
 *
 * It is awaited before anything is registered, so that nothing is made on half of a platform.
 *
 * Creates: a `pulumi.StackReference` `platform`.
 *
 * @throws RunError where the platform is not up, or was brought up with less than its stack file says now
 */
export async function platformFoundation({ spread, shared }: FleetPlan): Promise<Foundation | undefined> {
    if (spread.role !== "services") {
        return undefined;
    }
    const { platform } = spread;
    const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${platform}`;
    const reference = new pulumi.StackReference("platform", { name });
    const [handles, provides] = await Promise.all(
        ["handles", "provides"].map(async output => (await reference.getOutputDetails(output)).value as unknown),
    );
    const known = complete(shared, platform, { handles, provides } as Told);
    const { store, stores } = shared;
    return {
        handles: handle => pulumi.output(handleOf(known, handle, platform)),
        stores: Object.fromEntries([
            [store.region, storeIn(store.bucket, handleOf(known, "artifactKey", platform))],
            ...stores.map(
                ({ region, bucket }) =>
                    [region, storeIn(bucket, handleOf(known, `artifactKey:${region}`, platform))] as const,
            ),
        ] as const),
        ready: [],
        made: [],
        rollback: [],
        outputs: {},
    };
}

/** What a stack tells that may be no platform. */
type Told = Partial<Platform>;

/** What is told, when it is all that is needed. */
function complete(shared: SharedPlan, platform: string, { handles, provides }: Told): Platform {
    if (handles === undefined || provides === undefined) {
        throw new pulumi.RunError(
            `the stack ${platform} tells nothing of a platform: bring it up with \`role: platform\` first (pulumi up --stack ${platform})`,
        );
    }
    const missing = provided(shared).filter(name => !provides.includes(name));
    if (missing.length > 0) {
        throw behind(platform, missing);
    }
    return { handles, provides };
}

const storeIn = (bucket: string, keyArn: string) => ({ bucket, keyArn: pulumi.output(keyArn) });

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
