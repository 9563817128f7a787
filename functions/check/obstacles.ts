import { DescribeAlarmsCommand, type CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { GetParametersCommand, type Parameter, type SSMClient } from "@aws-sdk/client-ssm";
import { reasonOf, shortened } from "../lib/text";
import type { CheckInput } from "./input";

/** Where the state of the world is read. */
export interface Sources {
    readonly ssm: SSMClient;
    readonly cloudwatch: CloudWatchClient;
}

/** Everything that speaks against a deploy now, each in words; what cannot be found out speaks against it too. */
export async function obstacles(input: CheckInput, { ssm, cloudwatch }: Sources): Promise<string[]> {
    const found = await Promise.all([
        told(() => freezes(input.freezes, ssm), "whether a freeze is on is not known"),
        told(() => raised(input.alarms, cloudwatch), "the state of the alarms is not known"),
    ]);
    return found.flat();
}

async function told(find: () => Promise<string[]>, otherwise: string): Promise<string[]> {
    try {
        return await find();
    } catch (error) {
        return [`${otherwise}: ${reasonOf(error)}`];
    }
}

/** Those of `names` that exist: a freeze is on as long as its parameter is there, whatever its value. */
async function freezes(names: CheckInput["freezes"], ssm: SSMClient): Promise<string[]> {
    if (Object.keys(names).length === 0) {
        return [];
    }
    const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names: Object.values(names) }));
    return Object.entries(names).flatMap(([what, name]) =>
        Parameters.filter(parameter => parameter.Name === name).map(parameter => frozen(what, parameter)),
    );
}

function frozen(what: string, { Value = "", LastModifiedDate }: Parameter): string {
    const since = LastModifiedDate === undefined ? "" : ` since ${LastModifiedDate.toISOString().slice(0, 16)}Z`;
    return `${what} is frozen${since}: ${shortened(Value) || "no reason was given"}`;
}

/**
 * Those of `names` that are raised, or not there. An alarm without enough data is none that is raised.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
async function raised(names: readonly string[], cloudwatch: CloudWatchClient): Promise<string[]> {
    if (names.length === 0) {
        return [];
    }
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
    );
    const all = [...MetricAlarms, ...CompositeAlarms];
    return names.flatMap(name => {
        const alarm = all.find(({ AlarmName }) => AlarmName === name);
        if (alarm === undefined) {
            return [`there is no alarm ${name} in this account and region`];
        }
        return alarm.StateValue === "ALARM"
            ? [`the alarm ${name} is raised${alarm.StateReason ? `: ${shortened(alarm.StateReason)}` : ""}`]
            : [];
    });
}
