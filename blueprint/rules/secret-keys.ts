import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";

const partsOf = (named: string) => {
    const [, , , region, account] = named.split(":");
    return { region, account };
};

/** Whether the secret `named` is of another account than the pipelines, and the stack names no key that could open it. */
export function isOutOfReach(named: string, { home, secretKeys }: Pick<FleetPlan, "home" | "secretKeys">): boolean {
    const { region, account } = partsOf(named);
    return account !== home.account && !secretKeys.some(key => partsOf(key).region === region);
}

/** What builds cannot read. */
export const secretKeyRules: readonly FleetRule[] = [
    {
        name: "secrets-of-other-accounts",
        severity: "error",
        source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html (the key of another account's secret)",
        check: fleet =>
            fleet.pipelines.flatMap(({ service, components }) => {
                const secrets = components.flatMap(component =>
                    component.component !== "BuildProject"
                        ? []
                        : component.grants
                              .filter(({ sid }) => sid === "ReadNamedSecrets")
                              .flatMap(({ resources }) => resources)
                              .filter(named => typeof named === "string"),
                );
                return [...new Set(secrets)]
                    .filter(named => isOutOfReach(named, fleet))
                    .map(named => ({
                        path: ["services", service],
                        message: `reads ${named}, which is of another account than the pipelines: one that AWS's own key encrypts is never read from there; encrypt it with a key of yours, and name that in \`secretKeys\``,
                    }));
            }),
    },
];
