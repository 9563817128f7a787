import type { Location } from "../catalog/arn";
import { keyPattern } from "../catalog/words";
import { filled, parse, single, type Report } from "./parse";
import { environment as schema } from "./schema";
import type { EnvironmentWords } from "./service";
import { valueAt } from "./issues";

/** Reads the list of environments; one that is broken stays in it by its name, so that nothing else seems to miss it. */
export function readEnvironments(raw: unknown, home: Location, report: Report): EnvironmentWords[] {
    if (!Array.isArray(raw) || raw.length === 0) {
        report({
            path: ["environments"],
            message: `${raw === undefined ? "missing; " : ""}expected a list of at least one environment, each with a \`name\`${
                typeof raw === "object" && raw !== null && !Array.isArray(raw)
                    ? ", found a map: its order would be lost, and the order is that of promotion"
                    : ""
            }`,
        });
        return [];
    }
    const seen = new Map<string, number>();
    return raw.flatMap((entry: unknown, index): EnvironmentWords[] => {
        const path = ["environments", index];
        const name = valueAt(entry, ["name"]);
        if (typeof name === "string") {
            const first = seen.get(name);
            if (first !== undefined) {
                report({
                    path: [...path, "name"],
                    message: `duplicate name ${JSON.stringify(name)}: environments[${first}] has it already`,
                });
            }
            seen.set(name, first ?? index);
        }
        const read = parse(schema, single(entry, path), report);
        if (read === undefined) {
            return typeof name === "string" && keyPattern.test(name)
                ? [{ name, ...home, path, before: [], after: [], onFailure: "stop", rawApproval: undefined }]
                : [];
        }
        const account = read.account ?? home.account;
        const values = { environment: read.name, account, region: home.region };
        const { deployRoleArn } =
            read.deployRoleArn === undefined
                ? { deployRoleArn: undefined }
                : filled(schema, { deployRoleArn: read.deployRoleArn }, { values }, report, below => [
                      ...path,
                      ...below,
                  ]);
        checkDeployRole({ account, home, deployRoleArn }, problem =>
            report({ ...problem, path: [...path, ...problem.path] }),
        );
        return [
            {
                name: read.name,
                account,
                region: home.region,
                ...(deployRoleArn !== undefined && { deployRoleArn }),
                path,
                before: read.before,
                after: read.after,
                onFailure: read.onFailure,
                rawApproval: valueAt(entry, ["approval"]),
                ...(read.approval && { approval: read.approval }),
            },
        ];
    });
}

/** Another account's resources can be reached only through a role of that account. */
function checkDeployRole(
    { account, home, deployRoleArn }: { account: string; home: Location; deployRoleArn: string | undefined },
    report: Report,
): void {
    if (deployRoleArn === undefined) {
        if (account !== home.account) {
            report({
                path: ["deployRoleArn"],
                message: `missing; the environment is in account ${account}, the pipeline in ${home.account}: expected a role of ${account}`,
            });
        }
    } else if (deployRoleArn.split(":")[4] !== account) {
        report({
            path: ["deployRoleArn"],
            message: `expected a role of the environment's account ${account}, found ${JSON.stringify(deployRoleArn)}`,
        });
    }
}
