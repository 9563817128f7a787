import type { ComponentPlan } from "../../catalog/plan";
import type { FleetRule } from "./rule";

/** Most characters of the description of a CodeBuild project; those of other things may be longer. */
const longest: Readonly<Partial<Record<ComponentPlan["component"], number>>> = { BuildProject: 255 };

/** Most characters of the description of an EventBridge rule or schedule. */
const otherwise = 512;

/** What IAM takes in the description of a role, which is described as what it is for. */
const characters = /^[\t\n\r\x20-\x7e\xa1-\xff]*$/;

/** How projects, rules and their roles are described. */
export const descriptionRules: readonly FleetRule[] = [
    {
        name: "descriptions",
        severity: "error",
        source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html; https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html; https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
        check: ({ pipelines }) =>
            pipelines.flatMap(({ service, components }) =>
                components.flatMap(component => {
                    if (!("description" in component)) {
                        return [];
                    }
                    const { description, physicalName } = component;
                    const most = longest[component.component] ?? otherwise;
                    const path = ["services", service];
                    return [
                        ...(description.length > most
                            ? [
                                  {
                                      path,
                                      message: `the description of ${physicalName} would have ${description.length} characters, of at most ${most}: shorten ${JSON.stringify(description.slice(0, 60))}…`,
                                  },
                              ]
                            : []),
                        ...(characters.test(description)
                            ? []
                            : [
                                  {
                                      path,
                                      message: `the description of ${physicalName} holds a character that IAM does not take (${characters.source}): ${JSON.stringify(description)}`,
                                  },
                              ]),
                    ];
                }),
            ),
    },
];
