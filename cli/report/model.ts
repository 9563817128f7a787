import type { Change } from "./change-model";
import type { PlayedScript } from "./simulation-model";

/**
 * What the page of a report is given: plain data, made by `cli/report/data.ts` and shown by `cli/report/page/`. Types alone, so that both
 * sides share them and neither loads the other.
 */
export interface Report {
    readonly stack: string;
    /** Name of the stack file, without its folder. */
    readonly file: string;
    /** The one service that was asked for. @default all */
    readonly service?: string;
    readonly problems: readonly Finding[];
    readonly warnings: readonly Finding[];
    /** Absent where the stack file has problems: then nothing is planned. */
    readonly fleet?: Fleet;
    /** In the order in which services run by name. */
    readonly pipelines: readonly Pipeline[];
    /** What is different from another stack file. @default nothing was compared */
    readonly change?: Change;
}

/** A problem or a warning, and where it is. */
export interface Finding {
    /** `Pulumi.prod.yaml:34:11`, as far as it is known. */
    readonly place?: string;
    /** `services.orders.deploy`. */
    readonly path: string;
    /** The service that it is of. @default none: it is of what all share */
    readonly service?: string;
    readonly message: string;
}

/** What all services share, and what it comes to. */
export interface Fleet {
    readonly prefix: string;
    readonly account: string;
    readonly region: string;
    /** In the order of promotion. */
    readonly environments: readonly string[];
    /** In words: `6 services`, `platform of 40 services in 3 stacks`. */
    readonly part: string;
    /** Of a platform: the stacks of services that stand on it. @default it is none */
    readonly standing?: readonly StandingStack[];
    readonly counts: readonly { readonly what: string; readonly count: number }[];
    readonly tags: Words;
    readonly cost: Cost;
    readonly quotas: readonly Quota[];
    /** Share of a quota from which on it is time to ask for more. */
    readonly headroom: number;
    /** Quotas whose limit only the account knows, in words. */
    readonly unknownQuotas: readonly string[];
    /** What is weakened for all services, in words. */
    readonly weakens: readonly string[];
    /** What all share that has permissions, or that others have permissions on. */
    readonly holders: readonly Holder[];
}

/** A stack on a platform, with the services that it makes. */
export interface StandingStack {
    readonly stack: string;
    readonly services: readonly string[];
}

/** Keys with texts, in an order of their own. */
export type Words = readonly (readonly [string, string])[];

/** What a stack costs when nobody releases anything; US dollars a month. */
export interface Cost {
    readonly monthlyIdle: number;
    readonly items: readonly { readonly what: string; readonly count: number; readonly monthly: number }[];
    readonly byUse: readonly string[];
    /** Of which day and region the prices are, in words. */
    readonly prices: string;
}

/** How much of one of AWS's quotas is taken. */
export interface Quota {
    readonly what: string;
    readonly scope: string;
    readonly used: number;
    readonly limit: number;
    readonly adjustable: boolean;
    readonly source: string;
}

/** One pipeline. */
export interface Pipeline {
    readonly service: string;
    readonly purpose: "release" | "check";
    /** The service, or `orders--check`. */
    readonly key: string;
    readonly name: string;
    readonly consoleUrl: string;
    readonly executionMode: string;
    readonly environments: readonly string[];
    /** What the stack's tags call its team. @default no tag does */
    readonly team?: string;
    readonly place?: string;
    readonly resources: number;
    /** What starts it, in words. */
    readonly starts: readonly Start[];
    readonly variables: readonly { readonly name: string; readonly default: string; readonly description?: string }[];
    readonly stages: readonly Stage[];
    /** Who is told of what, in words. */
    readonly told: readonly string[];
    readonly weakens: readonly string[];
    readonly prerequisites: readonly string[];
    readonly roles: readonly Holder[];
    /** What one release comes to, with assumed durations. */
    readonly cost: ReleaseCost;
    /** Scripts that were played on it. @default none was */
    readonly simulations?: readonly PlayedScript[];
}

