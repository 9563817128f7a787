import { componentResources, targetResources } from "../../blueprint/counts";
import { planTargets } from "../../blueprint/operations/targets";
import { groundOf, placeOf } from "../../blueprint/place";
import { kindOf, type Environment, type Place } from "../../catalog/kind";
import type { Grant } from "../../catalog/grant";
import type { Step } from "../../catalog/plan";
import type { FleetConfig, ServiceConfig } from "../../config/fleet-config";
import type { Documented, DocumentedSort } from "./sorts";

/** What one kind comes to in its example. */
export interface PlannedExample {
    readonly steps: readonly Step[];

    /** Who may do what because of it. */
    readonly grants: readonly { readonly who: string; readonly grant: Grant }[];

    /** Resources that it adds to the stack, in one environment. */
    readonly resources: number;
}

/** What every project of its sort has: said on the page of builds alone. */
const routine: ReadonlySet<string> = new Set([
    "UseArtifacts",
    "ReadArtifacts",
    "FindBucket",
    "UseArtifactKey",
    "WriteOwnLogStreams",
    "CreateInterfaceInSubnets",
    "DeleteOwnInterface",
    "LendInterfaceToCodeBuild",
    "DescribeNetwork",
]);

interface Parts {
    readonly settings: { readonly type: string };
    readonly unit: string;
    readonly environment?: Environment;
}

/** The part of `service` that shows a kind of `folder`. */
function shown(folder: DocumentedSort["folder"], { source, builds, suites, environments }: ServiceConfig): Parts {
    const environment = environments.at(-1);
    const named = (parts: Readonly<Record<string, { readonly settings: { readonly type: string } }>> = {}) => {
        const [[unit, { settings }] = ["build", { settings: { type: "none" } }]] = Object.entries(parts);
        return { unit, settings };
    };
    switch (folder) {
        case "sources":
            return { settings: source.settings, unit: "source" };
        case "builds":
            return named(builds);
        case "suites": {
            const [suite] = Object.values(suites);
            return { ...named(suites), ...(suite.settings.after === "deploy" && environment && { environment }) };
        }
        case "steps":
            return { ...named(environment?.steps), ...(environment && { environment }) };
        default:
            return { ...named(environment?.deploys), ...(environment && { environment }) };
    }
}

/** What the kind that the service `orders` of `config` shows comes to. */
export function plannedExample({ folder, kinds }: DocumentedSort, config: FleetConfig): PlannedExample {
    if (folder === "targets") {
        const [target] = planTargets(config, groundOf(config)).filter(({ key }) => key === "shown");
        return {
            steps: [],
            resources: targetResources(target),
            grants: target.grants.map(grant => ({ who: "the function that tells", grant })),
        };
    }
    const service = config.services.find(({ name }) => name === "orders");
    if (service === undefined) {
        throw new Error("an example has a service called orders");
    }
    const { settings, unit, environment } = shown(folder, service);
    const ground = groundOf(config);
    const place = (of: string) => placeOf(ground, service.name, of, [], environment);
    const made = [place("build").output(), place("source").output()].map(artifact => ({
        ...artifact,
        name: artifact.name.replace(/__.*/, ""),
    }));
    const inputs = { sources: [], builds: made.slice(1), suites: [...made].reverse() }[folder as "sources"] ?? made;
    const at: Place = placeOf(ground, service.name, unit, inputs, environment);
    const kind = kindOf(kinds as readonly (Documented & Planning)[], settings.type);
    const steps = kind.plan(settings as never, at);
    return {
        steps,
        resources: steps.flatMap(step => step.needs ?? []).reduce((sum, one) => sum + componentResources(one), 0),
        grants: steps.flatMap(step => [
            ...step.grants.map(grant => ({
                who: step.byDeployRole ? "the environment's role" : "the pipeline",
                grant,
            })),
            ...(step.assumed ?? []).map(grant => ({ who: "the environment's role", grant })),
            ...(step.needs ?? []).flatMap(component =>
                "grants" in component
                    ? component.grants
                          .filter(({ sid }) => !routine.has(sid))
                          .map(grant => ({ who: "its own project", grant }))
                    : [],
            ),
        ]),
    };
}

interface Planning {
    plan(settings: never, at: Place): readonly Step[];
}
