import type { EndpointName } from "../../catalog/endpoints";
import type { Problem } from "../../catalog/problem";
import { longestEndpointPolicy } from "../endpoint-policies";
import { isIsolated, lacking, missingEndpoints, networkProblems } from "../network";
import { callersOf, needsOf, outOfReach, type Need } from "../network-needs";
import type { FleetPlan } from "../plan";
import { policyDocument } from "../policy";
import { actionsOf } from "./each";
import type { FleetRule } from "./rule";

/** What endpoints a network lacks for `needs`, each once, with the first project that needs it; those of `said` are told of elsewhere. */
function missingFor(fleet: FleetPlan, needs: readonly Need[], said: readonly EndpointName[]): Problem[] {
    const told = new Set(said);
    return needs.flatMap(({ endpoints, project, what }) => {
        const missing = lacking(fleet.shared.network, endpoints).filter(endpoint => !told.has(endpoint));
        missing.forEach(endpoint => told.add(endpoint));
        return missingEndpoints(missing, `the project ${project.physicalName} ${what}`);
    });
}

const isCertain = ({ assumed }: Need) => assumed !== true;

/** What a network cannot be, what builds miss in it, and what would go around it. */
export const networkRules: readonly FleetRule[] = [
    {
        name: "network",
        severity: "error",
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html; Pulumi refuses two resources with one URN",
        check: ({ shared }) => networkProblems(shared.network),
    },
    {
        name: "endpoints-of-builds",
        severity: "error",
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html; https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html; https://docs.aws.amazon.com/codeartifact/latest/ug/create-vpc-endpoints.html",
        // Those of every build the rule `network` asks for.
        check: fleet => missingFor(fleet, needsOf(fleet.pipelines).filter(isCertain), ["s3", "logs"]),
    },
    {
        name: "endpoints-perhaps",
        severity: "warning",
        source: "no page of AWS says that builds call it from inside the network, nor that they do not",
        check: fleet => {
            const needs = needsOf(fleet.pipelines);
            const certain = needs.filter(isCertain).flatMap(({ endpoints }) => endpoints);
            return missingFor(
                fleet,
                needs.filter(need => !isCertain(need)),
                certain,
            );
        },
    },
    {
        name: "endpoint-policies",
        severity: "error",
        source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
        check: ({ shared }) =>
            shared.network.endpoints.flatMap(({ endpoint, policy = [] }) => {
                const { length } = JSON.stringify(policyDocument(policy));
                return length <= longestEndpointPolicy
                    ? []
                    : [
                          {
                              path: ["network", "create", "endpoints"],
                              message: `the policy of the endpoint ${endpoint} has ${length} of at most ${longestEndpointPolicy} characters: builds are allowed too many resources of other accounts by name; spread the services over several stacks`,
                          },
                      ];
            }),
    },
    {
        name: "builds-without-internet",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html",
        check: fleet =>
            isIsolated(fleet.shared.network) && callersOf(fleet.pipelines).length > 0
                ? [
                      {
                          path: ["network", "create", "natGateways"],
                          message:
                              "builds have no way to the internet: package registries and other servers there are out of reach",
                      },
                  ]
                : [],
    },
    {
        name: "out-of-reach",
        severity: "warning",
        source: "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html; https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html (no requests to other regions)",
        check: ({ home, shared, pipelines }) =>
            isIsolated(shared.network)
                ? outOfReach(pipelines, home.region).map(({ service, project, what }) => ({
                      path: ["services", service],
                      message: `the project ${project.physicalName} ${what}: it fails there, as builds have no way to the internet (network.create.natGateways: None)`,
                  }))
                : [],
    },
    {
        name: "outside-the-network",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html; each action's own page",
        check: ({ shared, pipelines }) =>
            pipelines
                .filter(() => isIsolated(shared.network))
                .flatMap(actionsOf)
                .flatMap(({ name, action, path }) =>
                    action.outsideVpc === undefined
                        ? []
                        : [
                              {
                                  path,
                                  message: `expected nothing outside the build network, which lets builds reach AWS alone (network.create.natGateways: None), found the action ${name}: ${action.outsideVpc}; leave it out, or give the network a NAT gateway`,
                              },
                          ],
                ),
    },
];
