import type { FleetPlan } from "../../blueprint/plan";
import { quotasOf, sharedMachines } from "../../blueprint/quotas";
import { headroom } from "../../blueprint/rules/quotas";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** What the stack takes of AWS's default quotas; the account's own limits no client that is installed here can tell. */
export function quotaFindings(plan: FleetPlan): Finding[] {
    const taken = quotasOf(plan).filter(({ used }) => used > 0);
    const near = taken.filter(({ used, limit }) => used >= headroom * limit);
    const [most] = [...taken].sort((a, b) => b.used / b.limit - a.used / a.limit);
    return [
        ...near.map(({ what, used, limit, adjustable }) =>
            toDo(
                "quotas",
                `${used} of ${limit} ${what}`,
                adjustable
                    ? "ask AWS for more in Service Quotas, which takes days, or spread the services over several stacks and accounts"
                    : "AWS raises it for nobody: spread the services over several stacks and accounts",
            ),
        ),
        ...(near.length === 0
            ? [
                  ok(
                      "quotas",
                      most === undefined
                          ? "the stack takes nothing that is limited"
                          : `all below 80 % of AWS's defaults, with this stack alone; nearest: ${most.used} of ${most.limit} ${most.what}`,
                  ),
              ]
            : []),
        ...(sharedMachines(plan).length === 0
            ? []
            : [
                  notKnown(
                      "quotas",
                      "how many builds the account may run at once: as few as 1 in a new one",
                      `\`aws service-quotas list-service-quotas --service-code codebuild --region ${plan.home.region}\``,
                  ),
              ]),
    ];
}
