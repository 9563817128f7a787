import type { Grant } from "./grant";
import type { Text } from "./reference";

/** Keys that an action's configuration must and may have. */
export interface ConfigurationKeys {
    readonly required: readonly string[];
    readonly optional: readonly string[];
}

/** What kind of action CodePipeline performs, and how many artifacts it takes and makes. */
export interface ActionType {
    readonly category: "Source" | "Build" | "Test" | "Deploy" | "Invoke" | "Approval" | "Compute";
    readonly owner: "AWS" | "ThirdParty" | "Custom";
    readonly provider: string;
    readonly version: string;
    /** Fewest and most input artifacts. */
    readonly inputs: readonly [number, number];
    /** Fewest and most output artifacts. */
    readonly outputs: readonly [number, number];
    /** The keys of its configuration; AWS refuses a pipeline with another one, or without one that is required. */
    readonly configuration: ConfigurationKeys;
    /** Whether it runs in the pipeline's own region, wherever the environment is. @default false */
    readonly homeOnly?: true;
    /** Why it is known to run outside the build network, on machines of AWS's own; absent where it runs in it, or runs nothing. */
    readonly outsideVpc?: string;
    /** Who opens its artifact beside the role that performs it, in words; their roles must be the environment's `artifactReaders`. */
    readonly openedBy?: string;
    /** Page of the AWS documentation that describes the action and its configuration keys. */
    readonly docs: string;
}

/** An artifact that an action makes and later actions take. */
export interface Artifact {
    /** What the stack file calls it: `source`, `build`, the name of a further source or build, or of a further artifact of one. */
    readonly key: string;

    /** Letters, digits, `_` and `-`; at most 100. */
    readonly name: string;

    /** What a role needs, beside the artifact's folder in the bucket, to open the artifact in a build. */
    readonly opening: readonly Grant[];
    readonly clone?: true; // The reference of a full clone, which CodeBuild alone takes, and no files.

    /** What an action of V2 commands puts into it (globs, 1 to 10); other actions say so themselves. */
    readonly files?: readonly string[];
}

/** Globs of which one has to match, and globs of which none may; what both match is left out. */
export interface Patterns {
    readonly includes?: readonly string[];
    readonly excludes?: readonly string[];
}

/** Pushes of tags, or pushes to branches, perhaps only those that change some files: no other combination is taken by AWS. */
export type PushFilter = { readonly tags: Patterns } | { readonly branches: Patterns; readonly paths?: Patterns };

/** Which pushes to a repository start the pipeline; without it the source action's own change detection does. */
export interface PushTrigger {
    /** Name of the source action. */
    readonly action: string;
    /** One of them has to match; 1 to 3. */
    readonly pushes: readonly PushFilter[];
}

/** Which pull requests start a pipeline: with code that nobody has merged, so only one that deploys nothing has it. */
export interface PullRequestTrigger {
    /** Name of the source action. */
    readonly action: string;
    readonly pullRequests: {
        /** Branches that pull requests ask to be merged into. */
        readonly branches: Patterns;
        readonly paths?: Patterns;
        readonly events: readonly ("OPEN" | "UPDATED" | "CLOSED")[];
    };
}

/** What approvers and notifications call a revision: pipeline variables such as `#{SourceVariables.CommitId}`. */
export interface Revision {
    readonly label: string;
    readonly id: string;
    readonly message?: string;
}

/** One thing in an account that a deploy changes: two deploys that write the same thing undo each other. */
export interface Target {
    /** In words, for messages: `ECS service orders of cluster shop-prod`. */
    readonly what: string;

    /** The account that holds it; absent for what has one name in the whole world, as a bucket has. */
    readonly account?: string;
}

/** A variable of a build. The value of a secret is a reference to where it is kept, never the secret. */
export interface Variable {
    readonly name: string;
    readonly value: string;
    readonly type: "PLAINTEXT" | "SECRETS_MANAGER" | "PARAMETER_STORE";
}

/** A package repository of CodeArtifact that the stack file names, in the pipelines' region. */
export interface PackageRepository {
    readonly domain: string;
    /** The account that owns the domain. */
    readonly domainOwner: string;
    readonly repository: string;
}

/** Where builds run. */
export interface BuildNetwork {
    readonly vpcId: Text;
    readonly subnetIds: readonly Text[];
    readonly subnetArns: readonly Text[];
    readonly securityGroupId: Text;
    readonly securityGroupArn: Text;
}

/** How a CodeBuild project runs batches of builds, and the role with which CodeBuild starts them. */
export interface BatchPlan {
    readonly roleName: string;
    /** Sizes of machines that the builds of a batch may ask for. */
    readonly computeTypes: readonly string[];
    readonly mostBuilds?: number;
    readonly timeoutMinutes?: number;
    readonly grants: readonly Grant[];
}

/** A custom action, as pipelines use it. */
export interface CustomAction {
    readonly category: "Build" | "Test" | "Deploy";
    readonly provider: string;
    readonly version: string;
    readonly inputs: ActionType["inputs"];
    readonly outputs: ActionType["outputs"];
    /** What its configuration holds; unknown of one that is not made here. */
    readonly properties?: Readonly<Record<string, { readonly required: boolean; readonly queryable: boolean }>>;
}

