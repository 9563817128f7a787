import { buildRules } from "./builds";
import { otherRules } from "./others";
import { permissionRules } from "./permissions";
import { pipelineRules } from "./pipelines";
import type { Rule } from "./rule";
import { secretRules } from "./secrets";
import { storageRules } from "./storage";
import { verificationRules } from "./verified";

/** Every rule of the pack, by what it looks at. */
export const rules: readonly Rule[] = [
    ...pipelineRules,
    ...verificationRules,
    ...buildRules,
    ...secretRules,
    ...permissionRules,
    ...storageRules,
    ...otherRules,
];
