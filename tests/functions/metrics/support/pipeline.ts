/** An action of the pipeline that is simulated. Those with the same order run at once. */
export interface Action {
    readonly name: string;
    readonly category: "Approval" | "Build" | "Deploy" | "Source" | "Test";
    readonly provider: string;
    readonly order: number;
}

const action = (name: string, category: Action["category"], provider: string, order = 1): Action => ({
    name,
    category,
    provider,
    order,
});

/** A service's pipeline: to staging, and after a yes to prod, where something runs before and after the deploys. */
export const stages: readonly { readonly name: string; readonly actions: readonly Action[] }[] = [
    { name: "Source", actions: [action("source", "Source", "CodeStarSourceConnection")] },
    { name: "Build", actions: [action("build", "Build", "CodeBuild"), action("unit", "Test", "CodeBuild", 2)] },
    { name: "staging", actions: [action("deploy", "Deploy", "ECS"), action("smoke", "Test", "CodeBuild", 2)] },
    { name: "Approve-prod", actions: [action("approve", "Approval", "Manual")] },
    {
        name: "prod",
        actions: [
            action("migrate", "Build", "CodeBuild"),
            action("deploy", "Deploy", "ECS", 2),
            action("deploy--eu", "Deploy", "ECS", 2),
            action("smoke", "Test", "CodeBuild", 3),
        ],
    },
];

export const pipelineName = "shop--orders";

export const production = "prod";

export const settings = {
    environments: [
        { name: "staging", stage: "staging", approvalStage: "Approve-staging" },
        { name: "prod", stage: "prod", approvalStage: "Approve-prod" },
        { name: "dr", stage: "dr", approvalStage: "Approve-dr" },
    ],
    metrics: "stages" as const,
    namespace: "service-pipelines/shop",
    prefix: "shop",
};
