import type { z } from "zod";
import type { ApprovalSettings } from "../catalog/approval";
import type { builds } from "../catalog/builds";
import type { deploys } from "../catalog/deploys";
import type { gates } from "../catalog/gates";
import type { Environment, Settings } from "../catalog/kind";
import type { PullRequestTrigger } from "../catalog/plan";
import type { Path } from "../catalog/problem";
import type { sources } from "../catalog/sources";
import type { steps } from "../catalog/steps";
import type { suites } from "../catalog/suites";
import type { targets } from "../catalog/targets";
import type { ExecutionMode, TriggerSettings, Variables } from "../catalog/trigger";
import type { Routes } from "../functions/lib/happenings";
import type { AccessLogs } from "./access-logs";
import type { Connections } from "./connections";
import type { CustomActions } from "./custom-actions";
import type { onFailure } from "./environment-schema";
import type { network } from "./network-schema";
import type { operations } from "./operations-schema";
import type { Packages } from "./packages-schema";
import type { roles } from "./roles-schema";
import type { AllowedPlainText } from "./plain-text/allowed";
import type { LocatedProblem } from "./source";
import type { Spread } from "./spread-schema";

/** An artifact that settings name, and where they do. */
export interface NamedArtifact {
    readonly name: string;
    /** Relative to the settings. */
    readonly path: Path;
}

/** Settings of one kind, complete, with their placeholders filled. */
export interface Part<T> {
    readonly settings: T;

    /** The artifacts that the settings name. @default none */
    readonly artifacts?: readonly NamedArtifact[];

    /** Where in the stack file `path` of the settings was written. */
    readonly origin: (path: Path) => Path;
}

export type SourceSettings = Settings<(typeof sources)[number]>;

export type BuildSettings = Settings<(typeof builds)[number]> & {
    readonly perEnvironment: boolean;
    readonly artifact?: string;
    readonly needs: readonly string[];
};

export type GateSettings = Settings<(typeof gates)[number]>;

export type SuiteSettings = Settings<(typeof suites)[number]> & {
    readonly after: "build" | "deploy";
    readonly environments?: readonly string[];
    readonly artifact?: string;
    readonly needs: readonly string[];
};

export type DeploySettings = Settings<(typeof deploys)[number]> & {
    readonly artifact?: string;
    readonly needs: readonly string[];
};

/** When a step runs in its environment's stage. */
export type StepTime = "before" | "after" | "end";

export type StepSettings = Settings<(typeof steps)[number]> & {
    readonly when: StepTime;
    readonly environments?: readonly string[];
    readonly artifact?: string;
    readonly needs: readonly string[];
};

export type TargetSettings = Settings<(typeof targets)[number]>;

export type OnFailure = z.output<typeof onFailure>;

/** What is deployed to one region beside an environment's first. */
export interface RegionalDeploys {
    readonly region: string;
    readonly deploys: Readonly<Record<string, Part<DeploySettings>>>;
}

/** One environment of one service. */
export interface ServiceEnvironment extends Environment {
    /** Whether its deploy role is one of its own, made in the environment's account by the program of `accounts/`. */
    readonly deployRoles?: "create";
    readonly approval?: Part<ApprovalSettings>;
    readonly before: readonly Part<GateSettings>[];
    readonly after: readonly Part<GateSettings>[];
    readonly onFailure: OnFailure;
    /** Alarms that roll it back when they rise after a release. */
    readonly rollbackOn: readonly string[];
    /** Whether it can be closed for deploys. */
    readonly freezable: boolean;
    /** Builds that are made anew for this environment. */
    readonly builds: Readonly<Record<string, Part<BuildSettings>>>;
    readonly deploys: Readonly<Record<string, Part<DeploySettings>>>;

    /** Its deploys to further regions, in their order. */
    readonly elsewhere: readonly RegionalDeploys[];

    /** Whether one region waits for the one before it. */
    readonly regionsInOrder: boolean;

    /** What the service itself says of who is told of this environment. */
    readonly notify: Routes;
    readonly steps: Readonly<Record<string, Part<StepSettings>>>;

    /** What the service weakens against the environment's own words. */
    readonly weakens: readonly string[];

    /** Why nobody verifies what is deployed there. */
    readonly skipVerification?: string;

    /** Why its images may be named by tags. */
    readonly mutableImages?: string;
}

