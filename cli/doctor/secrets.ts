import { DescribeSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, type SSMClient } from "@aws-sdk/client-ssm";
import type { FleetPlan } from "../../blueprint/plan";
import { permissionsOf } from "../../blueprint/permissions/view";
import { inTurn } from "../status/in-turn";
import { atOnce } from "../reading";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** Something that the stack names, which somebody has to have made. */
export interface Named {
    readonly kind: "secret" | "parameter";
    /** As AWS is asked for it. */
    readonly name: string;
    readonly account: string;
    readonly region: string;
}

const kinds = {
    "secretsmanager:GetSecretValue": { kind: "secret", resource: /^secret:(.+?)(?:-\?{6})?$/ },
    "ssm:GetParameters": { kind: "parameter", resource: /^parameter(\/.+)$/ },
} as const;

/** Secrets and parameters that roles of `plan` may read by name: who names one reads it with a role that is made here. */
export function namedBy(plan: FleetPlan): Named[] {
    const all = permissionsOf(plan).flatMap(({ statements }) =>
        statements.flatMap(({ Action, Resource }) =>
            Object.entries(kinds)
                .filter(([action]) => Action.includes(action))
                .flatMap(([, kind]) => Resource.flatMap(arn => namedIn(arn, kind))),
        ),
    );
    const unique = new Map(all.map(one => [Object.values(one).join(" "), one]));
    return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function namedIn(arn: string, { kind, resource }: (typeof kinds)[keyof typeof kinds]): Named[] {
    const [, , , region = "", account = "", ...rest] = arn.split(":");
    const [, name] = resource.exec(rest.join(":")) ?? [];
    // Whoever may read all below a path names none of them.
    if (name === undefined || name.includes("*")) {
        return [];
    }
    if (kind === "parameter") {
        return [{ kind, name, account, region }];
    }
    // A secret that is named by its whole ARN has the characters behind its name that AWS has put there.
    return [{ kind, name: arn.endsWith("-??????") ? name : arn, account, region }];
}

/** Whether it is there. */
async function exists({ kind, name }: Named, clients: SecretClients): Promise<boolean> {
    if (kind === "secret") {
        try {
            // What it is, and not its value.
            const { DeletedDate } = await clients.secrets.send(new DescribeSecretCommand({ SecretId: name }));
            return DeletedDate === undefined;
        } catch (error) {
            if ((error as Error).name === "ResourceNotFoundException") {
                return false;
            }
            throw error;
        }
    }
    // An ARN does not tell whether the name of a parameter of one level begins with a slash.
    const names = name.lastIndexOf("/") === 0 ? [name, name.slice(1)] : [name];
    const { Parameters = [] } = await clients.ssm.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: names }] }),
    );
    return Parameters.length > 0;
}

/** Clients of one region. */
export interface SecretClients {
    readonly secrets: SecretsManagerClient;
    readonly ssm: SSMClient;
}

/**
 * Which secrets and parameters that the stack names are not there. Their values are never asked for.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
 */
export async function secretFindings(
    { home }: FleetPlan,
    named: readonly Named[],
    clients: (region: string) => SecretClients,
): Promise<Finding[]> {
    const own = named.filter(({ account }) => account === home.account);
    const foreign = named.filter(({ account }) => account !== home.account);
    const looked = await inTurn(own, atOnce, async one => {
        try {
            return (await exists(one, clients(one.region)))
                ? ("there" as const)
                : toDo("secrets", missing(one), make(one));
        } catch (error) {
            return notKnown("secrets", `${one.kind} ${one.name}: ${(error as Error).name}`, look(one));
        }
    });
    const there = looked.filter(one => one === "there").length;
    return [
        ...(there === 0 ? [] : [ok("secrets", `${there} of ${named.length} that the stack names are there`)]),
        ...looked.filter(one => one !== "there"),
        ...foreign.map(one =>
            notKnown("secrets", `${one.kind} ${one.name} is of the account ${one.account}`, look(one)),
        ),
    ];
}

const missing = ({ kind, name }: Named) => `${kind} ${name} is not there, and the stack names it`;

const make = ({ kind, name, region }: Named) =>
    kind === "secret"
        ? `make it with \`aws secretsmanager create-secret --region ${region} --name ${name}\`, and put its value into it (docs/how-to/secrets.md)`
        : `make it with \`aws ssm put-parameter --region ${region} --type SecureString --name ${name} --value …\` (docs/how-to/secrets.md)`;

/** How somebody else can look. */
export const look = ({ kind, name, region }: Named) =>
    kind === "secret"
        ? `\`aws secretsmanager describe-secret --region ${region} --secret-id ${name}\``
        : `\`aws ssm describe-parameters --region ${region} --parameter-filters Key=Name,Values=${name}\``;
