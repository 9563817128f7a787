import type { FleetPlan, PackageRepositoryPlan } from "../blueprint/plan";
import type { Paint } from "./paint";

/** Package repositories: where their packages come from, and who publishes. */
export function packageLines({ shared }: FleetPlan, paint: Paint): string[] {
    const { packages } = shared;
    return packages === undefined
        ? []
        : [
              paint.heading("Packages"),
              `  the CodeArtifact domain ${packages.domain} of account ${packages.domainOwner} ${packages.made ? "is made, and encrypted with the artifact key for ever" : "exists, and lets this account make repositories"}`,
              ...packages.repositories.map(one => `  ${one.key.padEnd(12)} ${originText(one)}; ${publisherText(one)}`),
              "",
          ];
}

const originText = ({ upstreams, externalConnection }: PackageRepositoryPlan) =>
    externalConnection !== undefined
        ? `takes what it lacks from ${externalConnection}`
        : upstreams.length > 0
          ? `takes what it lacks from ${upstreams.join(", then ")}`
          : "has what is published to it";

const publisherText = ({ publishers }: PackageRepositoryPlan) =>
    publishers.length === 0
        ? "nobody publishes to it"
        : `published to by ${publishers.map(arn => arn.split("/").at(-1)).join(", ")}`;
