import type { Rule } from "../../catalog/plan";
import { shown } from "../../catalog/reference";
import { ownFunction } from "../asked";
import type { FleetPlan, StagePlan } from "../plan";
import { protects, type Fact } from "./fact";
import { isWider, windowText } from "./window";

/** What a stage is entered by, left by, and brought back by. */
export const gateFacts = (
    { before, after, otherwise, check, onFailure, rollbackOn = [] }: StagePlan,
    fleet: FleetPlan,
): Fact[] => [
    // Freezes and alarms are what the fleet's own check is asked, as a rule or as an action.
    ...before
        .filter(({ configuration }) => ownFunction(configuration.FunctionName, fleet) === undefined)
        .map(rule => ruleFact(rule, "before")),
    ...(check?.alarms ?? []).map(name => alarmFact("before", name, "")),
    ...after.map(rule => ruleFact(rule, "after")),
    ...(Object.keys(check?.freezes ?? {}).length === 0
        ? []
        : [{ what: "closing by npm run freeze", text: "", weaker: protects }]),
    { what: "where a gate before it does not pass", text: otherwise === "skip" ? "left out" : "fails" },
    {
        what: "on failure",
        text: onFailure,
        weaker: (was, now) => was?.text === "rollback" && now?.text !== "rollback",
    },
    ...rollbackOn.map((name): Fact => ({
        what: "rollback by the alarm",
        name,
        text: "",
        replaceable: true,
        weaker: protects,
    })),
];

type Side = "before" | "after";

function ruleFact(rule: Rule, side: Side): Fact {
    const { provider, configuration, name, summary } = rule;
    const text = (key: string) => shown(configuration[key] ?? "");
    switch (provider) {
        case "DeploymentWindow":
            return windowFact(name, text("Cron"), text("TimeZone"));
        case "CloudWatchAlarm":
            return alarmFact(side, text("AlarmName"), text("WaitTime"));
        default:
            return {
                what: `gate ${side}`,
                name: text("FunctionName") || text("Variable") || name,
                text: [summary, text("UserParameters")].filter(part => part !== "").join(", "),
                replaceable: true,
                weaker: protects,
            };
    }
}

/** Its words are those of the stack file; which window of two zones is wider depends on the day. */
const windowFact = (what: string, cron: string, zone: string): Fact => ({
    what,
    text: windowText(cron),
    summary: `${windowText(cron)} (${zone})`,
    value: `${zone} ${cron}`,
    weaker: (was, now) => {
        const [before, after] = [was, now].map(fact => fact?.value?.split(" ") ?? []);
        return (
            now === undefined || (was !== undefined && before[0] === after[0] && isWider(cronOf(before), cronOf(after)))
        );
    },
    parts: [{ what: `time zone of the ${what}`, text: zone }],
});

const cronOf = ([, ...cron]: readonly string[]) => cron.join(" ");

/** Before a stage an alarm is given time to recover, which may be for better or worse; after it, it is watched. */
const alarmFact = (side: Side, name: string, minutes: string): Fact => ({
    what: `gate ${side}: alarm`,
    name,
    text: minutes === "" ? "as it is then" : `${side === "before" ? "given" : "watched for"} ${minutes} min`,
    value: minutes || "0",
    replaceable: true,
    weaker: (was, now) =>
        now === undefined || (side === "after" && was !== undefined && Number(now.value) < Number(was.value)),
});