/** What starts a pipeline. */
export interface Start {
    readonly kind: "commit" | "pull request" | "schedule" | "release" | "manual" | "other";
    readonly text: string;
}

/** What one execution costs; US dollars. */
export interface ReleaseCost {
    readonly usd: number;
    readonly items: readonly { readonly what: string; readonly count: number; readonly usd: number }[];
}

/** One stage. */
export interface Stage {
    readonly name: string;
    readonly purpose: "source" | "build" | "seal" | "test" | "approval" | "environment";
    readonly environment?: string;
    readonly before: readonly Gate[];
    /** What follows when a gate before it does not pass. */
    readonly otherwise: "fail" | "skip";
    readonly actions: readonly Action[];
    readonly after: readonly Gate[];
    readonly onFailure: "stop" | "rollback" | "retry" | "retry-all";
    /** Alarms that roll it back when they rise after a release. */
    readonly rollbackOn: readonly string[];
    readonly approval?: Approval;
    /** Parameters that close it while they exist, by what they close. */
    readonly freezes: Words;
}

/** Who is asked, and for how long. */
export interface Approval {
    readonly environment: string;
    readonly notify: readonly string[];
    readonly timeoutHours: number;
    readonly instructions?: string;
    readonly reviewUrl?: string;
}

/** A rule of a condition. */
export interface Gate {
    readonly name: string;
    readonly provider: string;
    readonly summary: string;
    /** Of a window: when it is open, in words. @default it is none, or of a form that has no words */
    readonly open?: string;
    readonly configuration: Words;
}

/** One action. */
export interface Action {
    readonly name: string;
    readonly category: string;
    readonly owner: string;
    readonly provider: string;
    /** Page of the AWS documentation. */
    readonly docs: string;
    readonly summary: string;
    /** Those of one stage with the same number run in parallel. From 1. */
    readonly runOrder: number;
    readonly configuration: Words;
    readonly commands: readonly string[];
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly namespace?: string;
    readonly region?: string;
    readonly timeoutMinutes?: number;
    /** Where in the stack file it comes from. */
    readonly place?: string;
    readonly project?: Project;
    /** Secrets that it reads: names, never values. */
    readonly secrets: readonly Secret[];
    /** Roles of {@link Pipeline.roles} that it works with, by ARN, and what for. */
    readonly roles: readonly { readonly arn: string; readonly as: string }[];
    readonly cost: ActionCost;
}

/** A CodeBuild project that runs an action. */
export interface Project {
    readonly name: string;
    readonly image: string;
    readonly machine: string;
    readonly privileged: boolean;
    readonly timeoutMinutes?: number;
    readonly inVpc: boolean;
    /** Plain variables of its environment, with those that the action gives it. */
    readonly variables: Words;
}

/** A variable whose value is kept somewhere else. */
export interface Secret {
    readonly variable: string;
    readonly kept: "Secrets Manager" | "Parameter Store";
    /** The name by which it is kept. */
    readonly name: string;
}

/** What one execution of an action costs; US dollars. */
export interface ActionCost {
    readonly usd: number;
    /** Minutes that it is reckoned with; absent where nothing is paid for. */
    readonly minutes?: number;
    /** Where the minutes come from, in words. */
    readonly reason: string;
}

/** Something that has permissions, or that others have permissions on. */
export interface Holder {
    /** Tells it from all others. */
    readonly key: string;
    readonly sort: "role" | "approver policy" | "resource";
    readonly of: string;
    readonly arn?: string;
    readonly boundary?: string;
    /** Whether somebody else makes it. */
    readonly existing: boolean;
    readonly trust: readonly Statement[];
    readonly statements: readonly Statement[];
}

/** One statement of a policy, and why it is there. */
export interface Statement {
    readonly sid: string;
    readonly effect: "Allow" | "Deny";
    readonly who?: readonly string[];
    readonly actions: readonly string[];
    /** Empty in a trust policy. */
    readonly resources: readonly string[];
    /** Each in words; all must hold. */
    readonly conditions: readonly string[];
    readonly reason: string;
    /** Whether it allows something on everything, or everything on something. */
    readonly wide: boolean;
}
