import type { PlainStatement } from "../blueprint/permissions/compare";
import type { PlainConditions } from "../blueprint/permissions/conditions";
import { reasonOf } from "../blueprint/permissions/reasons";
import { permissionsOf, type Permissions, type ReasonedStatement } from "../blueprint/permissions/view";
import type { FleetPlan } from "../blueprint/plan";
import type { Paint } from "./paint";
import { wrapped } from "./wrapped";

/** The permissions of `fleet`, or those that belong to `service`: of what all share, only what it asks of it. */
export const chosenPermissions = (fleet: FleetPlan, service: string | undefined): Permissions[] =>
    service === undefined
        ? permissionsOf(fleet)
        : permissionsOf({
              ...fleet,
              pipelines: fleet.pipelines.filter(pipeline => pipeline.service === service),
          }).filter(({ services }) => services.includes(service));

const policyOf = (statements: readonly object[]) => ({ Version: "2012-10-17", Statement: statements });

/** A role's trust, as IAM takes it: it names no resource, which is the role itself. */
const trustDocument = (trust: readonly PlainStatement[]) =>
    policyOf(trust.map(({ Resource, ...statement }) => statement));

/** The policy of statements, as IAM takes it: their reasons are no part of it. */
const policyDocument = (statements: readonly ReasonedStatement[]) =>
    policyOf(statements.map(({ reason, ...statement }) => statement));

/** What stands in a policy for what only AWS can name: `<artifactKey>`. */
const placeholders = ({ trust, statements }: Permissions) => [
    ...new Set(JSON.stringify([trust, statements]).match(/<[A-Za-z]+(:[\w-]+)?>/g) ?? []),
];

/** How the ARN is found that `placeholder` stands for, once the shared part of the stack is up. */
export function found(placeholder: string, { shared, home }: FleetPlan): string {
    const [handle, key = ""] = placeholder.slice(1, -1).split(":");
    const region = handle === "artifactKey" && key !== "" ? key : home.region;
    const keyCalled = (alias: string) =>
        `aws kms describe-key --region ${region} --key-id ${alias} --query KeyMetadata.Arn`;
    const ways: Readonly<Record<string, string>> = {
        artifactKey: keyCalled(shared.store.alias),
        // It is the functions' alone, and so no output of the stack.
        ...(shared.signingKey && { signingKey: keyCalled(shared.signingKey.alias) }),
        connection: `aws codeconnections list-connections --region ${region}, the one of the key ${key} in the stack file`,
        buildSecurityGroupArn: `aws ec2 describe-security-groups --region ${region}, the one of the stack`,
        subnetArn: `aws ec2 describe-subnets --region ${region}, the private one number ${Number(key) + 1} of the stack`,
    };
    return ways[handle] ?? `the output handles["${placeholder.slice(1, -1)}"] of the stack`;
}

/** What `--permissions --json` prints of one holder. */
export function permissionsJson(holder: Permissions, fleet: FleetPlan) {
    const { sort, key, of, arn, boundary, services, existing, trust, statements } = holder;
    const open = placeholders(holder);
    return {
        sort,
        name: key.replace(/^(log group|\S+) /, ""),
        of,
        ...(arn !== undefined && { arn }),
        ...(boundary !== undefined && { permissionsBoundary: boundary }),
        services,
        madeHere: !existing,
        ...(trust.length > 0 && { trustPolicy: trustDocument(trust) }),
        policy: policyDocument(statements),
        reasons: Object.fromEntries([...trust, ...statements].map(statement => [statement.Sid, reasonOf(statement)])),
        ...(open.length > 0 && { placeholders: Object.fromEntries(open.map(one => [one, found(one, fleet)])) }),
    };
}

const listed = (values: string | readonly string[]) => [values].flat().join(", ");

/** `ArnLike aws:PrincipalArn = …`, each condition by itself: all must hold. */
const conditionTexts = (conditions: PlainConditions): string[] =>
    Object.entries(conditions).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => `${operator} ${key} = ${[values].flat().join(" or ")}`),
    );

/** Who a statement speaks of: nobody is named in a role's own. */
const whoText = ({ Principal }: PlainStatement): string | undefined =>
    Principal === undefined
        ? undefined
        : typeof Principal === "string"
          ? "everybody"
          : Object.values(Principal).map(listed).join(", ");

/** One statement, its reason first, in lines that begin with `indent`; where it names no resource, as one of a trust, none. */
export function statementLines(statement: ReasonedStatement, indent: string, paint: Paint): string[] {
    const { Effect, Sid, Action, Resource, Condition = {} } = statement;
    const who = whoText(statement);
    const part = (label: string, text: string) =>
        wrapped(text, `${indent}  ${label.padEnd(8)} `, `${indent}${" ".repeat(11)}`);
    return [
        ...wrapped(`${Sid}: ${reasonOf(statement)}`, indent, `${indent}  `).map(line => paint.quiet(line)),
        ...(who === undefined ? [] : part(Effect === "Deny" ? "not" : "by", who)),
        ...part(Effect === "Deny" ? "refuses" : "allows", Action.join(", ")),
        ...(Resource.length === 0
            ? []
            : part("on", Resource.map(one => (one === "*" ? "everything" : one)).join(", "))),
        ...conditionTexts(Condition).flatMap(text => part("only if", text)),
    ];
}

/** A document that can be pasted, with how its placeholders are filled. */
const pasteLines = (title: string, document: object): string[] => [
    `    ${title}`,
    ...JSON.stringify(document, undefined, 2)
        .split("\n")
        .map(line => `      ${line}`),
];

function holderLines(holder: Permissions, fleet: FleetPlan, paint: Paint): string[] {
    const { key, of, arn, boundary, existing, trust, statements, sort } = holder;
    const made = existing ? paint.warning("not made here") : "";
    return [
        `${paint.heading(key)}  ${paint.quiet(`(${of})`)} ${made}`.trimEnd(),
        ...(arn === undefined ? [] : [`    is       ${arn}`]),
        ...(boundary === undefined ? [] : [`    at most  ${boundary}`]),
        ...trust.flatMap(statement => statementLines({ ...statement, Resource: [] }, "    ", paint)),
        ...(statements.length === 0 ? ["    may do nothing"] : []),
        ...statements.flatMap(statement => statementLines(statement, "    ", paint)),
        ...(existing
            ? [
                  ...(sort === "role" ? pasteLines("its trust policy", trustDocument(trust)) : []),
                  ...(statements.length === 0 ? [] : pasteLines("its policy", policyDocument(statements))),
                  ...placeholders(holder).flatMap(one =>
                      wrapped(`${one} is found by: ${found(one, fleet)}`, "    ", "      "),
                  ),
              ]
            : []),
    ];
}

const titles: Readonly<Record<Permissions["sort"], string>> = {
    role: "Roles: who may become them, and what they may do",
    "approver policy": "Who may answer approvals",
    resource: "Who may reach what all share, beside what roles may",
};

/** What `--permissions` prints. */
export function permissionsText(fleet: FleetPlan, service: string | undefined, paint: Paint): string {
    const all = chosenPermissions(fleet, service);
    const sorts = (Object.keys(titles) as Permissions["sort"][]).filter(sort => all.some(one => one.sort === sort));
    return sorts
        .flatMap(sort => [
            paint.heading(titles[sort]),
            ...all.filter(one => one.sort === sort).flatMap(one => ["", ...holderLines(one, fleet, paint)]),
            "",
        ])
        .join("\n");
}
