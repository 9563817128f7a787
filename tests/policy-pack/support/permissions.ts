import { unknown } from "../../../policy-pack/rules/rule";
import { casesOf, type Case } from "./case";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const queue = "arn:aws:sqs:eu-west-1:111111111111:orders";
const allow = (statement: object) => ({ policy: { Statement: [{ Effect: "Allow", ...statement }] } });
const text = (statement: object) => ({ policy: JSON.stringify(allow(statement).policy) });

const everyAction = (at: string, action: string) =>
    `it ${at}: expected actions by name, found "${action}": name the actions that are needed`;
const everywhere = (at: string, actions: string) =>
    `it ${at}: expected ARNs, found "*" for ${actions}: name what is needed; if IAM takes nothing narrower, list the actions in the rule's setting \`everywhere\``;
const negated = (at: string, key: string) =>
    `it ${at}: expected no ${key} where something is allowed, found one: say what is allowed instead`;
const everybody = (at: string) =>
    `it ${at}: expected a principal by name, or a condition that says who (aws:PrincipalOrgID, aws:SourceArn), found "*" alone: name the accounts, roles or services that need it`;
const administrator = (at: string, policy: string) =>
    `it ${at}: expected a policy of your own, found "${policy}": allow the actions that are needed, on the resources that are needed`;

const bucketPolicy = (Principal: unknown, Condition?: object) =>
    allow({ Principal, Action: "s3:GetObject", Resource: "*", ...(Condition && { Condition }) });

/** What rules say of policies. */
export const permissionCases: readonly Case[] = [
    ...casesOf("no-wildcard-action", rolePolicy, [
        ["actions by name", allow({ Action: "sqs:SendMessage", Resource: queue })],
        ["a pattern of some", allow({ Action: ["s3:Get*"], Resource: queue })],
        ["what is refused", { policy: { Statement: { Effect: "Deny", Action: "*", Resource: "*" } } }],
        ["what is not known yet", { policy: unknown }],
        ["all actions", allow({ Sid: "All", Action: "*", Resource: queue }), [everyAction("policy All", "*")]],
        [
            "all of a service, in JSON",
            text({ Action: ["sqs:*"], Resource: queue }),
            [everyAction("policy statement 0", "sqs:*")],
        ],
        [
            "a pattern, where none is wanted",
            allow({ Action: "s3:Get*", Resource: queue }),
            [everyAction("policy statement 0", "s3:Get*")],
            { patterns: false },
        ],
    ]),
    ...casesOf("no-wildcard-action", "aws:iam/role:Role", [
        [
            "an inline policy",
            { inlinePolicies: [{ policy: text({ Action: "*", Resource: queue }).policy }] },
            [everyAction("inlinePolicies[0].policy statement 0", "*")],
        ],
    ]),
    ...casesOf("no-wildcard-resource", rolePolicy, [
        ["ARNs", allow({ Action: "sqs:SendMessage", Resource: [queue, unknown] })],
        ["what IAM limits to nothing", allow({ Action: ["ECR:GetAuthorizationToken"], Resource: "*" })],
        [
            "resources with a tag",
            allow({
                Action: "sqs:SendMessage",
                Resource: "*",
                Condition: { StringEquals: { "aws:ResourceTag/team": "a" } },
            }),
        ],
        [
            "what is listed",
            allow({ Action: "sqs:SendMessage", Resource: "*" }),
            undefined,
            { everywhere: ["sqs:SendMessage"] },
        ],
        [
            "everything",
            allow({ Sid: "Send", Action: ["sqs:SendMessage", "sqs:ListQueues"], Resource: [queue, "*"] }),
            [everywhere("policy Send", "sqs:SendMessage")],
        ],
        [
            "a tag that may be missing",
            allow({
                Action: "sqs:SendMessage",
                Resource: "*",
                Condition: { StringEqualsIfExists: { "aws:ResourceTag/team": "a" } },
            }),
            [everywhere("policy statement 0", "sqs:SendMessage")],
        ],
    ]),
    ...casesOf("no-negated-allow", rolePolicy, [
        [
            "what is refused but some",
            { policy: { Statement: [{ Effect: "Deny", NotAction: "sts:*", Resource: "*" }] } },
        ],
        [
            "all but some",
            allow({ NotAction: "iam:*", NotResource: queue }),
            [negated("policy statement 0", "NotAction"), negated("policy statement 0", "NotResource")],
        ],
    ]),
    ...casesOf("no-negated-allow", "aws:s3/bucketPolicy:BucketPolicy", [
        [
            "all principals but one",
            allow({ NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "s3:GetObject", Resource: "*" }),
            [negated("policy statement 0", "NotPrincipal")],
        ],
    ]),
    ...casesOf("no-administrator", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", [
        ["another policy", { policyArn: "arn:aws:iam::aws:policy/AWSDenyAll" }],
        [
            "the administrator",
            { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
            [administrator("policyArn", "arn:aws:iam::aws:policy/AdministratorAccess")],
        ],
    ]),
    ...casesOf("no-administrator", "aws:iam/role:Role", [
        [
            "a power user",
            { managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"] },
            [administrator("managedPolicyArns", "arn:aws:iam::aws:policy/PowerUserAccess")],
        ],
    ]),
    ...casesOf("not-for-everybody", "aws:s3/bucketPolicy:BucketPolicy", [
        ["an account", bucketPolicy({ AWS: "arn:aws:iam::111111111111:root" })],
        ["an organisation", bucketPolicy("*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
        ["everybody", bucketPolicy("*"), [everybody("policy statement 0")]],
        ["everybody among others", bucketPolicy({ AWS: ["111111111111", "*"] }), [everybody("policy statement 0")]],
        [
            "everybody over HTTPS",
            bucketPolicy("*", { Bool: { "aws:SecureTransport": "true" } }),
            [everybody("policy statement 0")],
        ],
        [
            "everybody but one account",
            bucketPolicy("*", { StringNotEquals: { "aws:PrincipalAccount": "111111111111" } }),
            [everybody("policy statement 0")],
        ],
        [
            "every organisation",
            bucketPolicy("*", { StringLike: { "aws:PrincipalOrgID": "*" } }),
            [everybody("policy statement 0")],
        ],
    ]),
    ...casesOf("not-for-everybody", "aws:iam/role:Role", [
        ["trust of a service", { assumeRolePolicy: allow({ Principal: { Service: "lambda.amazonaws.com" } }).policy }],
        [
            "trust of everybody",
            { assumeRolePolicy: text({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }).policy },
            [everybody("assumeRolePolicy statement 0")],
        ],
    ]),
    ...["aws:kms/key:Key", "aws:sns/topicPolicy:TopicPolicy", "aws:sqs/queuePolicy:QueuePolicy"].flatMap(type =>
        casesOf("not-for-everybody", type, [
            [`everybody (${type})`, bucketPolicy("*"), [everybody("policy statement 0")]],
        ]),
    ),
    ...casesOf("function-not-for-everybody", "aws:lambda/permission:Permission", [
        ["a service", { principal: "events.amazonaws.com" }],
        ["everybody of an organisation", { principal: "*", principalOrgId: "o-1" }],
        [
            "everybody",
            { principal: "*" },
            [
                'it principal: expected who may invoke, found "*" alone: name the service or the account, and its resource in sourceArn',
            ],
        ],
    ]),
];
