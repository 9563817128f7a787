import type { z } from "zod";
import { builds } from "../../catalog/builds";
import { deploys } from "../../catalog/deploys";
import { gates } from "../../catalog/gates";
import type { Around } from "../../catalog/kind";
import type { ActionType } from "../../catalog/plan";
import { sources } from "../../catalog/sources";
import { steps } from "../../catalog/steps";
import { suites } from "../../catalog/suites";
import { targets } from "../../catalog/targets";

/** A kind, as far as it is documented; gates and targets make no actions. */
export interface Documented {
    readonly type: string;
    readonly settings: z.ZodObject;
    readonly actions?: readonly ActionType[];
    readonly limits?: readonly string[];
    readonly docs?: string;
    readonly example: string;
    readonly around?: Around;
    readonly on?: readonly ("before" | "after")[];
}

/** All kinds of one sort, and where they stand. */
export interface DocumentedSort {
    /** Folder in `catalog/`, and name of the page. */
    readonly folder: "sources" | "builds" | "suites" | "steps" | "deploys" | "gates" | "targets";
    readonly title: string;
    readonly kinds: readonly Documented[];
}

/** Every sort of kind, in the order in which a pipeline meets them. */
export const documentedSorts: readonly DocumentedSort[] = [
    { folder: "sources", title: "Sources: where the code comes from", kinds: sources },
    { folder: "builds", title: "Builds: what makes of the source what is deployed", kinds: builds },
    { folder: "suites", title: "Suites: what tests a service", kinds: suites },
    { folder: "steps", title: "Steps: what is done in an environment beside the deploy", kinds: steps },
    { folder: "deploys", title: "Deploys: what brings a service into an environment", kinds: deploys },
    {
        folder: "gates",
        title: "Gates: what is checked on entry to an environment's stage, and after its tests",
        kinds: gates,
    },
    { folder: "targets", title: "Targets: who is told what happens", kinds: targets },
];
