import type { CustomActionDefinition } from "../catalog/custom-actions";
import type { CustomAction } from "../catalog/plan";
import type { FleetConfig } from "../config/fleet-config";
import type { NetworkPlan } from "./network-plan";
import type { FunctionPlan, OperationsPlan } from "./operations/plan";
import type { Statement } from "./policy";

/** The topic on which the approvers of one environment are asked, and the policy that lets them answer. */
export interface ApprovalTopicPlan {
    readonly environment: string;
    readonly name: string;
    readonly arn: string;
    readonly notify: readonly string[];
    readonly policyName: string;
    readonly statements: readonly Statement[];
}

export type ConnectionPlan = {
    readonly key: string;
    readonly name: string;
    readonly provider: string;
    readonly host?: string;
};

/** A custom action that is made. */
export interface CustomActionPlan {
    readonly key: string;
    readonly category: CustomAction["category"];
    readonly provider: string;
    readonly version: string;
    readonly definition: CustomActionDefinition;
}

/** A package repository that is made. */
export interface PackageRepositoryPlan {
    readonly key: string;
    /** Keys of others, in the order in which they are looked into. */
    readonly upstreams: readonly string[];
    readonly externalConnection?: string;
    /** ARNs of the roles that may publish. */
    readonly publishers: readonly string[];
    readonly policy: readonly Statement[];
}

/** The package repositories of a stack, and their domain. */
export interface PackagesPlan {
    readonly domain: string;
    readonly domainOwner: string;
    /** Whether the domain is made here; else it exists. */
    readonly made: boolean;
    /** Each behind its upstreams. */
    readonly repositories: readonly PackageRepositoryPlan[];
}

/** Where artifacts are kept in one region. */
export interface StorePlan {
    readonly region: string;
    readonly bucket: string;
    readonly alias: string;
    readonly artifactDays: number;
    readonly accessLogs?: FleetConfig["accessLogs"][string];
    readonly keyPolicy: readonly Statement[];
    readonly bucketPolicy: readonly Statement[];
}

/** The key that signs seals, of its own, so that no role with which artifacts are read or written can sign. */
export interface SigningKeyPlan {
    readonly alias: string;
    readonly policy: readonly Statement[];
}

/** What all services of a fleet share. */
export interface SharedPlan {
    readonly network: NetworkPlan;
    /** That of the pipelines' own region. */
    readonly store: StorePlan;
    /** Those of other regions that environments are deployed to. */
    readonly stores: readonly StorePlan[];
    /** Absent where nothing is sealed. */
    readonly signingKey?: SigningKeyPlan;
    readonly logs: { readonly group: string; readonly days: number };
    /** Those that are created. */
    readonly connections: readonly ConnectionPlan[];
    readonly customActions: readonly CustomActionPlan[];
    /** Absent where there are none. */
    readonly packages?: PackagesPlan;
    readonly approvals: readonly ApprovalTopicPlan[];
    readonly functions: readonly FunctionPlan[];
    readonly operations: OperationsPlan;
}