/** How pull requests of a service are checked: with parts that reach nothing which only merged code may reach. */
export interface CheckConfig {
    readonly pullRequests: PullRequestTrigger["pullRequests"];
    readonly source: Part<SourceSettings>;
    readonly sources: Readonly<Record<string, Part<SourceSettings>>>;
    readonly builds: Readonly<Record<string, Part<BuildSettings>>>;
    readonly suites: Readonly<Record<string, Part<SuiteSettings>>>;

    /** What of the secrets and permissions of the service it does without, or has all the same, in words. */
    readonly withheld: readonly string[];

    /** Why it has them all the same. */
    readonly exposed?: string;
}

export interface ServiceConfig {
    readonly name: string;

    /** What starts its pipeline. */
    readonly trigger: TriggerSettings;

    readonly variables: Variables;

    readonly executionMode: { readonly mode: ExecutionMode; readonly path: Path };

    /** How its pull requests are checked; absent where they are not. */
    readonly check?: CheckConfig;

    readonly source: Part<SourceSettings>;

    /** Further sources, by name. */
    readonly sources: Readonly<Record<string, Part<SourceSettings>>>;

    /** Builds that are made once for all environments, by name; the only one of a service is called `build`. */
    readonly builds: Readonly<Record<string, Part<BuildSettings>>>;
    readonly suites: Readonly<Record<string, Part<SuiteSettings>>>;

    /** Those that it is deployed to, in the order of promotion. */
    readonly environments: readonly ServiceEnvironment[];

    /** What the service itself says of who is told of it. */
    readonly notify: Routes;

    /** What the service weakens beside its environments. */
    readonly weakens: readonly string[];

    /** Why nobody verifies what is deployed of it. */
    readonly skipVerification?: string;

    /** Why its images may be named by tags. */
    readonly mutableImages?: string;
}

/** An environment as the stack file lists it. */
export interface EnvironmentConfig extends Omit<Environment, "deployRoleArn"> {
    /** The role that deploys there; `{service}` in it is still open. */
    readonly deployRoleArn?: string;

    /** Whether each service has a deploy role of its own, made in the environment's account by the program of `accounts/`. */
    readonly deployRoles?: "create";

    /** Roles beside the deploy role that may open artifacts. */
    readonly artifactReaders: readonly string[];
    readonly approval?: ApprovalSettings;
    /** Whether it can be closed for deploys. */
    readonly freezable: boolean;

    /** Who is told of it, where that is not who is told of the fleet. */
    readonly notify: Routes;

    /** Every region that services are deployed to; the first is {@link Environment.region}. */
    readonly regions: readonly string[];
    readonly path: Path;
}

/** A whole stack file, read: complete, merged, with its placeholders filled. */
export interface FleetConfig {
    readonly stack: string;

    /** Which part of its fleet the stack makes. */
    readonly spread: Spread;
    readonly prefix: string;
    readonly account: string;
    readonly region: string;
    readonly connections: Connections;
    readonly customActions: CustomActions;

    /** The package repositories; absent where there are none. */
    readonly packages?: Packages;
    readonly network: z.output<typeof network>;

    /** Who can be told, by key. */
    readonly targets: Readonly<Record<string, TargetSettings>>;

    /** Who is told of every service, and of the fleet's own alarms. */
    readonly notify: Routes;
    readonly environments: readonly EnvironmentConfig[];
    readonly retention: { readonly artifactDays: number; readonly logDays: number; readonly rollbackDays: number };

    /** Why nothing that is deployed is verified; absent where it is. */
    readonly skipVerification?: string;
    readonly operations: z.output<typeof operations>;
    readonly roles: z.output<typeof roles>;
    readonly accessLogs: AccessLogs;
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;

    /** What looks like a secret and is none. */
    readonly allowedPlainText: AllowedPlainText;

    /** Keys that secrets are encrypted with: their ARNs. */
    readonly secretKeys: readonly string[];

    /** By name, in alphabetical order: the order of a map's keys has no meaning, and the engine sorts them. */
    readonly services: readonly ServiceConfig[];
}

/** What reading a stack file came to: with a problem there is no fleet to build. */
export interface Reading {
    /** Whatever could be read; incomplete where there are problems. */
    readonly fleet?: FleetConfig;
    readonly problems: readonly LocatedProblem[];
}
