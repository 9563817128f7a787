import { z } from "zod";
import { builds, defaultBuild } from "../catalog/builds";
import { deploys } from "../catalog/deploys";
import { gates } from "../catalog/gates";
import { union } from "../catalog/kind";
import { defaultSource, sources } from "../catalog/sources";
import { defaultSuite, suites } from "../catalog/suites";
import { key } from "../catalog/words";
import type { BuildSettings, DeploySettings, GateSettings, SourceSettings, SuiteSettings } from "./fleet-config";
import type { Sort } from "./part";

const needs = (noun: string) => ({
    needs: z
        .array(z.string())
        .default([])
        .describe(`Names of the ${noun} that must have succeeded before. @default none: parallel`),
});

export const sourceSort: Sort<SourceSettings> = { kinds: sources, schema: union(sources), defaultType: defaultSource };

export const buildSort: Sort<BuildSettings> = { kinds: builds, schema: union(builds), defaultType: defaultBuild };

export const suiteSort: Sort<SuiteSettings> = {
    kinds: suites,
    schema: union(suites, {
        after: z
            .enum(["build", "deploy"])
            .default("build")
            .describe("Before any deploy, or after the deploy of environments. @default build"),
        environments: z
            .array(key("name of an environment"))
            .min(1)
            .optional()
            .describe("With `after: deploy`: where it runs. @default every environment"),
        ...needs("suites"),
    }),
    defaultType: defaultSuite,
};

export const deploySort: Sort<DeploySettings> = {
    kinds: deploys,
    schema: union(deploys, needs("deploys")),
};

export const gateSort: Sort<GateSettings> = { kinds: gates, schema: union(gates) };
