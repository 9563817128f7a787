import { category, order, pipeline, stagesOf } from "./pipelines";
import {
    below,
    found,
    glob,
    isMissing,
    listed,
    shown,
    texts,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
} from "./rule";

const inputsOf = (action: unknown) => listed(below(action, "inputArtifacts"));

/** What builds and other programs of one's own are, in AWS's words. */
const programs: readonly unknown[] = ["Build", "Compute"];

/**
 * Whether an action brings something to an environment: a deploy, or a program that takes artifacts and makes none, which is what
 * scripts do that deploy or migrate. What makes an artifact may be a build; tests deploy nothing.
 */
const uses = (action: unknown) =>
    category(action) === "Deploy" ||
    (programs.includes(category(action)) && isMissing(below(action, "outputArtifacts")));

/** Full clones among the sources of `resource`: only CodeBuild may take them, so that no function can verify one. */
const clonesOf = (resource: Resource): readonly unknown[] =>
    stagesOf(resource)
        .flatMap(({ actions }) => actions)
        .filter(action => below(action, "configuration", "OutputArtifactFormat") === "CODEBUILD_CLONE_REF")
        .flatMap(action => listed(below(action, "outputArtifacts")));

/** What stages of a pipeline use though no action before it, in the same stage, has verified it. */
function unverified(resource: Resource, isVerify: (action: unknown) => boolean): readonly Result[] {
    if (resource.props.stages === unknown) {
        return [unseen(resource, "stages")];
    }
    const clones = clonesOf(resource);
    return stagesOf(resource).flatMap(({ name, actions }, index): readonly Result[] => {
        const at = `stages[${index}]`;
        if (actions.some(action => inputsOf(action).includes(unknown))) {
            return [unseen(resource, at)];
        }
        const verifiedBefore = (user: unknown) =>
            actions.filter(action => isVerify(action) && order(action) < order(user)).flatMap(inputsOf);
        const left = new Set(
            actions
                .filter(uses)
                .flatMap(user => inputsOf(user).filter(input => !verifiedBefore(user).includes(input)))
                .filter(input => !clones.includes(input)),
        );
        return left.size === 0
            ? []
            : [
                  found(
                      resource,
                      `${at} ${shown(name)}`,
                      `an action before the deploy that verifies ${[...left].map(String).join(", ")}`,
                      "none",
                      "let the function that verifies run first",
                  ),
              ];
    });
}

/** What is asked of pipelines of a stack that can verify artifacts. */
export const verificationRules: readonly Rule[] = [
    {
        name: "pipeline-verified",
        description:
            "Where the stack has a function that verifies artifacts, it looks at each that a deploy, or a script that deploys, takes",
        level: "advisory",
        severity: "medium",
        settings: {
            functions: {
                type: "strings",
                description: "Names of functions that verify artifacts; * stands for any characters",
                default: ["*--verify"],
            },
        },
        checkStack: (resources, settings) => {
            const isName = (name: unknown) =>
                typeof name === "string" && texts(settings, "functions").some(pattern => glob(pattern).test(name));
            const has = resources.some(
                ({ type, props }) => type === "aws:lambda/function:Function" && isName(props.name),
            );
            return has
                ? resources
                      .filter(({ type }) => pipeline.includes(type))
                      .flatMap(resource =>
                          unverified(resource, action => isName(below(action, "configuration", "FunctionName"))),
                      )
                : [];
        },
    },
];
