import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import { projectOf, secretsOf, variablesOf } from "../../blueprint/action-variables";
import { askedOf, type Asked } from "../../blueprint/asked";
import { windowWords } from "./window";

/** What a deploy does, by AWS's provider, for people who know none of them. */
const deploys: Readonly<Record<string, string>> = {
    ECS: "puts the new container image into service",
    CodeDeployToECS: "puts the new container image into service beside the old one, and moves the users over",
    CodeDeploy: "puts the new version onto the machines",
    CloudFormation: "creates or changes the AWS resources that the template lists",
    CloudFormationStackSet:
        "creates or changes the AWS resources that the template lists, in several accounts or regions",
    CloudFormationStackInstances: "adds the resources of the template to further accounts or regions",
    S3: "copies the files into storage (S3), from where they are served",
    ElasticBeanstalk: "hands the new version to Elastic Beanstalk, which runs it",
    EC2: "puts the new version onto virtual machines",
    EKS: "puts the new version onto the Kubernetes cluster",
    Lambda: "puts the new version of the function into service",
    AppConfig: "hands out the new configuration",
    ServiceCatalog: "publishes a new version of the product",
};

const own: Readonly<Record<Asked, (summary: string) => string>> = {
    seal: summary =>
        `takes a fingerprint of what was built and signs it, so that nobody can change it unseen (${summary})`,
    verify: summary =>
        `compares what is to be deployed with its fingerprint, and stops if anything differs (${summary})`,
    check: summary => `looks whether it may go on: ${summary}`,
};

/** What one action does, in plain words. */
export function actionWords(action: ActionPlan, stage: StagePlan, pipeline: PipelinePlan, fleet: FleetPlan): string {
    const asked = askedOf(action, fleet);
    const does = asked === undefined ? plain(action, stage) : own[asked](action.summary);
    const where = action.region === undefined ? "" : `, in the region ${action.region}`;
    return `\`${action.name}\` ${does}${where}.${secretWords(action, pipeline)}`;
}

/** What secrets an action is given: by name, never by value. */
function secretWords(action: ActionPlan, pipeline: PipelinePlan): string {
    const secrets = secretsOf(variablesOf(action, projectOf(action, pipeline)));
    return secrets.length === 0
        ? ""
        : ` It reads ${secrets.length === 1 ? "the secret" : "the secrets"} ${secrets.map(({ variable, kept, name }) => `${variable} (${name} of ${kept})`).join(", ")}.`;
}

function plain({ action: { category, provider, owner }, summary }: ActionPlan, { purpose }: StagePlan): string {
    switch (category) {
        case "Source":
            return `takes what changed: ${summary}`;
        case "Approval":
            return `waits for a person: ${summary}`;
        case "Test":
            return `runs tests: ${summary}`;
        case "Deploy":
            return `${owner === "Custom" ? "deploys with a tool of your own" : (deploys[provider] ?? "deploys")}: ${summary}`;
        case "Build":
            return purpose === "environment"
                ? `runs commands on a machine that is made for it: ${summary}`
                : `builds on a machine that is made for it and thrown away: ${summary}`;
        case "Compute":
            return `runs commands: ${summary}`;
        case "Invoke":
            return `calls ${provider === "Lambda" ? "a function" : provider}: ${summary}`;
    }
}

/** What a gate on entry, or after the actions, asks; by AWS's provider of rules. */
export function gateWords({ provider, configuration, summary }: StagePlan["before"][number]): string {
    switch (provider) {
        case "DeploymentWindow": {
            const { Cron, TimeZone } = configuration;
            const words = windowWords(String(Cron), String(TimeZone));
            return words === undefined
                ? `a time window: it opens as the cron expression ${String(Cron)} (${String(TimeZone)}) says`
                : `a time window: ${words}`;
        }
        case "CloudWatchAlarm":
            return `an alarm that must not ring: ${summary}`;
        case "VariableCheck":
            return `a value that must be right: ${summary}`;
        default:
            return summary;
    }
}
