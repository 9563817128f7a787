import { codebuild } from "./codebuild";

/** What tests a service, before or after it is deployed. */
export const suites = [codebuild] as const;

/** The kind that a suite without `type` has. */
export const defaultSuite = codebuild.type;
