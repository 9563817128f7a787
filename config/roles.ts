import { partitionOf, type Location } from "../catalog/arn";
import type { FleetConfig } from "./fleet-config";
import type { Report } from "./parse";

/** `boundary` in `account`: a policy binds roles of its own account alone, or is one of AWS's. */
export const boundaryIn = (boundary: string, account: string): string => boundary.replace("{account}", account);

/** Reports what the schema of `roles` cannot say. */
export function checkRoles({ boundary }: FleetConfig["roles"], home: Location, report: Report): void {
    if (boundary === undefined) {
        return;
    }
    const [, partition, , , owner] = boundary.split(":");
    const refuse = (expected: string) =>
        report({
            path: ["roles", "boundary"],
            message: `expected ${expected}, found ${JSON.stringify(boundary)}`,
        });
    if (partition !== partitionOf(home.region)) {
        refuse(`a policy that begins with "arn:${partitionOf(home.region)}:", as all of ${home.region} do`);
    } else if (![home.account, "aws", "{account}"].includes(owner)) {
        refuse(`a policy of the pipelines' account ${home.account}, or of {account}, or AWS's own`);
    }
}
