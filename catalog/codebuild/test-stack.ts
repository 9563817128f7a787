import { arn, type Location } from "../arn";
import { allow, allowAnywhere, passRole, type Grant } from "../grant";
import type { Place } from "../kind";
import type { Variable } from "../plan";
import type { Around } from "./buildspec";
import { quoted } from "./coverage";
import { deployProfile, inEnvironment, longestSession, sessionVariables, writeDeployProfile } from "./deploy-role";
import { longestProject } from "./project";
import { testVariables, type TestEnvironment } from "./test-environment";
import { filledAt, givenByAction } from "./variables";

/** Longest name of a stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html. */
const longestStack = 128;

/** A build's id without the name of its project: a UUID. */
const uuid = "????????-????-????-????-????????????";

/** One test environment in its place: the stack's region and account, and the beginning of its name. */
interface Stack {
    readonly settings: TestEnvironment;
    readonly where: Location;
    /** What the names of the stacks of this suite, in this environment, begin with; a build's UUID follows. */
    readonly prefix: string;
    /** The CodeBuild project that the suite runs in. */
    readonly project: string;
    readonly home: Location;
    /** Writes the profile of the environment's deploy role, which then sets the stack up; empty where there is none. */
    readonly profile: readonly string[];
}

/** What a suite with a test environment needs beside what it needs anyway. */
export interface TestStackPlan {
    /** In words: which stacks it sets up. */
    readonly summary: string;
    readonly around: Around;
    /** Removes what builds have left behind that no longer run. */
    readonly cleanUp: readonly string[];
    /** To the project's role. */
    readonly grants: readonly Grant[];
    /** To the environment's deploy role, where it has one. */
    readonly assumed?: readonly Grant[];
    /** Of the project. */
    readonly variables: readonly Variable[];
    /** Given by the action: they differ from one execution to the next. */
    readonly given: readonly Variable[];
    /** The role that is handed to CloudFormation. */
    readonly passes: readonly string[];
    readonly prerequisites: readonly string[];
}

/**
 * Macros of AWS itself, SAM's among them. CloudFormation expands them with the execution role.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html
 */
const transforms = (at: Location) => arn("cloudformation", "transform/*", { ...at, account: "aws" });

/** Plans the test environment of a suite whose project, and stacks, are named after `suffix`. */
export function planTestStack(settings: TestEnvironment, at: Place, suffix: readonly string[]): TestStackPlan {
    const { environment, home } = at;
    const project = at.physicalName(longestProject, ...suffix);
    const where = environment ?? home;
    const prefix = `${at.physicalName(longestStack - uuid.length - 2, ...suffix)}--`;
    const executionRoleArn = filledAt(settings.executionRoleArn, at);
    const deployRoleArn = environment?.deployRoleArn;
    const stack: Stack = {
        settings: { ...settings, executionRoleArn },
        where,
        prefix,
        project,
        home,
        profile: writeDeployProfile(at, at.physicalName(longestSession, ...suffix)),
    };
    const { own, assumed } = inEnvironment(at, stackGrants(stack));
    const parameters = Object.entries(settings.parameters).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: filledAt(value, at),
    }));
    const variable = { name: testVariables.parameters, value: JSON.stringify(parameters), type: "PLAINTEXT" as const };
    const variables = parameters.length === 0 ? [] : [variable];
    return {
        summary: `a stack of its own, ${prefix}…${deployRoleArn === undefined ? "" : `, assuming the role ${deployRoleArn}`}`,
        around: { before: setUp(stack), after: tearDown(stack) },
        cleanUp: [...stack.profile, ...removeLeftovers(stack)],
        grants: [
            ...own,
            allow("AskForOwnBuilds", ["codebuild:BatchGetBuilds"], [arn("codebuild", `project/${project}`, home)]),
        ],
        ...(assumed !== undefined && { assumed }),
        variables: variables.filter(({ value }) => !givenByAction(value)),
        given: [...variables.filter(({ value }) => givenByAction(value)), ...sessionVariables(at)],
        passes: [executionRoleArn],
        prerequisites: settings.capabilities.includes("CAPABILITY_AUTO_EXPAND")
            ? [
                  `${executionRoleArn} may use the template's macros: cloudformation:CreateChangeSet on ${transforms(where)}`,
              ]
            : [],
    };
}

/** Statuses of stacks that are there and that a suite's own can have: nobody updates them. */
const statuses = [
    "CREATE_IN_PROGRESS",
    "CREATE_FAILED",
    "CREATE_COMPLETE",
    "ROLLBACK_IN_PROGRESS",
    "ROLLBACK_FAILED",
    "ROLLBACK_COMPLETE",
    "DELETE_IN_PROGRESS",
    "DELETE_FAILED",
];

