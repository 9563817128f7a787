import type { z } from "zod";
import type { Routes } from "../functions/lib/happenings";
import type { CustomActions } from "./custom-actions";
import type { PackageRepositories } from "./packages-schema";
import type { EnvironmentConfig, GateSettings, OnFailure } from "./fleet-config";
import type { serviceSchema, stackSchema } from "./schema";

/** What a service says, its parts not read yet. */
export type ServiceWords = z.output<ReturnType<typeof serviceSchema>>;

/** What the stack says for all services, the parts not read yet. */
export type Defaults = z.output<ReturnType<typeof stackSchema>>["defaults"];

/** An environment with what it says of gates and failure. */
export interface EnvironmentWords extends EnvironmentConfig {
    readonly before: readonly GateSettings[];
    readonly after: readonly GateSettings[];
    readonly onFailure: OnFailure;
    readonly rollbackOn: readonly string[];
    readonly regionsInOrder: boolean;
    readonly rawApproval: unknown;
}

/** What services are read against. */
export interface Surroundings {
    readonly defaults: Defaults;
    readonly environments: readonly EnvironmentWords[];

    /** Whether `environments` are all that the author means: otherwise one that is not among them may still exist. */
    readonly allEnvironments: boolean;

    /** Names of all services, also of those that cannot be read. */
    readonly services: readonly string[];

    /** Keys of the connections; undefined when they cannot be read. */
    readonly connections?: readonly string[];

    /** The custom actions; undefined when they cannot be read. */
    readonly customActions?: CustomActions;

    /** The package repositories; undefined when they cannot be read. */
    readonly packages?: PackageRepositories;

    /** Keys of the targets; undefined when they cannot be read. */
    readonly targets?: readonly string[];

    /** Who is told of every service. */
    readonly notify: Routes;
    readonly account: string;
    readonly region: string;
}
