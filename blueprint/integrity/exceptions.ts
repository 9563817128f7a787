import type { Path, Problem } from "../../catalog/problem";
import type { ServiceConfig, ServiceEnvironment } from "../../config/fleet-config";
import type { Guard } from "./placement";

/** Why nothing is verified, and the part of the stack file that says so. */
export interface Skipping {
    readonly why: string;
    readonly by: "stack" | "service" | "environment";
}

/** What the stages of a service take, by environment. */
export interface Use {
    readonly environment: ServiceEnvironment;
    /** Whether its steps and deploys take artifacts that can be sealed. */
    readonly takes: boolean;
    /** Whether they take files that name images. */
    readonly takesImages: boolean;
    /** Full clones that they take, which cannot be sealed. */
    readonly clones: readonly string[];
}

/** How a service's artifacts are held to what was built. */
export interface IntegrityPlan {
    /** Whether the stack's `skipVerification` takes something away here. */
    readonly skipped: boolean;
    /** Keys that take nothing away. */
    readonly pointless: readonly Problem[];
}

type Words = Pick<ServiceConfig, "skipVerification" | "mutableImages">;

/** Who says that nothing is verified in `environment`; the widest word holds. */
function skippingOf(stack: string | undefined, service: Words, environment: Words): Skipping | undefined {
    if (stack !== undefined) {
        return { why: stack, by: "stack" };
    }
    if (service.skipVerification !== undefined) {
        return { why: service.skipVerification, by: "service" };
    }
    return environment.skipVerification === undefined
        ? undefined
        : { why: environment.skipVerification, by: "environment" };
}

/** What is left of the guard in `environment`. */
export const guardOf = (stack: string | undefined, service: Words, environment: Words): Guard => ({
    verified: skippingOf(stack, service, environment) === undefined,
    pinned: (service.mutableImages ?? environment.mutableImages) === undefined,
});

/** What the keys of a service, and the stack's, take away, in words, and those that take nothing away. */
export function integrityOf(
    stack: string | undefined,
    service: Words & { readonly name: string },
    uses: readonly Use[],
): { readonly integrity: IntegrityPlan; readonly weakens: readonly string[] } {
    const at: Path = ["services", service.name];
    const skipped = uses.flatMap(use => {
        const skipping = skippingOf(stack, service, use.environment);
        return skipping === undefined || !use.takes ? [] : [{ ...skipping, environment: use.environment.name }];
    });
    const left = uses.filter(({ environment }) => skippingOf(stack, service, environment) === undefined);
    const loose = left.flatMap(({ environment, takesImages }) => {
        const why = service.mutableImages ?? environment.mutableImages;
        return takesImages && why !== undefined ? [{ why, environment: environment.name }] : [];
    });
    const unsealed = left.flatMap(({ environment, clones }) =>
        clones.map(clone => ({ why: clone, environment: environment.name })),
    );
    return {
        integrity: {
            skipped: skipped.some(({ by }) => by === "stack"),
            pointless: [
                ...pointless(service, at, {
                    skip: skipped.some(({ by }) => by === "service"),
                    loose: service.mutableImages !== undefined && loose.length > 0,
                }),
                ...uses.flatMap(({ environment }) =>
                    pointless(environment, [...at, "environments", environment.name], {
                        skip: skipped.some(
                            ({ by, environment: name }) => by === "environment" && name === environment.name,
                        ),
                        loose:
                            service.mutableImages === undefined &&
                            loose.some(({ environment: name }) => name === environment.name),
                    }),
                ),
            ],
        },
        weakens: [
            ...grouped(skipped).map(
                ([why, environments]) => `nobody verifies what is deployed to ${environments}: ${why}`,
            ),
            ...grouped(loose).map(
                ([why, environments]) => `images of ${environments} may be named by tags, which can be moved: ${why}`,
            ),
            ...grouped(unsealed).map(
                ([clone, environments]) =>
                    `what steps and deploys of ${environments} take of ${clone} is not sealed: only CodeBuild may take a full clone, and it fetches the commit from the host`,
            ),
        ],
    };
}

/** Environments by the reason that they have in common. */
function grouped(all: readonly { readonly why: string; readonly environment: string }[]): [string, string][] {
    return [...new Set(all.map(({ why }) => why))].map(why => [
        why,
        all
            .filter(one => one.why === why)
            .map(({ environment }) => environment)
            .join(", "),
    ]);
}

/** Problems of the keys of `words` that take nothing away. */
const pointless = (words: Words, at: Path, used: { readonly skip: boolean; readonly loose: boolean }): Problem[] => [
    ...(words.skipVerification !== undefined && !used.skip
        ? [
              {
                  path: [...at, "skipVerification"],
                  message:
                      "there is nothing to skip: no step or deploy here takes an artifact that would be verified; leave it out",
              },
          ]
        : []),
    ...(words.mutableImages !== undefined && !used.loose
        ? [
              {
                  path: [...at, "mutableImages"],
                  message:
                      "there is nothing to allow: no verified artifact here has a file that names images; leave it out",
              },
          ]
        : []),
];