/** A call of CloudFormation: as the deploy role, where there is one, which no command of the suite becomes. */
const cloudformation = ({ where, profile }: Stack, command: string, ...options: readonly string[]) =>
    [
        ...(profile.length === 0 ? [] : [deployProfile]),
        "aws cloudformation",
        command,
        "--region",
        where.region,
        ...options,
    ].join(" ");

/** The name of this build's stack, in a shell; the commands of a suite may have changed every variable of their own. */
const ownName = ({ prefix }: Stack) => `"${prefix}\${CODEBUILD_BUILD_ID##*:}"`;

/** Deletes the stack `name`, waits until it is gone, and says why where it is not. */
function removed(stack: Stack, name: string): string {
    const named = `--stack-name ${name}`;
    const gone = [
        cloudformation(stack, "delete-stack", named, "--role-arn", stack.settings.executionRoleArn),
        cloudformation(stack, "wait stack-delete-complete", named),
    ].join(" && ");
    const hint = `echo "test environment: the stack" ${name} "is still there: remove it by hand"`;
    return `${gone} || { ${why(stack, name)}; ${hint}; false; }`;
}

/** The events that tell why `name` could not be made or removed. */
const why = (stack: Stack, name: string) =>
    cloudformation(
        stack,
        "describe-stack-events",
        `--stack-name ${name}`,
        `--query "StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId, ResourceStatusReason]"`,
        "--output text",
    );

/**
 * Removes leftovers: stacks of this suite in this environment whose build no longer runs, as it was stopped or timed out, and
 * CodeBuild does not promise to run its last commands then.
 */
function removeLeftovers(stack: Stack): string[] {
    const { prefix, project, home } = stack;
    const status = `aws codebuild batch-get-builds --region ${home.region} --ids "${project}:\${stack#${prefix}}" --query "builds[].buildStatus" --output text`;
    return [
        `${testVariables.leftovers}="$(${cloudformation(
            stack,
            "list-stacks",
            "--stack-status-filter",
            ...statuses,
            `--query "StackSummaries[?starts_with(StackName, '${prefix}')].StackName"`,
            "--output text",
        )})"`,
        `( for stack in $${testVariables.leftovers}; do case "$stack" in ${prefix}${uuid}) status="$(${status})" || exit 1; if [ "$status" != IN_PROGRESS ]; then echo "test environment: removing $stack, which an earlier build left behind"; { ${removed(stack, '"$stack"')}; } || exit 1; fi;; esac; done )`,
    ];
}

/** What runs before the suite's commands. */
function setUp(stack: Stack): string[] {
    const { template, capabilities, executionRoleArn, parameters, outputs } = stack.settings;
    const own = `--stack-name "$${testVariables.stack}"`;
    return [
        ...stack.profile,
        `export ${testVariables.stack}=${ownName(stack)}`,
        ...removeLeftovers(stack),
        cloudformation(
            stack,
            "create-stack",
            own,
            `--template-body "file://\${CODEBUILD_SRC_DIR:-.}/"${quoted(template)}`,
            `--role-arn ${executionRoleArn}`,
            ...(capabilities.length > 0 ? ["--capabilities", ...capabilities] : []),
            ...(Object.keys(parameters).length > 0 ? [`--parameters "$${testVariables.parameters}"`] : []),
        ),
        `${cloudformation(stack, "wait stack-create-complete", own)} || { ${why(stack, `"$${testVariables.stack}"`)}; false; }`,
        ...Object.entries(outputs).map(([name, output]) => {
            const read = cloudformation(
                stack,
                "describe-stacks",
                own,
                `--query "Stacks[].Outputs[] | [?OutputKey=='${output}'].OutputValue"`,
                "--output text",
            );
            return `${name}="$(${read})" && [ -n "$${name}" ] && export ${name} || { echo "test environment: the stack has no output ${output}"; false; }`;
        }),
    ];
}

/** What runs after them. The profile is written once more: the commands may have changed the file. */
const tearDown = (stack: Stack) => [...stack.profile, removed(stack, ownName(stack))];

/**
 * Setting up and removing the stacks of this suite in this environment.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
const stackGrants = ({ prefix, where, settings }: Stack): Grant[] => [
    allow(
        "RunTestEnvironment",
        [
            "cloudformation:CreateStack",
            "cloudformation:DeleteStack",
            "cloudformation:DescribeStackEvents",
            "cloudformation:DescribeStacks",
        ],
        [arn("cloudformation", `stack/${prefix}*/*`, where)],
    ),
    allowAnywhere(
        "FindLeftTestEnvironments",
        ["cloudformation:ListStacks"],
        "cloudformation:ListStacks has no resource-level permission",
    ),
    passRole("PassExecutionRole", [settings.executionRoleArn], "cloudformation.amazonaws.com"),
];
