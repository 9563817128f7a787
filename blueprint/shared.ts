import { arn } from "../catalog/arn";
import { customCategories, definitionOf } from "../catalog/custom-actions";
import type { FleetConfig } from "../config/fleet-config";
import { checkFunction } from "./check";
import { deployRolePatterns } from "./deploy-roles";
import { planNetwork } from "./network-plan";
import { planOperations } from "./operations";
import { planPackages } from "./packages";
import { integrityFunctions } from "./integrity/functions";
import { signingKeyOf } from "./integrity/signing-key";
import type { Ground } from "./place";
import type { ApprovalTopicPlan, PipelinePlan, SharedPlan } from "./plan";
import { storeOf } from "./store";
import { approvalActionName, approvalStageName, approvalTopic, topicArnOf } from "./approval-stage";

/** What all services share; of the pipelines only what decides how the shared things are asked for, never their list. */
export function planShared(config: FleetConfig, ground: Ground, pipelines: readonly PipelinePlan[]): SharedPlan {
    const { names } = ground;
    const checks = [...checkFunction(config, ground, pipelines), ...integrityFunctions(config, ground, pipelines)];
    const signingKey = signingKeyOf(ground, checks);
    const { functions: ofOperations, operations } = planOperations(config, ground, pipelines, checks);
    const functions = [...checks, ...ofOperations];
    const network = planNetwork(config, ground, pipelines);
    const logGroups = [
        ground.logGroup,
        ...(network.flowLog === undefined ? [] : [network.flowLog.group]),
        ...functions.map(({ logs }) => logs.group),
        ...(operations.audit === undefined ? [] : [operations.audit.group]),
    ];
    const readers = [
        ...new Set([
            ...deployRolePatterns(config),
            ...pipelines.flatMap(({ stages }) =>
                stages.flatMap(({ actions }) => actions.flatMap(({ readers: more = [] }) => more)),
            ),
        ]),
    ];
    return {
        network,
        store: storeOf(config, ground, ground.home.region, readers, logGroups, signingKey !== undefined),
        stores: ground.regions.map(region => storeOf(config, ground, region, readers, [])),
        ...(signingKey && { signingKey }),
        logs: { group: ground.logGroup, days: config.retention.logDays },
        connections: Object.entries(config.connections)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([key, connection]) =>
                "arn" in connection
                    ? []
                    : [
                          {
                              key,
                              name: names.connection(key),
                              provider: connection.provider,
                              ...(connection.host !== undefined && { host: connection.host }),
                          },
                      ],
            ),
        customActions: Object.entries(config.customActions)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([key, settings]) => {
                const definition = definitionOf(settings);
                const { provider, version } = settings;
                const category = customCategories[settings.category];
                return definition === undefined ? [] : [{ key, category, provider, version, definition }];
            }),
        ...planPackages(config, ground, pipelines),
        approvals: approvalTopics(config, ground, pipelines),
        functions,
        operations,
    };
}

/** Environments that some service asks before, in their order, each with everybody who is asked. */
function approvalTopics(config: FleetConfig, ground: Ground, pipelines: readonly PipelinePlan[]): ApprovalTopicPlan[] {
    return config.environments.flatMap(({ name }) => {
        const asked = pipelines.flatMap(({ stages }) =>
            stages.flatMap(({ approval }) => (approval?.environment === name ? [approval] : [])),
        );
        if (asked.length === 0) {
            return [];
        }
        const pipelineArns = arn("codepipeline", ground.names.everything, ground.home);
        return [
            {
                environment: name,
                name: approvalTopic(ground, name),
                arn: topicArnOf(ground, name),
                notify: [...new Set(asked.flatMap(({ notify }) => notify))].sort(),
                policyName: ground.names.shared(128, "approve", name),
                statements: [
                    {
                        Sid: "AnswerApprovals",
                        Effect: "Allow",
                        Action: ["codepipeline:PutApprovalResult"],
                        Resource: [`${pipelineArns}/${approvalStageName(name)}/${approvalActionName}`],
                    },
                    {
                        Sid: "SeeWhatIsAsked",
                        Effect: "Allow",
                        Action: [
                            "codepipeline:GetPipeline",
                            "codepipeline:GetPipelineExecution",
                            "codepipeline:GetPipelineState",
                        ],
                        Resource: [pipelineArns],
                    },
                ],
            },
        ];
    });
}
