import { makesShared } from "./part";
import type { FleetPlan } from "./plan";

/** What weakens all services, in words. */
export function fleetWeaknesses(plan: FleetPlan): string[] {
    const { protect, shared, allowedPlainText, skipVerification } = plan;
    return makesShared(plan)
        ? [
              ...(protect ? [] : ["nothing is protected from deletion (protect: false)"]),
              ...(skipVerification === undefined
                  ? []
                  : [`no artifact is verified before it is used: ${skipVerification}`]),
              ...[shared.store, ...shared.stores].flatMap(({ region, accessLogs }) =>
                  accessLogs === undefined
                      ? [`nobody logs who reads the artifacts in ${region} (accessLogs names no bucket)`]
                      : [],
              ),
              ...(shared.operations.audit === undefined
                  ? ["nobody keeps who approved, started, stopped or edited what (operations.audit: false)"]
                  : []),
              ...allowedPlainText.map(
                  ({ path, sha256 = "", reason }) =>
                      `${path ?? `the text with the SHA-256 ${sha256.slice(0, 12)}…`} is taken for no secret: ${reason}`,
              ),
              ...shared.network.extraEgress.map(
                  ({ port, cidrBlock, reason }) => `builds may connect to ${cidrBlock} port ${port}: ${reason}`,
              ),
          ]
        : [];
}