/** A CodeBuild project and its role, as `components/build-project.ts` makes them. */
export interface BuildProjectPlan {
    readonly component: "BuildProject";
    readonly logicalName: string;
    /** Of the project and, with the same name, its role. */
    readonly physicalName: string;
    readonly roleName: string;
    readonly description: string;
    /** The buildspec itself, or its path in the source. */
    readonly buildspec: string;
    readonly image: string;
    /** Whether the image is pulled with the project's role, as one of a private registry must be. */
    readonly pullsImageItself: boolean;
    readonly environmentType: "LINUX_CONTAINER" | "ARM_CONTAINER" | "LINUX_LAMBDA_CONTAINER" | "ARM_LAMBDA_CONTAINER";
    readonly computeType: string;
    readonly privileged: boolean;
    readonly variables: readonly Variable[];
    /** Absent where CodeBuild takes none, in Lambda. */
    readonly timeoutMinutes?: number;
    readonly queuedTimeoutMinutes?: number;
    /** Bucket and folder in which the project keeps its cache. */
    readonly cacheLocation?: string;
    /** Absent where it runs on machines that no VPC holds, in Lambda. */
    readonly network?: BuildNetwork;
    /** How it runs many builds as one, where it does. */
    readonly batch?: BatchPlan;
    readonly logs: { readonly group: string; readonly stream: string };
    readonly key: Text;
    readonly grants: readonly Grant[];
}

/** What an EventBridge rule starts: a pipeline, or a build with what StartBuild is told, as JSON. */
export type Started =
    | { readonly pipelineArn: string; readonly build?: undefined }
    | { readonly build: { readonly projectArn: string; readonly input: string } };

/** An EventBridge rule that starts something, and the role that it does so with. */
export type EventTriggerPlan = Started & {
    readonly component: "EventTrigger";
    readonly logicalName: string;
    /** Of the rule; at most 64 characters. */
    readonly physicalName: string;
    readonly roleName: string;
    readonly description: string;
    readonly pattern: Readonly<Record<string, unknown>>;
};

/** A schedule that starts the pipeline, and the role that it does so with. */
export interface ScheduleTriggerPlan {
    readonly component: "ScheduleTrigger";
    readonly logicalName: string;
    /** Of the schedule; at most 64 characters. */
    readonly physicalName: string;
    readonly roleName: string;
    readonly description: string;
    /** Minutes, hours, day of month, month, day of week, year. */
    readonly cron: string;
    readonly timeZone: string;
    readonly pipelineArn: string;
}

/** An EventBridge rule that sends the rise of alarms to the function that rolls a stage back. */
export interface RollbackAlarmPlan {
    readonly component: "RollbackAlarm";
    readonly logicalName: string;
    /** Of the rule; at most 64 characters. */
    readonly physicalName: string;
    readonly description: string;
    readonly pattern: Readonly<Record<string, unknown>>;
    /** Queue of the function. */
    readonly queueArn: string;
    /** What is sent instead of the event, with `<aws.events.event.json>` in the event's place. */
    readonly message: string;
}

/** An ECR repository, as `components/image-repository.ts` makes it. */
export interface ImageRepositoryPlan {
    readonly component: "ImageRepository";
    readonly logicalName: string;
    /** Of the repository. */
    readonly physicalName: string;
    /** The one tag that may be moved. */
    readonly mutableTag: string;
    readonly keepImages: number;
    readonly untaggedDays: number;
    /** Accounts beside its own that may pull. */
    readonly pullAccounts: readonly string[];
}

/** A component that a step needs beside its action. */
export type ComponentPlan =
    BuildProjectPlan | EventTriggerPlan | ImageRepositoryPlan | RollbackAlarmPlan | ScheduleTriggerPlan;

/** One action and, beside it, all that it needs. */
export interface Step {
    /** Unique in its stage. */
    readonly name: string;

    readonly action: ActionType;

    /** What it does, in words for a reviewer: `ECS service orders of cluster shop-prod`. */
    readonly summary: string;

    /** The action's configuration; every key stands in the action's reference page. */
    readonly configuration: Readonly<Record<string, Text>>;

    /** Whether it runs at the same time as the step before it; else after it. @default false */
    readonly together?: boolean;

    /** Of an action of V2 commands: what it runs, each a single line. */
    readonly commands?: readonly string[];

    /** Of an action of V2 commands: variables of its shell that later actions read by its namespace. */
    readonly outputVariables?: readonly string[];

    readonly inputs: readonly string[];
    readonly outputs: readonly Artifact[];

    /** Of its {@link inputs} the files that name the images which it uses. */
    readonly imageFiles?: Readonly<Record<string, readonly string[]>>;

    /** To the role that performs the action: the pipeline's, or the environment's deploy role. */
    readonly grants: readonly Grant[];

    /** Whether the environment's deploy role performs the action, where it has one. Builds have roles of their own. */
    readonly byDeployRole?: boolean;

    /** What the environment's deploy role must be allowed, because a build of this step assumes it. */
    readonly assumed?: readonly Grant[];

    /** Roles that the action hands to a service: they must be of the environment's account. */
    readonly passes?: readonly string[];

    /** Roles, beside the one that performs the action, that read the artifacts: the artifact key and bucket let them. */
    readonly readers?: readonly string[];

    /** Under which name later actions read the action's output variables. */
    readonly namespace?: string;

    readonly needs?: readonly ComponentPlan[];
    readonly trigger?: PushTrigger;
    readonly revision?: Revision;
    readonly targets?: readonly Target[];

    /** What its configuration weakens, in words; printed in the preview. */
    readonly weakens?: readonly string[];

    /** What must already be so in AWS, in words; printed in the preview. */
    readonly prerequisites?: readonly string[];
}

/** One rule of a stage condition. */
export interface Rule {
    readonly name: string;
    readonly provider: string;
    readonly configuration: Readonly<Record<string, string>>;
    readonly grants: readonly Grant[];
    /** In words, for the preview. */
    readonly summary: string;

    /** What must already be so in AWS, in words; printed in the preview. */
    readonly prerequisites?: readonly string[];
}
