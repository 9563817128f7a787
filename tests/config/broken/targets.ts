import { broken } from "../support/broken";

const end = "  service-pipelines:protect: true";
const form =
    'the name of a secret in Secrets Manager, "name" or "name:field" for a field of the JSON that it holds, or its full ARN';

/** The base with `targets` and `notify` of the fleet. */
const told = (targets: string, notify = "{}"): readonly [string, string] => [
    end,
    `  service-pipelines:targets: ${targets}\n  service-pipelines:notify: ${notify}\n${end}`,
];

const mail = "{ type: sns, emails: [ops@shop.example] }";
const two = `{ on-call: ${mail}, releases: ${mail} }`;
const words =
    'expected one of "started", "succeeded", "failed", "recovered", "approval-needed", "approval-answered", "approval-expiring", "rolled-back", "stuck", "alarm"';

export const targets = [
    broken(
        "a target without a type",
        [told("{ §ops: { emails: [ops@shop.example] } }")],
        "targets.ops.type",
        'missing; expected one of "chat", "pager-duty", "slack", "sns", "sqs", "webhook"',
    ),
    broken(
        "a type that is none",
        [told("{ ops: { §type: slak, webhook: hooks } }")],
        "targets.ops.type",
        'expected one of "chat", "pager-duty", "slack", "sns", "sqs", "webhook", found "slak"; did you mean "slack"?',
    ),
    broken(
        "a key of a target that is misspelt",
        [told("{ ops: { type: slack, §webhok: hooks } }")],
        "targets.ops.webhok",
        'unknown key; did you mean "webhook"?',
    ),
    broken(
        "a key of targets with a blank",
        [told(`{ §"on call": ${mail} }`)],
        'targets."on call"',
        'expected a lower-case key of a target such as "orders-api" (letters, digits, single hyphens), found "on call"',
    ),
    broken(
        "the URL of Slack's webhook",
        [told("{ ops: { type: slack, §webhook: https://hooks.slack.com/services/T0123/B0123/abcDEF } }")],
        "targets.ops.webhook",
        'looks like a Slack webhook in plain text: keep it in Secrets Manager and write the name of its secret here, "name:field", and replace it where it is valid',
        "abcDEF",
    ),
    broken(
        "the URL of another webhook",
        [told("{ ops: { type: webhook, §url: https://deployments.shop.example/hook-abc123 } }")],
        "targets.ops.url",
        `expected ${form}, and no URL: who knows it can use it, so put it into a secret and name that here, found a text (not shown)`,
        "abc123",
    ),
    broken(
        "a routing key",
        [told("{ ops: { type: pager-duty, §routingKey: R0123456789ABCDEF0123456789ABCDE } }")],
        "targets.ops.routingKey",
        `expected ${form}, and no key: put the key into a secret and name that here, found a text (not shown)`,
        "R0123456789",
    ),
    broken(
        "a header in plain text",
        [told('{ ops: { type: webhook, url: hooks, headers: { §Authorization: "Bearer abc" } } }')],
        "targets.ops.headers.Authorization",
        `expected ${form}, found a text (not shown)`,
        "Bearer",
    ),
    broken(
        "a header that the message sets itself",
        [told("{ ops: { type: webhook, url: hooks, headers: { §Content-Type: hooks } } }")],
        "targets.ops.headers.Content-Type",
        'expected a header of letters, digits and hyphens that the message does not set itself, as it does Content-Type, found "Content-Type"',
    ),
    broken(
        "an address that is none",
        [told("{ ops: { type: sns, emails: [§ops] } }")],
        "targets.ops.emails[0]",
        'expected an e-mail address, found "ops"',
    ),
    broken(
        "an address that is named twice",
        [told("{ ops: { type: sns, emails: [ops@shop.example, §ops@shop.example] } }")],
        "targets.ops.emails[1]",
        'expected each once, found "ops@shop.example"',
    ),
    broken(
        "a URL of a topic without TLS",
        [told("{ ops: { type: sns, https: [§http://ops.shop.example] } }")],
        "targets.ops.https[0]",
        'expected a URL that begins with https://, found "http://ops.shop.example"',
    ),
    broken(
        "a target that tells nobody",
        [told("{ §ops: { type: sns } }")],
        "targets.ops",
        "nobody would be told: expected `emails`, `https` or `topicArn`",
    ),
    broken(
        "a topic that keeps the order",
        [told("{ ops: { type: sns, §topicArn: arn:aws:sns:eu-west-1:111111111111:ops.fifo } }")],
        "targets.ops.topicArn",
        'expected the ARN of a standard topic, such as "arn:aws:sns:eu-west-1:111111111111:deployments", found "arn:aws:sns:eu-west-1:111111111111:ops.fifo"',
    ),
    broken(
        "a topic of an environment",
        [told('{ ops: { type: sns, §topicArn: "arn:aws:sns:{region}:{account}:{environment}" } }')],
        "targets.ops.topicArn",
        "{environment} has no meaning here: this is the same for all environments",
    ),
    broken(
        "a channel of both",
        [
            told(
                "{ §ops: { type: chat, slack: { workspaceId: T1, channelId: C1 }, teams: { tenantId: 0f1e2d3c-4b5a-4968-8776-655443322110, teamId: 0f1e2d3c-4b5a-4968-8776-655443322110, channelId: 19%3aa%40b } } }",
            ),
        ],
        "targets.ops",
        "expected either `slack` or `teams`, found both",
    ),
    broken(
        "a workspace by its name",
        [told("{ ops: { type: chat, slack: { §workspaceId: shop, channelId: C1 } } }")],
        "targets.ops.slack.workspaceId",
        'expected the id of a workspace, such as "T07EA123LEP", found "shop"',
    ),
    broken(
        "a target of the fleet that there is not",
        [told(two, "{ §on-cal: [failed] }")],
        "notify.on-cal",
        'unknown target "on-cal"; did you mean "on-call"?',
    ),
    broken(
        "a target where there is none",
        [told("{}", "{ §on-call: [failed] }")],
        "notify.on-call",
        'unknown target "on-call": `targets` names none',
    ),
    broken(
        "a target that every object has",
        [told(two, "{ §constructor: [failed] }")],
        "notify.constructor",
        'unknown target "constructor"; expected one of "on-call", "releases"',
    ),
    broken(
        "a happening that is misspelt",
        [told(two, "{ on-call: [failed, §recoverd] }")],
        "notify.on-call[1]",
        `${words}, found "recoverd"; did you mean "recovered"?`,
    ),
    broken(
        "a happening that is said twice",
        [told(two, "{ on-call: [failed, stuck, §failed] }")],
        "notify.on-call[2]",
        "names failed twice",
    ),
    broken(
        "happenings that are no list",
        [told(two, "{ §on-call: failed }")],
        "notify.on-call",
        'expected a list, found "failed"',
    ),
    broken(
        "a target of an environment that there is not",
        [told(two), ["    - name: dev\n", "    - name: dev\n      notify: { §release: [failed] }\n"]],
        "environments[0].notify.release",
        'unknown target "release"; did you mean "releases"?',
    ),
    broken(
        "alarms in an environment",
        [told(two), ["    - name: dev\n", "    - name: dev\n      notify: { releases: [failed, §alarm] }\n"]],
        "environments[0].notify.releases[1]",
        "expected it in the stack's own `notify`: alarms are those of the whole fleet",
    ),
    broken(
        "a target of a service that there is not",
        [
            told(two),
            [
                "      source: { repository: acme/orders }",
                "      notify: { §oncall: [] }\n      source: { repository: acme/orders }",
            ],
        ],
        "services.orders.notify.oncall",
        'unknown target "oncall"; did you mean "on-call"?',
    ),
    broken(
        "alarms of a service",
        [
            told(two),
            [
                "      source: { repository: acme/orders }",
                "      notify: { on-call: [§alarm] }\n      source: { repository: acme/orders }",
            ],
        ],
        "services.orders.notify.on-call[0]",
        "expected it in the stack's own `notify`: alarms are those of the whole fleet",
    ),
    broken(
        "a target of a service's environment that there is not",
        [told(two), ["prod: { approval: { timeoutHours: 24 } }", "prod: { notify: { §relases: [failed] } }"]],
        "services.orders.environments.prod.notify.relases",
        'unknown target "relases"; did you mean "releases"?',
    ),
    broken(
        "a happening of a service's environment that is none",
        [told(two), ["prod: { approval: { timeoutHours: 24 } }", "prod: { notify: { releases: [§failure] } }"]],
        "services.orders.environments.prod.notify.releases[0]",
        `${words}, found "failure"`,
    ),
    broken(
        "tags that services set to say who is told",
        [["tags: { fleet: shop }", 'tags: { §"notify:on-call": failed }']],
        "tags.notify:on-call",
        'expected a key of letters, digits and _.:/=+-@ that begins neither with `aws:` nor with `notify:`, and is not `service`: services set these themselves, found "notify:on-call"',
    ),
    broken(
        "targets that are misspelt",
        [[end, `  §service-pipelines:target: ${two}\n  service-pipelines:notify: { on-call: [failed] }\n${end}`]],
        "target",
        'unknown key; did you mean "targets"?',
    ),
];
