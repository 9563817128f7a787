import { codebuild } from "./codebuild";
import { inspectorScan } from "./inspector-scan";
import { sonarqube } from "./sonarqube";

/** What tests a service, before or after it is deployed. */
export const suites = [codebuild, inspectorScan, sonarqube] as const;

/** The kind that a suite without `type` has. */
export const defaultSuite = codebuild.type;
