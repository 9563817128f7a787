import { allowedEverywhere, isEveryAction, isPattern } from "../../blueprint/validators/actions";
import {
    identityDocuments,
    isEverybody,
    resourceDocuments,
    statementName,
    textsOf,
    type Document,
    type Statement,
} from "./documents";
import {
    found,
    isMissing,
    isRecord,
    listed,
    ofTypes,
    shown,
    texts,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
    type Settings,
} from "./rule";

/** What is wrong with a statement: what was expected, what is there, what to do. */
type Wrong = readonly [expected: string, what: string, remedy: string];

/** A rule that looks at each statement that allows something. */
const ofAllowing =
    (
        documentsOf: (resource: Resource) => readonly Document[],
        wrong: (statement: Statement, settings: Settings) => readonly Wrong[],
    ) =>
    (resource: Resource, settings: Settings): readonly Result[] =>
        documentsOf(resource).flatMap(({ at, statements }): readonly Result[] =>
            statements === unknown
                ? [unseen(resource, at)]
                : statements.flatMap((statement, index) =>
                      statement.Effect !== "Allow"
                          ? []
                          : wrong(statement, settings).map(([expected, what, remedy]) =>
                                found(resource, `${at} ${statementName(statement, index)}`, expected, what, remedy),
                            ),
                  ),
        );

/** Conditions that limit a statement on `*` to resources of a kind. */
const limitsResources = (statement: Statement) =>
    conditionKeys(statement).some(key => key.startsWith("aws:resourcetag/"));

/** Condition keys that say who, from where, or for which resource; of operators that ask for a value. */
const narrowing =
    /^(aws:(principalarn|principalaccount|principalorgid|principalorgpaths|sourceaccount|sourcearn|sourceorgid|sourceorgpaths|sourcevpc|sourcevpce|sourceowner|userid)|kms:calleraccount|sns:endpoint|sts:externalid|s3:dataaccesspointaccount|[a-z0-9.-]+:(sub|aud))$/;

/** Operators that a request passes by having a value; `…NotEquals`, `Null` and `…IfExists` let others pass. */
const asks = /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)$/;

/** Keys of a statement's conditions that ask for a value that is not everything, in lower case. */
function conditionKeys({ Condition }: Statement): readonly string[] {
    return Object.entries(isRecord(Condition) ? Condition : {})
        .filter(([operator]) => asks.test(operator))
        .flatMap(([, keys]) => Object.entries(isRecord(keys) ? keys : {}))
        .filter(([, values]) => listed(values).every(value => value !== "*"))
        .map(([key]) => key.toLowerCase());
}

const administrators = /(^|\/)(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** What roles may do, and who may use what. */
export const permissionRules: readonly Rule[] = [
    {
        name: "no-wildcard-action",
        description: "No policy allows all actions, or all of a service",
        level: "mandatory",
        severity: "critical",
        settings: {
            patterns: {
                type: "boolean",
                description: "Whether patterns of some actions, such as s3:Get*, may be allowed",
                default: true,
            },
        },
        check: ofAllowing(identityDocuments, ({ Action }, settings) =>
            textsOf(Action)
                .filter(action => isEveryAction(action) || (settings.patterns === false && isPattern(action)))
                .map((action): Wrong => ["actions by name", shown(action), "name the actions that are needed"]),
        ),
    },
    {
        name: "no-wildcard-resource",
        description: "No policy allows on every resource what IAM can limit to some",
        level: "mandatory",
        severity: "high",
        settings: {
            everywhere: {
                type: "strings",
                description: "Further actions that may be allowed on every resource, such as ec2:DescribeVolumes",
                default: [],
            },
        },
        check: ofAllowing(identityDocuments, (statement, settings) => {
            const more = texts(settings, "everywhere").map(action => action.toLowerCase());
            const actions = textsOf(statement.Action).filter(action => {
                const name = action.toLowerCase();
                return !isEveryAction(name) && !allowedEverywhere.has(name) && !more.includes(name);
            });
            return !textsOf(statement.Resource).includes("*") || limitsResources(statement) || actions.length === 0
                ? []
                : [
                      [
                          "ARNs",
                          `"*" for ${actions.join(", ")}`,
                          "name what is needed; if IAM takes nothing narrower, list the actions in the rule's setting `everywhere`",
                      ],
                  ];
        }),
    },
    {
        name: "no-negated-allow",
        description: "No policy allows all but some actions, resources or principals",
        level: "mandatory",
        severity: "critical",
        check: ofAllowing(
            resource => [...identityDocuments(resource), ...resourceDocuments(resource)],
            statement =>
                ["NotAction", "NotResource", "NotPrincipal"]
                    .filter(key => !isMissing(statement[key]))
                    .map((key): Wrong => [
                        `no ${key} where something is allowed`,
                        "one",
                        "say what is allowed instead",
                    ]),
        ),
    },
    {
        name: "no-administrator",
        description: "No role, user or group is given AWS's own policies that allow nearly everything",
        level: "mandatory",
        severity: "critical",
        check: resource => {
            const keys = /^aws:iam\/(role|user|group)?[pP]olicyAttachment:/.test(resource.type)
                ? ["policyArn"]
                : resource.type === "aws:iam/role:Role"
                  ? ["managedPolicyArns"]
                  : [];
            return keys.flatMap((key): readonly Result[] =>
                resource.props[key] === unknown
                    ? [unseen(resource, key)]
                    : textsOf(resource.props[key])
                          .filter(policy => administrators.test(policy))
                          .map(policy =>
                              found(
                                  resource,
                                  key,
                                  "a policy of your own",
                                  shown(policy),
                                  "allow the actions that are needed, on the resources that are needed",
                              ),
                          ),
            );
        },
    },
    {
        name: "not-for-everybody",
        description: "No policy of a bucket, key, queue, topic, role or other resource lets everybody in",
        level: "mandatory",
        severity: "critical",
        check: ofAllowing(resourceDocuments, statement =>
            isEverybody(statement) && !conditionKeys(statement).some(key => narrowing.test(key))
                ? [
                      [
                          "a principal by name, or a condition that says who (aws:PrincipalOrgID, aws:SourceArn)",
                          '"*" alone',
                          "name the accounts, roles or services that need it",
                      ],
                  ]
                : [],
        ),
    },
    {
        name: "function-not-for-everybody",
        description: "No permission of a function lets everybody invoke it",
        level: "mandatory",
        severity: "critical",
        check: ofTypes(["aws:lambda/permission:Permission"], resource => {
            const { principal, principalOrgId, sourceAccount, sourceArn } = resource.props;
            return principal === unknown
                ? [unseen(resource, "principal")]
                : principal === "*" && [principalOrgId, sourceAccount, sourceArn].every(isMissing)
                  ? [
                        found(
                            resource,
                            "principal",
                            "who may invoke",
                            '"*" alone',
                            "name the service or the account, and its resource in sourceArn",
                        ),
                    ]
                  : [];
        }),
    },
];
