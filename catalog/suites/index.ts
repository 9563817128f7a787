import { codebuild } from "./codebuild";
import { custom } from "./custom";
import { inspectorScan } from "./inspector-scan";
import { jenkins } from "./jenkins";
import { sonarqube } from "./sonarqube";

/** What tests a service, before or after it is deployed. */
export const suites = [codebuild, custom, inspectorScan, jenkins, sonarqube] as const;

/** The kind that a suite without `type` has. */
export const defaultSuite = codebuild.type;
