import { z } from "zod";
import { customLimits, customStep, jenkinsShape, sampleAction } from "../custom-actions";
import { kind } from "../kind";

/**
 * Tests in a project of a Jenkins server: the plugin there polls CodePipeline and takes the artifact, by default the source.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
 */
export const jenkins = kind({
    type: "jenkins",
    actions: [sampleAction("test", "Jenkins", ["ProjectName"])],
    limits: customLimits,
    settings: z.strictObject(jenkinsShape("test")),
    example: `
        type: jenkins
        server: test-server
        project: orders-acceptance`,
    around: {
        stack: `
            customActions:
              test-server: { category: test, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }`,
    },
    plan: ({ server, project }, at) => [customStep(server, { ProjectName: project }, at)],
});
