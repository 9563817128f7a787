import {
    below,
    found,
    glob,
    isMissing,
    isOwnKey,
    listed,
    ofTypes,
    property,
    shown,
    texts,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
} from "./rule";

const pipeline = ["aws:codepipeline/pipeline:Pipeline"];

/** One stage, as far as it is known. */
interface Stage {
    readonly name: unknown;
    readonly actions: readonly unknown[];
}

const stagesOf = (resource: Resource): readonly Stage[] =>
    listed(resource.props.stages).map(stage => ({
        name: below(stage, "name"),
        actions: listed(below(stage, "actions")),
    }));

const category = (action: unknown) => below(action, "category");

/** When an action runs in its stage: AWS takes 1 where nothing is said. */
const order = (action: unknown): number => {
    const value = below(action, "runOrder");
    return typeof value === "number" ? value : 1;
};

const isApproval = (action: unknown) => category(action) === "Approval";

/** Whether somebody is asked after all that a stage deploys. */
function endsWithApproval({ actions }: Stage): boolean {
    const last = Math.max(0, ...actions.filter(action => category(action) === "Deploy").map(order));
    return actions.some(action => isApproval(action) && order(action) > last);
}

/** Whether somebody is asked before anything else in the stage. */
function beginsWithApproval({ actions }: Stage): boolean {
    const first = Math.min(...actions.filter(action => !isApproval(action)).map(order));
    return actions.some(action => isApproval(action) && order(action) < first);
}

/** Whether production lies in the stage: by its name, and because something happens there beside approvals. */
const isProduction = ({ name, actions }: Stage, patterns: readonly string[]) =>
    typeof name === "string" &&
    patterns.some(pattern => glob(pattern.toLowerCase()).test(name.toLowerCase())) &&
    actions.some(action => !isApproval(action));

/** What is asked of pipelines. */
export const pipelineRules: readonly Rule[] = [
    {
        name: "pipeline-v2",
        description: "Pipelines are of type V2, which has triggers, variables, conditions, retries and rollbacks",
        level: "mandatory",
        severity: "medium",
        check: ofTypes(
            pipeline,
            property(["pipelineType"], '"V2"', "set pipelineType to V2", value => value === "V2"),
        ),
    },
    {
        name: "pipeline-encrypted",
        description: "Artifact stores of pipelines are encrypted with a key of KMS of the account's own",
        level: "mandatory",
        severity: "high",
        check: ofTypes(pipeline, resource => {
            const stores = resource.props.artifactStores;
            if (stores === unknown) {
                return [unseen(resource, "artifactStores")];
            }
            return listed(stores).flatMap((store, index): readonly Result[] => {
                const at = `artifactStores[${index}].encryptionKey`;
                const id = below(store, "encryptionKey", "id");
                return id === unknown
                    ? [unseen(resource, at)]
                    : isOwnKey(id)
                      ? []
                      : [
                            found(
                                resource,
                                at,
                                "a key of KMS of your own",
                                shown(id),
                                "name one, so that the key's policy says who reads artifacts",
                            ),
                        ];
            });
        }),
    },
    {
        name: "pipeline-approval",
        description: "Somebody approves before anything happens in production",
        level: "mandatory",
        severity: "high",
        settings: {
            production: {
                type: "strings",
                description: "Names of stages that are production; * stands for any characters",
                default: ["prod", "production", "prod-*", "production-*", "*-prod", "*-production"],
            },
        },
        check: ofTypes(pipeline, (resource, settings) => {
            if (resource.props.stages === unknown) {
                return [unseen(resource, "stages")];
            }
            const stages = stagesOf(resource);
            return stages.flatMap((stage, index): readonly Result[] => {
                const at = `stages[${index}]`;
                if (stage.name === unknown || stage.actions.some(action => category(action) === unknown)) {
                    return [unseen(resource, at)];
                }
                const asked = beginsWithApproval(stage) || (index > 0 && endsWithApproval(stages[index - 1]));
                return asked || !isProduction(stage, texts(settings, "production"))
                    ? []
                    : [
                          found(
                              resource,
                              `${at} ${shown(stage.name)}`,
                              "an approval in the stage before it, or as its first action",
                              "none",
                              "add a manual approval, or name your production stages in the rule's setting `production`",
                          ),
                      ];
            });
        }),
    },
    {
        name: "pipeline-verified",
        description: "Where the stack has a function that verifies artifacts, it runs before each deploy",
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
            const isVerify = (name: unknown) =>
                typeof name === "string" && texts(settings, "functions").some(pattern => glob(pattern).test(name));
            const has = resources.some(
                ({ type, props }) => type === "aws:lambda/function:Function" && isVerify(props.name),
            );
            return has ? resources.flatMap(resource => unverified(resource, isVerify)) : [];
        },
    },
];

/** Stages of a pipeline that deploy what no action before it in the stage has verified. */
function unverified(resource: Resource, isVerify: (name: unknown) => boolean): readonly Result[] {
    if (!pipeline.includes(resource.type)) {
        return [];
    }
    return stagesOf(resource).flatMap(({ name, actions }, index): readonly Result[] => {
        const deploys = actions.filter(
            action => category(action) === "Deploy" && !isMissing(below(action, "inputArtifacts")),
        );
        const first = Math.min(...deploys.map(order));
        const verified = actions.some(
            action => isVerify(below(action, "configuration", "FunctionName")) && order(action) < first,
        );
        return deploys.length === 0 || verified
            ? []
            : [
                  found(
                      resource,
                      `stages[${index}] ${shown(name)}`,
                      "an action before the deploy that verifies its artifacts",
                      "none",
                      "let the function that verifies run first",
                  ),
              ];
    });
}
