import { broken } from "../support/broken";

/** An edit that gives production these words of `rollbackOn`. */
const inProd = (words: string): [string, string][] => [["onFailure: rollback", `onFailure: rollback\n      ${words}`]];

/** An edit that gives orders others there. */
const inOrders = (words: string): [string, string][] => [
    ["prod: { approval: { timeoutHours: 24 } }", `prod: { ${words} }`],
];

const oneAlarm = "expected the name of one alarm, without `*` and `?`, and no ARN, found";

export const rollbacks = [
    broken(
        "no list of alarms",
        inProd("§rollbackOn: orders-5xx"),
        "environments[2].rollbackOn",
        'expected a list, found "orders-5xx"',
    ),
    broken(
        "the ARN of an alarm",
        inProd("rollbackOn: [§arn:aws:cloudwatch:eu-west-1:111111111111:alarm:a]"),
        "environments[2].rollbackOn[0]",
        `${oneAlarm} "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:a"`,
    ),
    broken("all alarms", inProd('rollbackOn: [a, §"*"]'), "environments[2].rollbackOn[1]", `${oneAlarm} "*"`),
    broken(
        "six alarms",
        inProd("§rollbackOn: [a, b, c, d, e, f]"),
        "environments[2].rollbackOn",
        "expected at most 5 entries, found 6",
    ),
    broken(
        "an unknown placeholder",
        inProd('rollbackOn: [§"{servce}-5xx"]'),
        "environments[2].rollbackOn[0]",
        'unknown placeholder {servce}; did you mean "{service}"?',
    ),
    broken(
        "an alarm that is named twice",
        inProd("rollbackOn: [a, b, §a]"),
        "environments[2].rollbackOn[2]",
        "names the alarm a twice",
    ),
    broken(
        "an alarm that a service names twice, once by a placeholder",
        inOrders('rollbackOn: [orders-5xx, §"{service}-5xx"]'),
        "services.orders.environments.prod.rollbackOn[1]",
        "names the alarm orders-5xx twice",
    ),
    broken(
        "an empty name of an alarm",
        inOrders('rollbackOn: [§""]'),
        "services.orders.environments.prod.rollbackOn[0]",
        "expected a text, found an empty one",
    ),
    broken(
        "alarms in parallel mode",
        [
            ...inOrders("rollbackOn: [orders-5xx]"),
            ["onFailure: rollback", "onFailure: stop"],
            ["    orders:\n", "    orders:\n      §executionMode: parallel\n"],
        ],
        "services.orders.executionMode",
        "AWS rolls nothing back in parallel mode, and prod has alarms in `rollbackOn`: choose another mode, or name no alarms there (`rollbackOn: []`)",
    ),
    broken(
        "a step that is called as the rules of alarms are",
        [["    orders:\n", "    orders:\n      steps: { §rollback-on: { type: lambda, when: after, function: f } }\n"]],
        "services.orders.steps.rollback-on",
        'expected a name of its own, found "rollback-on", which the pipeline or a deploy has',
    ),
];
