import type { Path } from "../../catalog/problem";
import { reaches, reachOf } from "../../catalog/reach";
import type { ActionPlan, PipelinePlan } from "../plan";
import { eachAction } from "./each";
import type { FleetRule } from "./rule";

const structure = "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html";
const crossRegion = "https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html";
const crossAccount = "https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html";

const ofService = ({ service }: PipelinePlan): Path => ["services", service];

const isSource = ({ action }: ActionPlan) => action.category === "Source";

/** What may stand in which stage, and where actions may run. */
export const stageRules: readonly FleetRule[] = [
    {
        name: "sources-first",
        severity: "error",
        source: structure,
        check: ({ pipelines }) =>
            pipelines.flatMap(pipeline =>
                pipeline.stages.flatMap(({ name, actions }, index) =>
                    actions
                        .filter(action => isSource(action) !== (index === 0))
                        .map(action => ({
                            path: action.path,
                            message:
                                index === 0
                                    ? `${action.name} stands in ${name}, the first stage, which holds sources alone`
                                    : `the source ${action.name} stands in ${name}: sources stand in the first stage alone`,
                        })),
                ),
            ),
    },
    {
        name: "stage-without-actions",
        severity: "error",
        source: structure,
        check: ({ pipelines }) =>
            pipelines.flatMap(pipeline =>
                pipeline.stages
                    .filter(({ actions }) => actions.length === 0)
                    .map(({ name }) => ({
                        path: ofService(pipeline),
                        message: `the stage ${name} would have no action, of at least 1`,
                    })),
            ),
    },
    {
        name: "actions-at-home",
        severity: "error",
        source: `${crossRegion} (sources, third-party and custom actions); https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html`,
        check: fleet =>
            eachAction(fleet, action => {
                const { name, action: type, region } = action;
                return region === undefined ||
                    (!isSource(action) && type.owner === "AWS" && type.category !== "Compute")
                    ? undefined
                    : `${name} (${type.provider}) would run in ${region}: CodePipeline runs it in the pipeline's own region alone`;
            }),
    },
    {
        name: "actions-of-the-account",
        severity: "error",
        source: `${crossAccount} (custom actions); https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html`,
        check: fleet =>
            eachAction(fleet, ({ name, action: type, roleArn }) =>
                roleArn === undefined ||
                roleArn.split(":")[4] === fleet.home.account ||
                (type.owner === "AWS" && type.category !== "Compute" && reachOf(type)?.account !== "home")
                    ? undefined
                    : `${name} (${type.provider}) would be performed with the role ${roleArn}: CodePipeline performs it in the pipeline's own account alone`,
            ),
    },
    {
        name: "cross-account-unsaid",
        severity: "warning",
        source: Object.values(reaches)
            .flatMap(({ account, source }) => (account === "unsaid" ? source : []))
            .join("; "),
        check: fleet =>
            eachAction(fleet, ({ name, action: type, roleArn = "" }) => {
                const reach = reachOf(type);
                return reach?.account === "unsaid" && roleArn !== "" && roleArn.split(":")[4] !== fleet.home.account
                    ? `${name} (${type.provider}) would work in another account: ${reach.note}`
                    : undefined;
            }),
    },
    {
        name: "timeout-of-approvals-only",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html",
        check: fleet =>
            eachAction(fleet, ({ name, action: type, timeoutMinutes }) =>
                timeoutMinutes === undefined || type.category === "Approval"
                    ? undefined
                    : `${name} (${type.provider}) would time out after ${timeoutMinutes} minutes: CodePipeline takes a timeout for approvals alone`,
            ),
    },
];
