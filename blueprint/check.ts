import { arn } from "../catalog/arn";
import { checkAction } from "../catalog/check";
import { foreignAlarm, isForeign } from "../catalog/gates/alarm";
import { allow, allowAnywhere, type Grant } from "../catalog/grant";
import type { GatePlace } from "../catalog/kind";
import type { Rule, Step } from "../catalog/plan";
import { skips } from "../config/gates";
import type { FleetConfig, ServiceEnvironment } from "../config/fleet-config";
import type { CheckInput } from "../functions/check/input";
import { rules } from "./gates";
import { functionArn, functionName, functionPlan } from "./functions";
import type { Ground } from "./place";
import type { CheckPlan, FunctionPlan, PipelinePlan, StagePlan } from "./plan";
import type { PlannedUnit } from "./units";

/** Folder and key of the check's function, and name of the action that asks it, which no unit of a service can have. */
const checkName = "check";

/** What stands before the first deploy of an environment's stage: rules on entry, and perhaps a first action. */
export interface Entry {
    readonly before: readonly Rule[];

    /** What follows when one of the rules does not pass. */
    readonly otherwise: StagePlan["otherwise"];

    readonly check?: CheckPlan;

    /** The first action, or none. */
    readonly first: readonly PlannedUnit[];
}

/**
 * The gates on entry to the stage of `environment`, and its freeze. What changes with time is looked at on entry; beside
 * a window, which holds an execution for hours, by the first action: rules that have passed are not checked again. An
 * entry that skips the stage cannot say no to it either, so there a freeze is the first action's, too.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export function entryOf(service: string, environment: ServiceEnvironment, ground: Ground): Entry {
    const at: GatePlace = { home: ground.home, when: "before", environment };
    const parts = environment.before;
    const windowed = parts.some(({ settings }) => settings.type === "window");
    const skipping = parts.some(({ settings }) => skips(settings));
    const alarms = windowed ? parts.filter(({ settings }) => settings.type === "alarm") : [];
    const inAction = windowed || skipping;
    const check: CheckPlan = {
        freezes: environment.freezable ? freezesOf(service, environment.name, ground) : {},
        alarms: alarms.flatMap(({ settings }) => (settings.type === "alarm" ? [settings.name] : [])),
    };
    const asked = Object.keys(check.freezes).length + check.alarms.length > 0;
    const question: Question = { service, environment, ground, check };
    const path = alarms.at(0)?.origin([]) ?? ["services", service];
    return {
        before: [
            ...rules(
                parts.filter(part => !alarms.includes(part)),
                at,
            ),
            ...(asked && !inAction ? [checkRule(question)] : []),
        ],
        otherwise: skipping ? "skip" : "fail",
        ...(asked && { check }),
        first:
            asked && inAction
                ? [{ steps: [checkStep(question)], unit: { name: checkName, needs: [], length: 1 }, path }]
                : [],
    };
}

/** What one stage asks the check. */
interface Question {
    readonly service: string;
    readonly environment: ServiceEnvironment;
    readonly ground: Ground;
    readonly check: CheckPlan;
}

/** The parameters that close `environment`, and `service` in it, by what they close. */
const freezesOf = (service: string, environment: string, { names }: Ground) => ({
    [environment]: names.freeze(environment),
    [`${service} in ${environment}`]: names.freeze(environment, service),
});

/** AWS replaces the variable before the function is asked, in actions and in rules: API_RuleExecutionInput, `resolvedConfiguration`. */
const configuration = ({ service, environment, ground, check }: Question) => {
    const input: CheckInput = {
        pipeline: ground.names.pipeline(service),
        execution: "#{codepipeline.PipelineExecutionId}",
        stage: environment.name,
        action: checkName,
        ...check,
    };
    return { FunctionName: functionName(ground, checkName), UserParameters: JSON.stringify(input) };
};

const grants = ({ ground }: Question): Grant[] => [
    allow("AskCheck", ["lambda:InvokeFunction"], [functionArn(ground, checkName)]),
];

const closed = ({ freezes }: CheckPlan) => Object.keys(freezes).join(" and ");

const checkRule = (question: Question): Rule => ({
    name: "freeze",
    provider: "LambdaInvoke",
    configuration: configuration(question),
    grants: grants(question),
    summary: `no freeze of ${closed(question.check)}`,
});

function checkStep(question: Question): Step {
    const { check, environment, ground } = question;
    return {
        name: checkName,
        action: checkAction,
        summary: [
            ...(Object.keys(check.freezes).length > 0 ? [`no freeze of ${closed(check)}`] : []),
            ...check.alarms.map(name => `alarm ${name} of account ${ground.home.account} not raised`),
        ].join("; "),
        configuration: configuration(question),
        inputs: [],
        outputs: [],
        grants: grants(question),
        prerequisites: check.alarms
            .filter(() => isForeign(ground.home, environment))
            .map(name => foreignAlarm(name, ground.home, environment)),
    };
}

/** The check's function, where a stage of `pipelines` asks it. */
export function checkFunction(
    { retention }: Pick<FleetConfig, "retention">,
    ground: Ground,
    pipelines: readonly PipelinePlan[],
): FunctionPlan[] {
    const checks = pipelines.flatMap(({ stages }) => stages.flatMap(({ check }) => check ?? []));
    const words = {
        key: checkName,
        description: "Says whether a stage may be entered: no freeze, no alarm",
        // A few calls of AWS, each tried three times.
        timeoutSeconds: 60,
        memoryMb: 256,
        grants: checkGrants(checks, ground),
    };
    return checks.length === 0 ? [] : [functionPlan(words, retention.logDays, ground)];
}

/**
 * What the check may do: answer, tell rollbacks from deploys, and read what stages ask it about. Neither freezes nor alarms
 * are listed: a list would grow with the services, past what a policy can hold.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html composite alarms
 */
function checkGrants(checks: readonly CheckPlan[], { home, names }: Ground): Grant[] {
    return [
        allowAnywhere(
            "AnswerPipelines",
            ["codepipeline:PutJobFailureResult", "codepipeline:PutJobSuccessResult"],
            "answers to a job have no resource-level permission",
        ),
        allow(
            "TellRollbacks",
            ["codepipeline:GetPipelineExecution", "codepipeline:ListActionExecutions"],
            [arn("codepipeline", names.everything, home)],
        ),
        ...(checks.some(({ freezes }) => Object.keys(freezes).length > 0)
            ? [allow("ReadFreezes", ["ssm:GetParameters"], [arn("ssm", `parameter${names.freezes}/*`, home)])]
            : []),
        ...(checks.some(({ alarms }) => alarms.length > 0)
            ? [
                  allowAnywhere(
                      "ReadAlarms",
                      ["cloudwatch:DescribeAlarms"],
                      "AWS shows composite alarms only to a permission on *",
                  ),
              ]
            : []),
    ];
}
