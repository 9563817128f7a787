import { z } from "zod";
import { builds, defaultBuild } from "../catalog/builds";
import { deploys } from "../catalog/deploys";
import { gates } from "../catalog/gates";
import { union } from "../catalog/kind";
import { defaultSource, sources } from "../catalog/sources";
import { defaultSuite, suites } from "../catalog/suites";
import { steps } from "../catalog/steps";
import { targets } from "../catalog/targets";
import { artifactName, key } from "../catalog/words";
import type {
    BuildSettings,
    DeploySettings,
    GateSettings,
    SourceSettings,
    StepSettings,
    SuiteSettings,
    TargetSettings,
} from "./fleet-config";
import type { Sort } from "./part";

const needs = (noun: string) => ({
    needs: z
        .array(z.string())
        .default([])
        .describe(`Names of the ${noun} that must have succeeded before. @default none: parallel`),
});

const artifact = {
    artifact: artifactName(
        "The artifact it works on: `source`, `build`, a further source or build, a further artifact of one, or a step that hands one on. @default what the build hands on, or else the source",
    ).optional(),
};

const environments = (when: string) => ({
    environments: z
        .array(key("name of an environment"))
        .min(1)
        .optional()
        .describe(`${when}where it runs. @default every environment`),
});

export const sourceSort: Sort<SourceSettings> = { kinds: sources, schema: union(sources), defaultType: defaultSource };

export const buildSort: Sort<BuildSettings> = {
    kinds: builds,
    schema: union(builds, {
        artifact: artifactName(
            "The artifact that its commands start in: a source, or what a build that it `needs` hands on. @default the main source",
        ).optional(),
        ...needs("builds"),
        perEnvironment: z
            .boolean()
            .default(false)
            .describe(
                "Whether it is built anew in each environment's stage; what reaches production is then not what was tested before. @default false: once, for all environments",
            ),
    }),
    defaultType: defaultBuild,
};

export const suiteSort: Sort<SuiteSettings> = {
    kinds: suites,
    schema: union(suites, {
        after: z
            .enum(["build", "deploy"])
            .default("build")
            .describe("Before any deploy, or after the deploy of environments. @default build"),
        ...environments("With `after: deploy`: "),
        ...artifact,
        ...needs("suites"),
    }),
    defaultType: defaultSuite,
};

export const deploySort: Sort<DeploySettings> = {
    kinds: deploys,
    schema: union(deploys, { ...artifact, ...needs("deploys") }),
};

export const stepSort: Sort<StepSettings> = {
    kinds: steps,
    schema: union(steps, {
        when: z
            .enum(["before", "after", "end"])
            .describe("Before the deploy, right after it, or at the end, after the suites."),
        ...environments("In which environments: "),
        ...artifact,
        ...needs("steps of the same `when`"),
    }),
};

export const gateSort: Sort<GateSettings> = { kinds: gates, schema: union(gates) };

export const targetSort: Sort<TargetSettings> = { kinds: targets, schema: union(targets) };
