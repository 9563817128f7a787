import type { BuildNetwork, BuildProjectPlan } from "../../catalog/plan";
import { Reference, shown } from "../../catalog/reference";
import { secretsOf, variablesOf } from "../action-variables";
import type { ActionPlan } from "../plan";
import { protects, type Fact } from "./fact";

/** `{ what, text }`, where there is a text. */
const setting = (what: string, text: string | number | undefined): Fact[] =>
    text === undefined ? [] : [{ what, text: String(text) }];

const minutes = (count: number | undefined) => (count === undefined ? undefined : `${count} min`);

/**
 * What a build is, and what it is given: secrets by name, never by value. That it runs privileged, and why, the pipeline's
 * weaknesses say.
 */
export function buildFacts(action: ActionPlan, project: BuildProjectPlan | undefined): Fact[] {
    const variables = variablesOf(action, project);
    return [
        ...(project === undefined ? [] : projectFacts(project)),
        ...variables
            .filter(({ type }) => type === "PLAINTEXT")
            .map(({ name, value }): Fact => ({ what: "variable", name, text: value })),
        ...secretsOf(variables).map(({ variable, kept, name }): Fact => ({
            what: "secret",
            name: variable,
            text: `${name} of ${kept}`,
        })),
    ];
}

/** Settings of a CodeBuild project. */
function projectFacts(project: BuildProjectPlan): Fact[] {
    const { buildspec, image, environmentType, computeType, cacheLocation, network, batch } = project;
    return [
        ...setting("image", image),
        ...setting("machine", `${environmentType} ${computeType}`),
        { what: "buildspec", text: buildspec, lines: true },
        ...setting("longest time", minutes(project.timeoutMinutes)),
        ...setting("longest wait for a machine", minutes(project.queuedTimeoutMinutes)),
        ...setting("cache", cacheLocation),
        ...(network === undefined ? [] : [{ what: "build network", text: networkText(network), weaker: protects }]),
        ...(batch === undefined
            ? []
            : [
                  {
                      what: "batch",
                      text: [
                          ...batch.computeTypes,
                          ...(batch.mostBuilds === undefined ? [] : [`at most ${batch.mostBuilds} builds`]),
                          ...(batch.timeoutMinutes === undefined ? [] : [`${batch.timeoutMinutes} min`]),
                      ].join(", "),
                  },
              ]),
    ];
}

const networkText = ({ vpcId, subnetIds }: BuildNetwork) =>
    vpcId instanceof Reference
        ? `the stack's own, ${subnetIds.length} subnets`
        : [vpcId, ...subnetIds].map(shown).join(", ");
