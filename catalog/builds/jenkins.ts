import { z } from "zod";
import { customLimits, customStep, jenkinsShape, sampleAction } from "../custom-actions";
import { kind } from "../kind";
import { buildsAnew } from "./codebuild";

/**
 * A project of a Jenkins server: the plugin there polls CodePipeline, builds what the source holds, and hands on what it publishes.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
 */
export const jenkins = kind({
    type: "jenkins",
    actions: [sampleAction("build", "Jenkins", ["ProjectName"])],
    limits: customLimits,
    settings: z.strictObject(jenkinsShape("build")),
    example: `
        type: jenkins
        server: build-server
        project: orders`,
    around: {
        stack: `
            customActions:
              build-server: { category: build, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }`,
    },
    plan: ({ server, project }, at) => [
        { ...customStep(server, { ProjectName: project }, at, [at.output()]), weakens: buildsAnew(at) },
    ],
});
