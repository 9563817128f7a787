import {
    below,
    found,
    glob,
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

/** Types of pipelines. */
export const pipeline = ["aws:codepipeline/pipeline:Pipeline"];

/** One stage, as far as it is known. */
interface Stage {
    readonly name: unknown;
    readonly actions: readonly unknown[];
}

export const stagesOf = (resource: Resource): readonly Stage[] =>
    listed(resource.props.stages).map(stage => ({
        name: below(stage, "name"),
        actions: listed(below(stage, "actions")),
    }));

/** What an action is, in AWS's words. */
export const category = (action: unknown) => below(action, "category");

/** When an action runs in its stage: AWS takes 1 where nothing is said. */
export const order = (action: unknown): number => {
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
];
