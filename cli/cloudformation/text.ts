import { partitionOf, type Location } from "../../catalog/arn";
import type { Invented, Made } from "./invented";

/**
 * `text` as a template has it: a reference for each thing that is made up, CloudFormation's own words for the partition, the
 * region and the account of ARNs, and `Fn::Sub` where there is text around them.
 *
 * @param spell - how `Fn::Sub` writes what is made up, `${Id}` or `${Id.Arn}`; undefined leaves the words as they are
 */
export function written(
    text: string,
    at: Location,
    invented: Invented,
    spell: (made: readonly Made[]) => string | undefined,
): unknown {
    const literal = (start: number, end?: number) => portable(escaped(text.slice(start, end)), at);
    let sub = "";
    let done = 0;
    for (const { start, end, made } of invented.in(text)) {
        const reference = spell(made);
        if (reference !== undefined) {
            sub += literal(done, start) + reference;
            done = end;
        }
    }
    return expression(sub + literal(done));
}

/** `Fn::Sub` would take `${…}` for a reference of its own. */
const escaped = (text: string) => text.replaceAll("${", "${!");

/** All that stands in an ARN before the resource. */
const beginnings = /\barn:(aws[\w-]*):([\w-]+):([\w*-]*):(\d*|aws):/g;

/** ARNs of the partition, the region and the account that the template is for, in words that need not be changed for others. */
function portable(sub: string, at: Location): string {
    const word = (found: string, own: string, name: string) => (found === own ? `\${AWS::${name}}` : found);
    return sub.replace(beginnings, (_, partition: string, service: string, region: string, account: string) =>
        [
            "arn",
            word(partition, partitionOf(at.region), "Partition"),
            service,
            word(region, at.region, "Region"),
            word(account, at.account, "AccountId"),
            "",
        ].join(":"),
    );
}

/** The shortest way to say what `Fn::Sub` would make of `sub`. */
export function expression(sub: string): unknown {
    const [, id, attribute] = /^\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}$/.exec(sub) ?? [];
    return id !== undefined && attribute !== undefined
        ? { "Fn::GetAtt": [id, attribute] }
        : id !== undefined
          ? { Ref: id }
          : /\$\{[^!]/.test(sub)
            ? { "Fn::Sub": sub }
            : sub.replaceAll("${!", "${");
}
