import type { SSMClient } from "@aws-sdk/client-ssm";
import { permissionsOf } from "../../blueprint/permissions/view";
import type { FleetPlan } from "../../blueprint/plan";
import { checkAccount } from "../freezes";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** Errors of the SDK that mean that there are no credentials, or none that hold. */
const none = [
    "CredentialsProviderError",
    "ExpiredTokenException",
    "ExpiredToken",
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "TokenProviderError",
];

/** Whose the AWS credentials are. */
export async function credentialsFinding({ home, stack }: FleetPlan, ssm: SSMClient): Promise<Finding> {
    const what = "AWS account";
    try {
        await checkAccount(home.account, ssm);
        return ok(what, `credentials of ${home.account}, which the stack ${stack} is in`);
    } catch (error) {
        const { name, message } = error as Error;
        if (none.includes(name)) {
            return toDo(
                what,
                `no credentials that hold: ${message}`,
                `log in to the account ${home.account}, for example with \`aws sso login\` and AWS_PROFILE`,
            );
        }
        // Of a connection that fails there is a code, and of an answer of AWS what it was about.
        const other = !("code" in (error as Error)) && !("$metadata" in (error as Error));
        return name === "Error" && other
            ? toDo(what, message, `take credentials of ${home.account}, for example with AWS_PROFILE`)
            : notKnown(what, `${name}: ${message}`, "`aws sts get-caller-identity` says whose they are");
    }
}

/**
 * Connections to repositories: a new one is pending until somebody confirms it in the console. To ask for it takes a client that is not
 * installed here.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export function connectionFindings(plan: FleetPlan): Finding[] {
    const { region } = plan.home;
    const used = permissionsOf(plan).flatMap(({ statements }) =>
        statements
            .filter(({ Action }) =>
                Action.some(action => /^(codeconnections|codestar-connections):UseConnection$/.test(action)),
            )
            .flatMap(({ Resource }) => Resource),
    );
    const existing = [...new Set(used.filter(arn => arn.startsWith("arn:")))].sort();
    const confirm =
        "where it says PENDING, somebody confirms it in the console: Developer Tools, Settings, Connections, Update pending connection";
    return [
        ...plan.shared.connections.map(({ key, name }) =>
            notKnown(
                "connections",
                `whether ${key} is confirmed; until then nothing starts`,
                `\`aws codeconnections list-connections --region ${region} --query "Connections[?ConnectionName=='${name}'].ConnectionStatus"\`; ${confirm}`,
            ),
        ),
        ...existing.map(arn =>
            notKnown(
                "connections",
                `whether ${arn} is confirmed; until then nothing starts`,
                `\`aws codeconnections get-connection --region ${arn.split(":")[3]} --connection-arn ${arn} --query Connection.ConnectionStatus\`; ${confirm}`,
            ),
        ),
    ];
}
