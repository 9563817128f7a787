import { consoleDomain } from "../../catalog/arn";
import { clones } from "../../blueprint/network-needs";
import { permissionsOf } from "../../blueprint/permissions/view";
import type { FleetPlan } from "../../blueprint/plan";
import type { AwsCli } from "./aws-cli";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** A connection that the stack uses. */
interface Used {
    /** As a finding names it. */
    readonly name: string;
    readonly region: string;
    readonly account: string;
    /** Whether the stack makes it, so that it need not be there yet. */
    readonly made: boolean;
    readonly is: (listed: Readonly<Record<string, unknown>>) => boolean;
}

/**
 * What tells one connection from another. One that was made before July 2024 has `codestar-connections` in its ARN, and is the same by
 * either name.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
const identity = (arn: string) => arn.split(":").slice(3).join(":");

const arnOf = ({ ConnectionArn: arn }: Readonly<Record<string, unknown>>) => (typeof arn === "string" ? arn : "");

/**
 * How it stands with the connections to repositories: a new one is pending until somebody confirms it in the console.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_ListConnections.html
 */
export const connectionFindings = (plan: FleetPlan, aws: AwsCli): Finding[] => {
    const regions = new Map<string, ReturnType<AwsCli>>();
    return usedBy(plan).map(used => {
        const { region } = used;
        const said = regions.get(region) ?? aws(["codeconnections", "list-connections"], region, "Connections");
        regions.set(region, said);
        if ("why" in said) {
            return unlooked(used, said.why, said.remedy);
        }
        const listed = said.items.find(used.is);
        return listed === undefined ? missing(used, plan) : statusFinding(used, listed.ConnectionStatus);
    });
};

/** Both those that the stack makes and those that it names by their ARN. */
function usedBy({ home, shared, ...plan }: FleetPlan): Used[] {
    const arns = permissionsOf({ home, shared, ...plan }).flatMap(({ statements }) =>
        statements.filter(({ Action }) => Action.some(clones)).flatMap(({ Resource }) => Resource),
    );
    return [
        ...shared.connections.map(({ key, name }) => ({
            name: key,
            ...home,
            made: true,
            // The name is the account's own; credentials of another account have other connections.
            is: (listed: Readonly<Record<string, unknown>>) =>
                listed.ConnectionName === name && arnOf(listed).split(":")[4] === home.account,
        })),
        ...[...new Set(arns.filter(arn => arn.startsWith("arn:")))].sort().map(arn => {
            const [, , , region, account] = arn.split(":");
            const is = (listed: Readonly<Record<string, unknown>>) => identity(arnOf(listed)) === identity(arn);
            return { name: arn, region, account, made: false, is };
        }),
    ];
}

const what = "connections";

/** Where somebody looks at the connections of a region, and confirms them. */
const consoleOf = (region: string) =>
    `https://${region}.${consoleDomain(region)}/codesuite/settings/connections?region=${region}`;

const confirm = (region: string) =>
    `somebody confirms it in the console of ${region}, by "Update pending connection": ${consoleOf(region)}`;

function statusFinding({ name, region }: Used, status: unknown): Finding {
    switch (status) {
        case "AVAILABLE":
            return ok(what, `${name} is AVAILABLE`);
        case "PENDING":
            return toDo(what, `${name} is PENDING, and nothing starts until it is confirmed`, confirm(region));
        case "ERROR":
            return toDo(
                what,
                `${name} is in state ERROR, and nothing starts`,
                `make it anew, or see what the console says of it: ${consoleOf(region)}`,
            );
        default:
            return notKnown(what, `${name} is in a state that is not known here: ${shown(status)}`, consoleOf(region));
    }
}

const shown = (value: unknown) => (typeof value === "string" ? value.slice(0, 40) : "none");

function missing({ name, region, account, made }: Used, { home, stack }: FleetPlan): Finding {
    if (made) {
        return ok(what, `${name} is not there yet: \`pulumi up\` makes it, and then ${confirm(region)}`);
    }
    return account === home.account
        ? toDo(
              what,
              `${name} is not there, and the stack ${stack} names it`,
              `name one that is there, or let the stack make it with \`provider\`; those of ${region}: ${consoleOf(region)}`,
          )
        : notKnown(
              what,
              `${name} is of the account ${account}, and not in the list of ${home.account}`,
              `ask there: ${command(region)}`,
          );
}

const command = (region: string) => `\`aws codeconnections list-connections --region ${region}\``;

const unlooked = ({ name, region }: Used, why: string, remedy?: string): Finding =>
    notKnown(
        what,
        `whether ${name} is confirmed (${why}); until then nothing starts`,
        `${remedy === undefined ? "" : `${remedy}; `}${command(region)} says it, and where it says PENDING, ${confirm(region)}`,
    );
