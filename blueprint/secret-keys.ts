import { one, viaService } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import type { ComponentPlan } from "../catalog/plan";
import type { Ground } from "./place";
import { roleArn, type RoleTerms } from "./role-terms";

/** Services that keep secrets: how they are read, and what in the context of its encryption says which one it is. */
const keepers = [
    { service: "secretsmanager", action: "secretsmanager:GetSecretValue", context: "SecretARN", sid: "OpenSecrets" },
    { service: "ssm", action: "ssm:GetParameters", context: "PARAMETER_ARN", sid: "OpenParameters" },
] as const;

/** Of an ARN, as {@link String.split} gives it. */
const regionOf = (named: string) => named.split(":")[3];
const accountOf = (named: string) => named.split(":")[4];

/** ARNs of the secrets that `grants` read by `action`; what the stack file's `permissions` grant has a reason, and keys of its own. */
const read = (grants: readonly Grant[], action: string): string[] => [
    ...new Set(
        grants
            .filter(({ actions, reason }) => reason === undefined && actions.includes(action))
            .flatMap(({ resources }) => resources)
            .filter(named => typeof named === "string"),
    ),
];

/**
 * Using the stack's `secretKeys` for exactly the secrets that `grants` read: through the service that keeps them, and for
 * nothing else that is encrypted with the same key.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html (SecretARN)
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html (PARAMETER_ARN)
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function openSecrets(grants: readonly Grant[], { secretKeys }: Pick<Ground, "secretKeys">): Grant[] {
    if (secretKeys.length === 0) {
        return [];
    }
    return keepers.flatMap(({ service, action, context, sid }) => {
        const secrets = read(grants, action);
        return [...new Set(secrets.map(regionOf))].flatMap(region => {
            const keys = secretKeys.filter(key => regionOf(key) === region);
            return keys.length === 0
                ? []
                : [
                      allow(sid, ["kms:Decrypt"], keys, {
                          StringEquals: { "kms:ViaService": one(viaService(service, region)) },
                          // The end of a name without ARN is not known: `secret:orders/db-??????`.
                          StringLike: {
                              [`kms:EncryptionContext:${context}`]: secrets.filter(
                                  secret => regionOf(secret) === region,
                              ),
                          },
                      }),
                  ];
        });
    });
}

/** `component` with what its role needs to open the secrets that it reads. */
export function withSecretKeys(component: ComponentPlan, ground: Pick<Ground, "secretKeys">): ComponentPlan {
    if (component.component !== "BuildProject") {
        return component;
    }
    const opening = openSecrets(component.grants, ground);
    return opening.length === 0 ? component : { ...component, grants: [...component.grants, ...opening] };
}

/**
 * What other accounts have to let the role `roleName` do, which reads secrets by `grants`, in words.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
export function foreignSecrets(
    grants: readonly Grant[],
    roleName: string,
    ground: Pick<Ground, "secretKeys"> & { readonly roles: Pick<RoleTerms, "path" | "home"> },
) {
    const role = roleArn(ground.roles, roleName);
    const isForeign = (named: string) => accountOf(named) !== ground.roles.home.account;
    const throughOf = (sid: string, key: string) =>
        keepers.filter(keeper => keeper.sid === sid).flatMap(({ service }) => viaService(service, regionOf(key)));
    const opening = openSecrets(grants, ground).flatMap(({ resources, sid }) =>
        resources
            .filter(key => typeof key === "string")
            .filter(isForeign)
            .map(
                key =>
                    `the policy of the key ${key} lets ${role} do kms:Decrypt where kms:ViaService is ${throughOf(sid, key).join(" or ")}`,
            ),
    );
    return [
        ...read(grants, "secretsmanager:GetSecretValue")
            .filter(isForeign)
            .map(secret => `the policy of the secret ${secret} lets ${role} do secretsmanager:GetSecretValue`),
        ...opening,
    ];
}
