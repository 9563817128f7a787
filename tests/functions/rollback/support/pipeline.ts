import { DescribeAlarmsCommand, type CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    RollbackStageCommand,
    type CodePipelineClient,
    type ExecutionMode,
    type ExecutionType,
    type StageExecutionStatus,
} from "@aws-sdk/client-codepipeline";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { handle, type Tools } from "../../../../functions/rollback/handle";
import { MemoryTable } from "../../support/table";

/** An execution that has come to the stage. */
export interface Execution {
    readonly id: string;
    readonly type: ExecutionType;
    readonly version: number;
    readonly mode: ExecutionMode;
    /** When the execution began, and when it came to the stage; in milliseconds. */
    readonly started: number;
    readonly entered: number;
    status: StageExecutionStatus;
    /** Of a rollback. */
    readonly target?: string;
}

/** An error as the SDK throws it when AWS has answered. */
export function answered(name: string, fault: "client" | "server" = "client"): Error {
    return Object.assign(new Error(`${name} it is`), { name, $fault: fault });
}

export const minute = 60_000;
export const noon = Date.UTC(2026, 0, 15, 12);

/** A pipeline with the one stage `prod`, its alarms, and the queue of `notify`: what the function sees of AWS. */
export class World {
    now = noon;
    version = 3;

    /** Whether the list of what succeeded still shows what began before the last edit. */
    late = false;
    readonly executions: Execution[] = [];
    readonly alarms = new Map<string, string>([["orders-5xx", "ALARM"]]);
    readonly table = new MemoryTable();

    /** What `notify` was told. */
    readonly told: { readonly id: string; readonly detail: Record<string, unknown> }[] = [];

    /** Targets of rollbacks that AWS has begun. */
    readonly begun: string[] = [];

    /** Names of the commands that were sent. */
    readonly sent: string[] = [];

    /** Called before each command: what it throws, AWS has not done. */
    before: (command: string) => void | Promise<void> = () => undefined;

    /** Called after each command: what it throws reaches the function although AWS has done it. */
    after: (command: string) => void | Promise<void> = () => undefined;

    /** Puts a release into the stage, after all others. */
    release(id: string, change: Partial<Execution> = {}): this {
        const entered = noon - 60 * minute + this.executions.length * 10 * minute;
        this.executions.push({
            id,
            type: "STANDARD",
            version: this.version,
            mode: "QUEUED",
            started: entered - 5 * minute,
            entered,
            status: "Succeeded",
            ...change,
        });
        return this;
    }

    /** What the function works with. */
    tools(): Tools {
        const codepipeline = this.client(command => this.pipelineAnswer(command)) as CodePipelineClient;
        return {
            asking: codepipeline,
            codepipeline,
            cloudwatch: this.client(command => this.alarmAnswer(command)) as CloudWatchClient,
            sqs: this.client(command => this.queueAnswer(command)) as SQSClient,
            table: this.table.table(() => this.now),
            notifyQueue: "https://sqs.eu-west-1.amazonaws.com/111111111111/shop--fleet--notify",
        };
    }

    handle = (body: unknown) => handle(body, this.tools());

    private client(answer: (command: unknown) => unknown): unknown {
        return {
            send: async (command: object) => {
                const { name } = command.constructor;
                this.sent.push(name);
                await this.before(name);
                const result = answer(command);
                await this.after(name);
                return result;
            },
        };
    }

    private pipelineAnswer(command: unknown): unknown {
        if (command instanceof GetPipelineStateCommand) {
            return { pipelineVersion: this.version, stageStates: [{ stageName: "Source" }, this.stageState()] };
        }
        if (command instanceof ListPipelineExecutionsCommand) {
            return { pipelineExecutionSummaries: this.listed(command) };
        }
        if (command instanceof ListActionExecutionsCommand) {
            return {
                actionExecutionDetails: this.newestFirst().map(({ id, entered }) => ({
                    pipelineExecutionId: id,
                    stageName: "prod",
                    actionName: "deploy",
                    startTime: new Date(entered),
                })),
            };
        }
        if (command instanceof GetPipelineExecutionCommand) {
            const one = this.executions.find(({ id }) => id === command.input.pipelineExecutionId);
            return { pipelineExecution: one && { pipelineVersion: one.version, executionType: one.type } };
        }
        if (command instanceof RollbackStageCommand) {
            return { pipelineExecutionId: this.rollBack(String(command.input.targetPipelineExecutionId)) };
        }
        throw new Error(`${(command as object).constructor.name} is not known here`);
    }

    private stageState() {
        const latest = this.newestFirst().at(0);
        return {
            stageName: "prod",
            ...(latest && {
                latestExecution: { pipelineExecutionId: latest.id, status: latest.status, type: latest.type },
            }),
        };
    }

    private newestFirst = () => [...this.executions].sort((a, b) => b.entered - a.entered);

    private listed({ input: { filter, pipelineName } }: ListPipelineExecutionsCommand) {
        if (pipelineName !== "shop--orders") {
            throw answered("PipelineNotFoundException");
        }
        const succeeded = ({ status, version }: Execution) =>
            status === "Succeeded" && (this.late || version === this.version);
        return [...this.executions]
            .sort((a, b) => b.started - a.started)
            .filter(one => filter === undefined || succeeded(one))
            .map(({ id, type, mode, started, target }) => ({
                pipelineExecutionId: id,
                executionType: type,
                executionMode: mode,
                startTime: new Date(started),
                ...(target !== undefined && { rollbackMetadata: { rollbackTargetPipelineExecutionId: target } }),
            }));
    }

    /** AWS rolls back no stage that is busy, and to nothing but a release of the current version that succeeded. */
    private rollBack(target: string): string {
        const found = this.executions.find(({ id }) => id === target);
        const busy = this.executions.some(({ status }) => status === "InProgress");
        const fits = found?.type === "STANDARD" && found.version === this.version && found.status === "Succeeded";
        if (busy || !fits) {
            throw answered("UnableToRollbackStageException");
        }
        this.begun.push(target);
        const id = `rollback-${this.begun.length}`;
        this.release(id, { type: "ROLLBACK", target, status: "InProgress", started: this.now, entered: this.now });
        return id;
    }

    private alarmAnswer(command: unknown): unknown {
        if (!(command instanceof DescribeAlarmsCommand)) {
            throw new Error("expected DescribeAlarms");
        }
        const [name] = command.input.AlarmNames ?? [];
        const state = this.alarms.get(name);
        return { MetricAlarms: state === undefined ? [] : [{ AlarmName: name, StateValue: state }] };
    }

    private queueAnswer(command: unknown): unknown {
        if (!(command instanceof SendMessageCommand)) {
            throw new Error("expected SendMessage");
        }
        this.told.push(JSON.parse(String(command.input.MessageBody)) as World["told"][number]);
        return {};
    }
}

/** The message that a rule sends when `alarm` has risen. */
export const risen = (change: Record<string, unknown> = {}, alarm = "orders-5xx", id = "event-1") => ({
    pipeline: "shop--orders",
    stage: "prod",
    environment: "prod",
    service: "orders",
    event: {
        version: "0",
        id,
        "detail-type": "CloudWatch Alarm State Change",
        source: "aws.cloudwatch",
        account: "111111111111",
        time: new Date(noon - minute).toISOString(),
        region: "eu-west-1",
        resources: [`arn:aws:cloudwatch:eu-west-1:111111111111:alarm:${alarm}`],
        detail: {
            alarmName: alarm,
            state: { value: "ALARM", reason: "Threshold Crossed" },
            previousState: { value: "OK" },
            ...change,
        },
    },
});
