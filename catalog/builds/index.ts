import { codebuild } from "./codebuild";
import { image } from "./image";
import { none } from "./none";

/** What makes of the source what is deployed. */
export const builds = [codebuild, image, none] as const;

/** The kind that a build without `type` has. */
export const defaultBuild = codebuild.type;
