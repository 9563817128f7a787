import type { FleetConfig } from "../../config/fleet-config";
import type { TargetPlan } from "../../catalog/target-plan";
import type { Routes } from "../../functions/lib/happenings";
import type { Text } from "../../catalog/reference";
import type { StatusHost } from "../../functions/notify/statuses/status";
import type { RolePlan } from "../plan";
import type { Statement } from "../policy";
import type { DashboardBody } from "./dashboard/widgets";

/** A Lambda function of this program, its role and its log group. */
export interface FunctionPlan {
    /** Its folder in `functions/`, and its logical name. */
    readonly key: string;
    /** Physical name, of the function and of its role. */
    readonly name: string;
    readonly arn: string;
    /** What it does, in words. */
    readonly description: string;
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    readonly logs: { readonly group: string; readonly days: number };
    readonly role: RolePlan;
    /** What it is told of the stack: `settings.json` beside its code; may hold references. */
    readonly settings?: object;
    /** Where it takes its messages from; without it, it is called. */
    readonly queue?: FunctionQueuePlan;
    /** Where that goes which it could not handle, and the alarm that stays on until somebody has looked. */
    readonly deadLetters: QueuePlan & { readonly alarm: AlarmNames };
}

/** A queue. */
export interface QueuePlan {
    readonly name: string;
    readonly arn: string;
    readonly url: string;
}

/** The queue that a function listens to. */
export interface FunctionQueuePlan extends QueuePlan {
    /** How long a message that nobody answers for is hidden: six times as long as the function may take, as AWS advises. */
    readonly hiddenSeconds: number;
    /** Times that a message is taken before it goes to the dead letters: far above what the function itself allows. */
    readonly mostReceives: number;
    readonly batchSize: number;
    /** Batches that are handled at once, at most; from 2. */
    readonly maximumConcurrency: number;
    /** Who may send: rules of EventBridge. */
    readonly policy: readonly Statement[];
}

/** An alarm of the fleet, as others refer to it. */
export interface AlarmNames {
    readonly name: string;
    readonly description: string;
}

/** A metric that an alarm looks at, or what it makes of several. */
export type AlarmQuery = { readonly id: string } & (
    | {
          readonly metric: {
              readonly namespace: string;
              readonly name: string;
              readonly dimensions: Readonly<Record<string, string>>;
              readonly statistic: "Maximum" | "Sum";
              readonly periodSeconds: number;
          };
      }
    | {
          /** A query of Metrics Insights with its period, or math over the metrics beside it. */
          readonly expression: string;
          readonly periodSeconds?: number;
      }
);

/** What an alarm watches, as CloudWatch bills it: the metrics that it names, or one for each of these. */
export type Watched = "approvals" | "named metrics" | "releases" | "releases to production";

/** An alarm about the fleet as a whole. */
export interface FleetAlarmPlan extends AlarmNames {
    /** Logical name, and end of the physical one. */
    readonly key: string;
    readonly arn: string;
    /** What it says, for people. */
    readonly summary: string;
    /** The last one is what it compares. */
    readonly queries: readonly AlarmQuery[];
    readonly comparison: "GreaterThanOrEqualToThreshold" | "GreaterThanThreshold";
    readonly threshold: number;
    readonly watched: Watched;
    /** Whether it publishes to the stack's topics itself: it says that telling people may be what fails. */
    readonly tellsItself: boolean;
}

/** The dashboard of a stack. */
export interface DashboardPlan {
    readonly name: string;
    readonly body: DashboardBody;
}

/** What watches a fleet: the same for any number of services. */
export interface MonitoringPlan {
    /** Which metrics are kept of services. */
    readonly metrics: FleetConfig["operations"]["metrics"];
    readonly alarms: readonly FleetAlarmPlan[];
    readonly dashboard?: DashboardPlan;
    /** What cannot be watched, and why, in words. */
    readonly leftOut: readonly string[];
}

/** A rule of EventBridge whose events go to queues of functions. */
export interface FleetRulePlan {
    /** Logical name, and end of the physical one. */
    readonly key: string;
    readonly name: string;
    readonly description: string;
    /** What it matches; or else {@link schedule}. */
    readonly pattern?: Readonly<Record<string, unknown>>;
    /** `rate(5 minutes)`. */
    readonly schedule?: string;
    readonly targets: readonly {
        /** Key of the function. */
        readonly key: string;
        readonly queueArn: string;
        /** What is sent instead of the event. */
        readonly input?: string;
    }[];
}

/** A connection of whose commits statuses are set. */
export interface StatusHostPlan {
    /** Its key in the stack file. */
    readonly key: string;
    /** The secret that holds the token, as the stack file names it. */
    readonly token: string;
    /** What the function that sets them is told. */
    readonly host: Omit<StatusHost, "connection"> & { readonly connection: Text };
}

/** Who did what to pipelines: where it is kept, and how it is asked for. */
export interface AuditPlan {
    /** Name and ARN of the log group. */
    readonly group: string;
    readonly groupArn: string;
    readonly days: number;
    /** Of the policy by which EventBridge writes there. */
    readonly policyName: string;
    readonly rules: readonly (Pick<FleetRulePlan, "key" | "name" | "description"> &
        Required<Pick<FleetRulePlan, "pattern">>)[];
    /** Saved queries of Logs Insights: one for each question. */
    readonly queries: readonly { readonly key: string; readonly name: string; readonly query: string }[];
    /** A trail of the stack's own. @default the account's or the organization's */
    readonly trail?: { readonly name: string; readonly bucket: string };
}

/** Somebody, or something, that can be told what happens. */
export interface NotificationTargetPlan extends TargetPlan {
    /** Its key in the stack file. */
    readonly key: string;
    readonly type: string;
    /** Who may publish to the topic that is made for it, beside the function that tells. */
    readonly topicPolicy?: readonly Statement[];
}

/** What a stack has to tell, to measure and to roll back its pipelines. */
export interface OperationsPlan {
    /** The table of all functions. */
    readonly table: { readonly name: string; readonly arn: string };
    readonly rules: readonly FleetRulePlan[];
    readonly monitoring: MonitoringPlan;
    /** Who can be told, by key in alphabetical order. */
    readonly targets: readonly NotificationTargetPlan[];
    /** Who is told of every service, and of the alarms of the fleet. */
    readonly notify: Routes;
    /** Connections of whose commits statuses are set. */
    readonly statuses: readonly StatusHostPlan[];
    /** Topics that alarms publish to themselves, should telling fail: their ARNs. */
    readonly alarmTopics: readonly string[];
    /** Absent where nothing is kept. */
    readonly audit?: AuditPlan;
}
