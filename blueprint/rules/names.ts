import type { Path, Problem } from "../../catalog/problem";
import type { ComponentPlan } from "../../catalog/plan";
import type { FleetPlan, NotificationTargetPlan } from "../plan";
import { writtenRoles } from "../roles";
import { projectsOf } from "./projects";
import type { FleetRule } from "./rule";

/** A name that was derived, and where in the stack file its words stand. */
interface Derived {
    readonly name: string;
    readonly path: Path;
}

/** What AWS takes as the name of something. */
interface Naming {
    readonly rule: string;
    readonly noun: string;
    readonly longest: number;
    readonly shortest?: number;
    /** The characters that may stand in it. */
    readonly characters: RegExp;
    readonly source: string;
    names(fleet: FleetPlan): readonly Derived[];
}

const componentNames =
    <C extends ComponentPlan["component"]>(component: C) =>
    ({ pipelines }: FleetPlan): Derived[] =>
        pipelines.flatMap(({ service, components }) =>
            components
                .filter(candidate => candidate.component === component)
                .map(({ physicalName }) => ({ name: physicalName, path: ["services", service] })),
        );

const sharedName = (name: string): Derived[] => [{ name, path: ["prefix"] }];

const sharedNames = (name: string | undefined): Derived[] => (name === undefined ? [] : sharedName(name));

/** A name of something that is made for a target, where it is. */
const ofTargets = (
    { operations }: FleetPlan["shared"],
    name: (target: NotificationTargetPlan) => string | undefined,
): Derived[] =>
    operations.targets.flatMap(target => {
        const own = name(target);
        return own === undefined ? [] : [{ name: own, path: ["targets", target.key] }];
    });

const storesOf = ({ store, stores }: FleetPlan["shared"]) => [store, ...stores];

/** Names are derived and cut to length in `blueprint/names.ts`; what AWS takes is said here once more, by itself. */
const namings: readonly Naming[] = [
    {
        rule: "project-name",
        noun: "CodeBuild project",
        shortest: 2,
        longest: 150,
        characters: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
        source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html",
        names: componentNames("BuildProject"),
    },
    {
        rule: "event-rule-name",
        noun: "EventBridge rule",
        longest: 64,
        characters: /^[A-Za-z0-9._-]+$/,
        source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
        names: fleet => [...componentNames("EventTrigger")(fleet), ...componentNames("RollbackAlarm")(fleet)],
    },
    {
        rule: "schedule-name",
        noun: "schedule",
        longest: 64,
        characters: /^[0-9a-zA-Z._-]+$/,
        source: "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html",
        names: componentNames("ScheduleTrigger"),
    },
    {
        rule: "repository-name",
        noun: "image repository",
        shortest: 2,
        longest: 256,
        characters: /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
        source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html",
        names: componentNames("ImageRepository"),
    },
    {
        rule: "role-name",
        noun: "role",
        longest: 64,
        characters: /^[A-Za-z0-9_+=,.@-]+$/,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
        names: fleet => writtenRoles(fleet).map(({ name, path }) => ({ name, path })),
    },
    {
        rule: "policy-name",
        noun: "policy",
        longest: 128,
        characters: /^[A-Za-z0-9_+=,.@-]+$/,
        source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
        names: ({ shared }) => shared.approvals.map(({ policyName }) => ({ name: policyName, path: ["environments"] })),
    },
    {
        rule: "topic-name",
        noun: "topic",
        longest: 256,
        characters: /^[A-Za-z0-9_-]+$/,
        source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
        names: ({ shared }) => [
            ...shared.approvals.map(({ name }) => ({ name, path: ["environments"] })),
            ...ofTargets(shared, ({ topic }) => topic?.name),
        ],
    },
    {
        rule: "queue-name",
        noun: "queue",
        longest: 80,
        characters: /^[A-Za-z0-9_-]+$/,
        source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html",
        names: ({ shared }) => [
            ...shared.functions.flatMap(({ queue, deadLetters }) =>
                [...(queue === undefined ? [] : [queue]), deadLetters].flatMap(({ name }) => sharedName(name)),
            ),
            ...ofTargets(shared, ({ queue }) => queue?.name),
        ],
    },
    {
        rule: "chat-configuration-name",
        noun: "chat configuration",
        longest: 128,
        characters: /^[A-Za-z0-9_-]+$/,
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html",
        names: ({ shared }) => ofTargets(shared, ({ chat }) => chat?.name),
    },
    {
        rule: "trail-name",
        noun: "trail",
        shortest: 3,
        longest: 128,
        characters: /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
        source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html",
        names: ({ shared }) => sharedNames(shared.operations.audit?.trail?.name),
    },
    {
        rule: "connection-name",
        noun: "connection",
        longest: 32,
        characters: /^[\s\S]+$/,
        source: "https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html",
        names: ({ shared }) => shared.connections.map(({ name, key }) => ({ name, path: ["connections", key] })),
    },
    {
        rule: "bucket-length",
        noun: "artifact bucket",
        shortest: 3,
        longest: 63,
        characters: /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        names: ({ shared }) => storesOf(shared).flatMap(({ bucket }) => sharedName(bucket)),
    },
    {
        rule: "key-alias",
        noun: "alias of the artifact key",
        longest: 256,
        characters: /^alias\/[A-Za-z0-9/_-]+$/,
        source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
        names: ({ shared }) => sharedName(shared.store.alias),
    },
    {
        rule: "log-group-name",
        noun: "log group",
        longest: 512,
        characters: /^[A-Za-z0-9._/#-]+$/,
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
        names: ({ shared }) => sharedName(shared.logs.group),
    },
    {
        rule: "function-name",
        noun: "function",
        longest: 64,
        characters: /^[A-Za-z0-9_-]+$/,
        source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
        names: ({ shared }) => shared.functions.map(({ name }) => ({ name, path: ["environments"] })),
    },
    {
        rule: "log-stream-name",
        noun: "log stream",
        // CodeBuild puts a slash and the build's UUID behind it, and CloudWatch Logs takes 512.
        longest: 512 - 37,
        characters: /^[^:*]+$/,
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html",
        names: fleet => projectsOf(fleet).map(({ project, path }) => ({ name: project.logs.stream, path })),
    },
];

function misnamed({ noun, shortest = 1, longest, characters }: Naming, { name, path }: Derived): Problem[] {
    const message = (what: string) => `the derived name ${JSON.stringify(name)} of a ${noun} ${what}`;
    if (name.length < shortest || name.length > longest) {
        const range = shortest === 1 ? `at most ${longest}` : `${shortest} to ${longest}`;
        return [{ path, message: message(`has ${name.length} characters, of ${range}: choose a shorter word`) }];
    }
    return characters.test(name)
        ? []
        : [{ path, message: message(`holds a character that AWS does not take there (${characters.source})`) }];
}

/** The names of what is made beside pipelines: each as AWS takes it. */
export const nameRules: readonly FleetRule[] = namings.map(naming => ({
    name: naming.rule,
    severity: "error",
    source: naming.source,
    check: fleet => naming.names(fleet).flatMap(derived => misnamed(naming, derived)),
}));
