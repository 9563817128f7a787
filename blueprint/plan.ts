import type { Location } from "../catalog/arn";
import type { Grant } from "../catalog/grant";
import type {
    ActionType,
    ComponentPlan,
    PullRequestTrigger,
    PushTrigger,
    Revision,
    Rule,
    Target,
} from "../catalog/plan";
import type { Path } from "../catalog/problem";
import type { Text } from "../catalog/reference";
import type { FleetConfig, OnFailure } from "../config/fleet-config";
import type { Spread } from "../config/spread-schema";
import type { Routes } from "../functions/lib/happenings";
import type { IntegrityPlan } from "./integrity/exceptions";
import type { Statement } from "./policy";
import type { RoleTerms } from "./role-terms";
import type { SharedPlan } from "./shared-plan";
import type { Trust, TrustPlan } from "./trust";

export type * from "./operations/plan";
export type * from "./shared-plan";

/** One action in its stage. */
export interface ActionPlan {
    readonly name: string;
    readonly action: ActionType;
    /** What it does, in words. */
    readonly summary: string;
    readonly configuration: Readonly<Record<string, Text>>;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    /** Of V2 commands: what they are, what they put into each output, and which variables they leave. */
    readonly compute?: {
        readonly commands: readonly string[];
        readonly files: Readonly<Record<string, readonly string[]>>;
        readonly outputVariables: readonly string[];
    };
    readonly namespace?: string;
    /** Actions of one stage with the same number run in parallel; the next number waits for all of them. From 1. */
    readonly runOrder: number;
    /** The role that performs it instead of the pipeline's. */
    readonly roleArn?: string;
    /** Where it runs, if not in the pipeline's region. */
    readonly region?: string;
    /** Of an approval. */
    readonly timeoutMinutes?: number;
    readonly targets: readonly Target[];
    /** Roles that it hands to a service. */
    readonly passes: readonly string[];
    /** Roles, beside the one that performs it, that read the artifacts. */
    readonly readers?: readonly string[];
    /** Where in the stack file it comes from. */
    readonly path: Path;
}

/** Who is asked before an environment, and for how long. */
export interface ApprovalPlan {
    readonly environment: string;
    readonly notify: readonly string[];
    readonly timeoutHours: number;
    readonly instructions?: string;
    readonly reviewUrl?: string;
}

/** What is looked at before a stage is entered. */
export interface CheckPlan {
    /** SSM parameters that close it while they exist: their names, by what they close. */
    readonly freezes: Readonly<Record<string, string>>;

    /** Alarms that must not be raised, as far as no rule of AWS's own looks at them. */
    readonly alarms: readonly string[];
}

/** One stage. */
export interface StagePlan {
    readonly name: string;
    readonly purpose: "source" | "build" | "seal" | "test" | "approval" | "environment";
    readonly environment?: string;
    readonly actions: readonly ActionPlan[];
    readonly before: readonly Rule[];
    /** What follows when a rule of {@link before} does not pass. */
    readonly otherwise: "fail" | "skip";
    readonly after: readonly Rule[];
    readonly onFailure: OnFailure;
    /** Alarms that roll it back when they rise after a release. */
    readonly rollbackOn?: readonly string[];
    readonly approval?: ApprovalPlan;
    /** What the check is asked, as a rule or as the first action. */
    readonly check?: CheckPlan;
}

/** A role and all that it may do. */
export interface RolePlan {
    readonly name: string;
    readonly arn: string;
    /** In words: whose role it is. */
    readonly of: string;
    readonly trust: Trust;
    readonly statements: readonly Statement[];
    /** Where in the stack file it comes from. */
    readonly path: Path;
}

/** A role that is not this stack's, and what it must be allowed for the pipeline to work. */
export interface ForeignRole {
    readonly arn: string;
    readonly environment: string;
    /** Whether the program of `accounts/` makes it. @default false: it is there already */
    readonly made?: true;
    /** ARNs of the roles that assume it, and that it must therefore trust. */
    readonly trusts: readonly string[];
    readonly statements: readonly Statement[];
}

