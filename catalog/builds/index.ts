import { codebuild } from "./codebuild";
import { custom } from "./custom";
import { image } from "./image";
import { jenkins } from "./jenkins";
import { none } from "./none";

/** What makes of the source what is deployed. */
export const builds = [codebuild, custom, image, jenkins, none] as const;

/** The kind that a build without `type` has. */
export const defaultBuild = codebuild.type;
