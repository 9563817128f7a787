import { createHash } from "node:crypto";
import type { Registration } from "../recorder";

/**
 * The logical id of a resource: the words of its logical name, and a hash of its type, its name and the types above it.
 *
 * It depends on nothing else, so neither another resource nor another stack changes it: CloudFormation would replace
 * the resource. The hash tells apart what the words alone do not, `a-b` and `a--b`.
 */
export function logicalId({ name, urn }: Pick<Registration, "name" | "urn">): string {
    const [, , types] = urn.split("::");
    const hash = createHash("sha256").update(`${types}::${name}`).digest("hex").slice(0, 8).toUpperCase();
    return `${words(name)}${hash}`;
}

/** `name` as CloudFormation takes it in a logical id, which is letters and digits, at most 255. */
export function words(name: string): string {
    return name
        .split(/[^A-Za-z0-9]+/)
        .map(word => word.charAt(0).toUpperCase() + word.slice(1))
        .join("")
        .slice(0, 200);
}