/** A role that the program of `accounts/` makes: with it one service is deployed to one environment. */
export interface DeployRolePlan extends Omit<RolePlan, "trust"> {
    readonly service: string;
    readonly environment: string;
    readonly account: string;
    /** Roles of the pipelines' account, and no others, that may assume it. */
    readonly trusts: readonly string[];
    readonly trust: TrustPlan;
    /** Its path, and the boundary in its own account. */
    readonly terms: Pick<RoleTerms, "path" | "boundary">;
}

/** A variable of a pipeline. */
export interface PipelineVariable {
    readonly name: string;
    readonly default: string;
    readonly description?: string;
}

/** Who is told of a pipeline: what happens, by key of the target. */
export interface ToldPlan {
    /** Of what is of no environment. */
    readonly everywhere: Routes;
    /** In each environment that it deploys to. */
    readonly environments: Readonly<Record<string, Routes>>;
}

/** One pipeline of a service and all that belongs to it alone. */
export interface PipelinePlan {
    readonly service: string;
    /** Whether it brings the service into environments, or checks pull requests and deploys nothing. */
    readonly purpose: "release" | "check";
    /** Logical name of its component: the service, or `orders--check`. */
    readonly logicalName: string;
    readonly name: string;
    readonly arn: string;
    /** Page of the pipeline in the AWS console. */
    readonly consoleUrl: string;
    readonly folder: string;
    /** Other regions that its actions run in: each needs an artifact store there. */
    readonly regions: readonly string[];
    readonly executionMode: "QUEUED" | "SUPERSEDED" | "PARALLEL";
    /** Where in the stack file the execution mode was said, or would have to be. */
    readonly executionModePath: Path;
    readonly variables: readonly PipelineVariable[];
    readonly stages: readonly StagePlan[];
    readonly triggers: readonly (PushTrigger | PullRequestTrigger)[];
    /** What starts it, in words, where it is not just every change of its sources. */
    readonly starts: readonly string[];
    /** Services of the stack whose releases start it. */
    readonly after: readonly string[];
    readonly revision: Revision;
    readonly role: RolePlan;
    readonly components: readonly ComponentPlan[];
    readonly foreignRoles: readonly ForeignRole[];
    /** What its projects may do as the role that they assume, by logical name. */
    readonly assumed: Readonly<Record<string, readonly Grant[]>>;
    readonly weakens: readonly string[];
    readonly prerequisites: readonly string[];
    /** Who is told of it. */
    readonly told: ToldPlan;
    /** Tags of the pipeline itself, beside those of all that belongs to the service. */
    readonly tags: Readonly<Record<string, string>>;
    /** Of a release: how its artifacts are held to what was built. */
    readonly integrity?: IntegrityPlan;
    /** Of a check: why it may have what otherwise only merged code has. */
    readonly exposed?: string;
}

/** A whole stack, as plain data: what is deployed, drawn, priced and checked. */
export interface FleetPlan {
    readonly stack: string;
    /**
     * Which part of the fleet the stack makes. That of a platform has the pipelines of all stacks that stand on it, that of a stack of
     * services what they share: what is shared depends on the pipelines, and they refer to it.
     */
    readonly spread: Spread;
    readonly prefix: string;
    readonly home: Location;
    readonly protect: boolean;
    readonly roles: RoleTerms;
    readonly tags: Readonly<Record<string, string>>;
    /** Why nothing that is deployed is verified; absent where it is. */
    readonly skipVerification?: string;
    readonly retention: FleetConfig["retention"];
    readonly environments: readonly string[];
    /** Those that can be closed for deploys. */
    readonly freezable: readonly string[];
    /** Account of each environment. */
    readonly accounts: Readonly<Record<string, string>>;
    /** Of each environment the roles beside the deploy role that may open artifacts. */
    readonly artifactReaders: Readonly<Record<string, readonly string[]>>;
    /** What in the stack file looks like a secret and is none, by its own words. */
    readonly allowedPlainText: FleetConfig["allowedPlainText"];
    /** Keys that secrets are encrypted with: their ARNs. */
    readonly secretKeys: readonly string[];
    readonly shared: SharedPlan;
    readonly pipelines: readonly PipelinePlan[];
    /** Roles that are made in the environments' accounts. */
    readonly deployRoles: readonly DeployRolePlan[];
}
