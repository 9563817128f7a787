import * as assert from "node:assert/strict";
import { checkFleet } from "../../blueprint/rules";
import { problemLines } from "../../config/read";
import { ecsService, fleetOf, stackOf, type Words } from "./support/fleet";

const mail = { type: "sns", emails: ["ops@shop.example"] };
const pager = { type: "pager-duty", routingKey: "pager:key" };
const hook = { type: "slack", webhook: "hooks" };
const channel = { type: "chat", slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" } };
const notify = { mail: ["failed", "alarm"] };
const told: Words = { targets: { mail }, notify };

/** What is said of a stack file; that its services have no tests, and checks no statuses, is of no interest here. */
const said = (words: Words) =>
    problemLines([...stackOf(words).problems, ...stackOf(words).warnings])
        .map(line => line.replace(/^\S+ /, ""))
        .filter(line => !/nothing tests|nobody sees what the check/.test(line));

/** Two services, of which the second says `words` beside. */
const two = (words: Words) => ({
    api: ecsService("api"),
    orders: { ...ecsService("orders"), ...words },
});

const failure = (what: string) => `nobody is told that ${what}: name a target for \`failed\` in \`notify\``;
const early = (what: string) =>
    `nobody is told that ${what} fails before its first environment, in a build or a suite: name a target for \`failed\` in \`notify\``;
const waits = (what: string) =>
    `nobody is told that ${what} waits for approval: name addresses in the approval's \`notify\`, or a target for \`approval-needed\` in \`notify\``;

describe("rules of who is told", () => {
    const rows: readonly (readonly [string, Words, readonly string[]])[] = [
        ["pass where the fleet tells somebody of failures and alarms", told, []],
        [
            "warn where nobody is told of anything",
            { targets: {}, notify: {} },
            [
                `environments: ${failure("a stage of dev fails")}`,
                "notify: nobody is told when telling itself fails: name a target of type sns for `alarm` in the stack's `notify`",
            ],
        ],
        [
            "warn of each environment that fails in silence",
            {
                ...told,
                notify: { mail: ["alarm"] },
                environments: [{ name: "dev" }, { name: "qa", notify: { mail: ["failed"] } }, { name: "prod" }],
            },
            [`environments: ${failure("a stage of dev fails")}`, `environments: ${failure("a stage of prod fails")}`],
        ],
        [
            "warn of a service that fails in silence",
            { ...told, services: two({ notify: { mail: ["succeeded"] } }) },
            [`services.orders: ${failure("orders fails in dev")}`],
        ],
        [
            "warn once of a service whose pull requests are checked, too",
            {
                ...told,
                notify: { mail: ["alarm"] },
                services: { orders: { ...ecsService("orders"), pullRequests: { branches: ["main"] } } },
            },
            [`environments: ${failure("a stage of dev fails")}`],
        ],
        [
            "warn of a service that fails in silence in one environment",
            {
                ...told,
                environments: [{ name: "dev" }, { name: "prod" }],
                services: two({ environments: { prod: { notify: { mail: [] } } } }),
            },
            [`services.orders: ${failure("orders fails in prod")}`],
        ],
        [
            "pass where every service tells somebody itself",
            {
                ...told,
                notify: { mail: ["alarm"] },
                services: { orders: two({ notify: { mail: ["failed"] } }).orders },
            },
            [],
        ],
        [
            "warn where only environments tell somebody",
            { ...told, notify: { mail: ["alarm"] }, environments: [{ name: "dev", notify: { mail: ["failed"] } }] },
            [`notify: ${early("a pipeline")}`],
        ],
        [
            "warn of a service that only its environments tell somebody of",
            {
                ...told,
                services: two({ notify: { mail: [] }, environments: { dev: { notify: { mail: ["failed"] } } } }),
            },
            [`services.orders: ${early("orders")}`],
        ],
        [
            "warn of a service without a stage that nobody is told of",
            {
                ...told,
                notify: { mail: ["alarm"] },
                services: { orders: { ...ecsService("orders"), deploy: { type: "none" } } },
            },
            [`notify: ${early("a pipeline")}`],
        ],
        [
            "warn where telling can fail in silence: by the target's own way, or by none",
            { targets: { hook }, notify: { hook: ["failed", "alarm"] } },
            [
                "notify: nobody is told when telling itself fails: name a target of type sns for `alarm` in the stack's `notify`",
            ],
        ],
        [
            "warn of a target that nobody uses, or only to silence it",
            { ...told, targets: { mail, hook, idle: hook }, services: two({ notify: { idle: [] } }) },
            [
                "targets.hook: is told nothing: no `notify` names hook",
                "targets.idle: is told nothing: no `notify` names idle",
            ],
        ],
        [
            "pass a target that one environment of one service uses",
            {
                ...told,
                targets: { mail, hook },
                services: two({ environments: { dev: { notify: { hook: ["stuck"] } } } }),
            },
            [],
        ],
        [
            "pass an approval that a target is told of",
            {
                targets: { mail },
                notify: { mail: ["failed", "approval-needed", "alarm"] },
                environments: [{ name: "dev", approval: {} }],
            },
            [],
        ],
        [
            "warn of an approval of one service that nobody is told of",
            {
                targets: { mail },
                notify: { mail: ["failed", "approval-needed", "alarm"] },
                environments: [{ name: "dev", approval: {} }],
                services: two({ notify: { mail: ["failed"] } }),
            },
            [`services.orders: ${waits("orders in dev")}`],
        ],
        [
            "warn of an approval of no address that nobody is told of",
            { ...told, environments: [{ name: "dev", approval: {} }] },
            [`environments: ${waits("dev")}`],
        ],
        [
            "warn of alerts that nothing closes, once for each pager",
            {
                targets: { mail, pager, other: pager },
                notify: { ...notify, pager: ["failed", "stuck"], other: ["approval-needed"] },
            },
            [
                "targets.pager: is told `failed` where it is not told `succeeded`, so that alerts stay open: tell it both",
                "targets.other: is told `approval-needed` where it is not told `approval-answered`, so that alerts stay open: tell it both",
            ],
        ],
        [
            "warn of a way back that opens an alert, which no recovery closes",
            { targets: { mail, pager }, notify: { ...notify, pager: ["failed", "recovered", "rolled-back"] } },
            [
                "targets.pager: is told `rolled-back` where it is not told `succeeded`, so that alerts stay open: tell it both",
            ],
        ],
        [
            "pass where a pager hears of the end, too",
            {
                targets: { mail, pager, other: pager },
                notify: {
                    ...notify,
                    pager: ["failed", "recovered"],
                    other: ["failed", "rolled-back", "stuck", "succeeded", "approval-expiring", "approval-answered"],
                },
            },
            [],
        ],
        [
            "fail on what is in another region",
            {
                targets: {
                    mail,
                    far: { type: "sns", topicArn: "arn:aws:sns:eu-central-1:111111111111:ops" },
                    secret: {
                        type: "slack",
                        webhook: "arn:aws:secretsmanager:us-east-1:111111111111:secret:hooks-AbCdEf",
                    },
                },
                notify: { ...notify, far: ["failed"], secret: ["failed"] },
            },
            [
                "targets.far: expected something of eu-west-1, where the function is that tells, found arn:aws:sns:eu-central-1:111111111111:ops",
                "targets.secret: expected something of eu-west-1, where the function is that tells, found arn:aws:secretsmanager:us-east-1:111111111111:secret:hooks-AbCdEf",
            ],
        ],
        [
            "fail on what is of another partition",
            {
                targets: { mail, far: { type: "sqs", queueArn: "arn:aws-cn:sqs:eu-west-1:111111111111:ops" } },
                notify: { ...notify, far: ["failed"] },
            },
            [
                'targets.far: expected an ARN that begins with "arn:aws:", as all of eu-west-1 do, found arn:aws-cn:sqs:eu-west-1:111111111111:ops',
            ],
        ],
        [
            "fail on a secret of another account, whose key the function may not use",
            {
                targets: {
                    mail,
                    far: {
                        type: "slack",
                        webhook: "arn:aws:secretsmanager:eu-west-1:222222222222:secret:hooks-AbCdEf",
                    },
                },
                notify: { ...notify, far: ["failed"] },
            },
            [
                "targets.far: expected a secret of account 111111111111, found arn:aws:secretsmanager:eu-west-1:222222222222:secret:hooks-AbCdEf: one of another account is read only with a key of its own, which `secretKeys` names",
            ],
        ],
        [
            "fail on the token of statuses in another region",
            {
                ...told,
                connections: {
                    github: {
                        provider: "GitHub",
                        statusToken: "arn:aws:secretsmanager:us-east-1:111111111111:secret:git-AbCdEf:token",
                    },
                },
            },
            [
                "connections.github.statusToken: expected something of eu-west-1, where the function is that tells, found arn:aws:secretsmanager:us-east-1:111111111111:secret:git-AbCdEf",
            ],
        ],
        [
            "fail on a channel that two targets tell, which AWS configures once",
            {
                targets: { mail, room: channel, "room-2": channel },
                notify: { ...notify, room: ["failed"], "room-2": ["succeeded"] },
            },
            [
                "targets.room-2: is the channel of room once more, and AWS configures a channel once in an account: name room in `notify`",
            ],
        ],
    ];
    for (const [title, words, expected] of rows) {
        it(title, () => assert.deepEqual(said(words), expected));
    }

    it("fail on more targets than the policy of the function that tells can name, and say what helps", () => {
        const many = Array.from({ length: 150 }, (_, index) => [
            `room-${index}`,
            { type: "slack", webhook: `webhooks-of-all-the-teams/${index}` },
        ]);
        const routes = many.map(([key]) => [key, ["failed"]]);
        const [line] = said({
            targets: { mail, ...(Object.fromEntries(many) as Words) },
            notify: { ...notify, ...(Object.fromEntries(routes) as Words) },
        });
        assert.match(
            line,
            /^targets: the policy of the role shop--fleet--notify would be \d+ characters long, of at most 10240: fewer targets, or several that share a secret, each with a field of it$/,
        );
    });

    it("fail on a channel where Amazon Q Developer is not offered", () => {
        const fleet = fleetOf({ targets: { mail, room: channel }, notify: { ...notify, room: ["failed"] } });
        const found = (region: string) =>
            checkFleet({ ...fleet, home: { ...fleet.home, region } })
                .errors.map(({ path, message }) => `${path.join(".")}: ${message}`)
                .filter(line => line.includes("not offered"));
        assert.deepEqual(found("eu-west-1"), []);
        assert.deepEqual(found("cn-north-1"), [
            "targets.room: Amazon Q Developer in chat applications is not offered for cn-north-1: tell a channel of Slack by its webhook, with the type slack",
        ]);
        assert.equal(found("us-gov-west-1").length, 1);
    });
});
