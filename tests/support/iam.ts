import type { Statement } from "../../blueprint/policy";
import { shown, type Text } from "../../catalog/reference";

/** What somebody asks AWS for. */
export interface Request {
    /** ARN of the role that asks. */
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    /** Condition keys that the request brings, beside those of the principal. */
    readonly context?: Readonly<Record<string, string>>;
}

/** The policy of the thing that is asked for. */
export interface ResourcePolicy {
    readonly statements: readonly Statement[];

    /** Account that holds the thing. */
    readonly account: string;

    /** Whether it alone decides who may, as a key's policy does: what it does not allow, no role's policy can. */
    readonly rules?: boolean;
}

const accountOf = (arn: string) => arn.split(":")[4];

const list = <T>(values: T | readonly T[]): readonly T[] => (Array.isArray(values) ? (values as T[]) : [values as T]);

/** Whether `text` matches IAM's `pattern`: `*` is anything, `?` one character. */
export function matches(pattern: string, text: string): boolean {
    const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "s").test(text);
}

/** ARNs are compared part by part: a wildcard does not reach over a colon, except in the last part. */
function arnMatches(pattern: string, arn: string): boolean {
    const parts = (text: string) => {
        const all = text.split(":");
        return [...all.slice(0, 5), all.slice(5).join(":")];
    };
    const [wanted, found] = [parts(pattern), parts(arn)];
    return wanted.every((part, index) => matches(part, found[index]));
}

const equals = (wanted: string, found: string) => wanted === found;

/** How each operator compares; `negated` ones hold when no value matches, and when the key is absent. */
const operators: Readonly<
    Record<string, { readonly same: (wanted: string, found: string) => boolean; readonly negated?: boolean }>
> = {
    StringEquals: { same: equals },
    StringNotEquals: { same: equals, negated: true },
    ArnEquals: { same: arnMatches },
    ArnLike: { same: arnMatches },
    ArnNotEquals: { same: arnMatches, negated: true },
    Bool: { same: equals },
};

function holds(operator: string, values: readonly Text[], found: string | undefined): boolean {
    const wanted = values.map(shown);
    if (operator === "Null") {
        return wanted.includes(String(found === undefined));
    }
    if (operator.endsWith("IfExists")) {
        return found === undefined || holds(operator.replace(/IfExists$/, ""), values, found);
    }
    const known = operators[operator];
    if (known === undefined) {
        throw new Error(`the operator ${operator} is not known here`);
    }
    const same = found !== undefined && wanted.some(value => known.same(value, found));
    return known.negated === true ? !same : same;
}

/** Whether all conditions of `statement` hold for `request`. */
function conditionsHold({ Condition = {} }: Statement, { principal, context = {} }: Request): boolean {
    const all: Readonly<Record<string, string>> = {
        "aws:PrincipalArn": principal,
        "aws:PrincipalAccount": accountOf(principal),
        "aws:PrincipalIsAWSService": "false",
        ...context,
    };
    return Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, values]) => holds(operator, list(values), all[key])),
    );
}

/** Whether `statement` speaks of `request`, whoever asks. Actions know no case. */
function speaksOf(statement: Statement, request: Request): boolean {
    return (
        statement.Action.some(action => matches(action.toLowerCase(), request.action.toLowerCase())) &&
        statement.Resource.some(resource => matches(shown(resource), request.resource)) &&
        conditionsHold(statement, request)
    );
}

/** Whether the principal of `statement` is who asks; naming an account speaks of all of its roles. */
function principalIs({ Principal = "*" }: Statement, { principal }: Request): boolean {
    return (
        Principal === "*" ||
        list(Principal.AWS ?? []).some(arn =>
            arn.endsWith(":root") ? accountOf(arn) === accountOf(principal) : arn === principal,
        )
    );
}

/**
 * Whether `request` is allowed, as IAM decides: a Deny anywhere refuses; the role's own policy must allow, and between
 * accounts the resource's as well. (In one account a resource's policy can also allow a role by its name; ours name
 * accounts, which leaves it to their own policies.)
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allowed(request: Request, own: readonly Statement[], resource?: ResourcePolicy): boolean {
    const byOwn = own.filter(statement => speaksOf(statement, request));
    const byResource = (resource?.statements ?? []).filter(
        statement => principalIs(statement, request) && speaksOf(statement, request),
    );
    if ([...byOwn, ...byResource].some(({ Effect }) => Effect === "Deny")) {
        return false;
    }
    const ownAllows = byOwn.length > 0;
    if (resource === undefined) {
        return ownAllows;
    }
    const foreign = accountOf(request.principal) !== resource.account;
    return ownAllows && (byResource.length > 0 || !(foreign || resource.rules === true));
}
