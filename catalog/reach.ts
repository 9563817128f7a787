import type { ActionType } from "./plan";

/** How far from its pipeline an action of AWS can work. */
export interface Reach {
    /**
     * In another account: `role` when the action's role is of that account; `home` when it cannot, or is performed at home by
     * construction; `unsaid` when AWS's pages leave open whether it can.
     */
    readonly account: "role" | "home" | "unsaid";

    /** In another region than the pipeline's. */
    readonly region: boolean;

    /** What limits it, and what to do instead, in words. */
    readonly note: string;
    readonly source: string;
}

const guide = "https://docs.aws.amazon.com/codepipeline/latest/userguide";
const acrossAccounts = `${guide}/pipelines-create-cross-account.html`;
const acrossRegions = `${guide}/actions-create-cross-region.html`;

const byRole = (page: string, note = "the deploy role is of the other account"): Reach => ({
    account: "role",
    region: true,
    note,
    source: `${acrossAccounts}; ${acrossRegions}; ${guide}/${page}.html`,
});

const source = (page: string, note: string): Reach => ({
    account: "home",
    region: false,
    note,
    source: `${acrossRegions}; ${guide}/${page}.html`,
});

const ofBuilds: Reach = {
    account: "home",
    region: false,
    note: "a build in another account hands nothing on; builds run at home and assume the deploy role",
    source: acrossAccounts,
};

/** The reach of each action, by category and provider. */
export const reaches: Readonly<Record<string, Reach>> = {
    "Source/S3": source(
        "action-reference-S3",
        "a bucket's policy may let the pipeline's role read from another account",
    ),
    "Source/CodeCommit": source("action-reference-CodeCommit", "mirror the repository, or take a connection"),
    "Source/ECR": source("action-reference-ECR", "copy the image into a repository of the pipeline's account"),
    "Source/CodeStarSourceConnection": source(
        "action-reference-CodestarConnectionSource",
        "connections are shared between regions, hosts are not",
    ),
    "Build/CodeBuild": ofBuilds,
    "Test/CodeBuild": ofBuilds,
    "Compute/Commands": {
        account: "home",
        region: false,
        note: "take a step of the type script, which assumes the deploy role",
        source: `${guide}/action-reference-Commands.html`,
    },
    "Invoke/InspectorScan": {
        account: "home",
        region: false,
        note: "it scans what the pipeline holds, which is at home",
        source: `${guide}/action-reference-InspectorScan.html`,
    },
    "Approval/Manual": {
        account: "home",
        region: false,
        note: "people answer in the pipeline's account",
        source: `${guide}/approvals.html`,
    },
    "Invoke/CodePipeline": {
        account: "home",
        region: false,
        note: "start another account's pipeline by a script that assumes a role there",
        source: `${guide}/action-reference-CodePipeline.html`,
    },
    "Invoke/Lambda": byRole(
        "action-reference-Lambda",
        "the function is of the deploy role's account; without one of the pipeline's",
    ),
    "Invoke/StepFunctions": byRole("action-reference-StepFunctions"),
    "Deploy/CloudFormation": byRole(
        "action-reference-CloudFormation",
        "the execution role is of the other account as well",
    ),
    "Deploy/CloudFormationStackSet": byRole(
        "action-reference-StackSets",
        "a stack set reaches further accounts itself, by its own permissions",
    ),
    "Deploy/CloudFormationStackInstances": byRole(
        "action-reference-StackSets",
        "a stack set reaches further accounts itself, by its own permissions",
    ),
    "Deploy/CodeDeploy": byRole(
        "action-reference-CodeDeploy",
        "the instances read the artifact with roles of their own",
    ),
    "Deploy/CodeDeployToECS": byRole("action-reference-ECSbluegreen"),
    "Deploy/ECS": byRole("action-reference-ECS", "images are pulled from a repository that lets the account in"),
    "Deploy/ElasticBeanstalk": byRole("integrations-action-type"),
    "Deploy/Lambda": byRole("action-reference-LambdaDeploy"),
    "Deploy/S3": byRole("action-reference-S3Deploy", "without a canned ACL the objects belong to whoever wrote them"),
    "Deploy/ServiceCatalog": byRole("action-reference-ServiceCatalog", "the product is of the deploy role's account"),
    "Deploy/EC2": byRole("action-reference-EC2Deploy", "the instances' roles are the environment's `artifactReaders`"),
    "Deploy/AppConfig": {
        account: "unsaid",
        region: true,
        note: "AWS does not say whether a configuration profile of another account can read from the pipeline: deploy with a script",
        source: `${guide}/action-reference-AppConfig.html`,
    },
    "Deploy/EKS": {
        account: "unsaid",
        region: true,
        note: "it runs on compute that CodePipeline manages in its own account, as commands do, which reach no other: try it, or deploy with a script",
        source: `${guide}/action-reference-EKS.html`,
    },
};

/** How far `action` reaches; what is not of AWS works where the pipeline is. */
export const reachOf = ({ owner, category, provider }: ActionType): Reach | undefined =>
    owner === "AWS" ? reaches[`${category}/${provider}`] : undefined;
