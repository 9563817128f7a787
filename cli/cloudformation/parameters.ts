import type { Registration } from "../recorder";
import { logicalId, words } from "./logical-id";

/** One parameter of a template. */
export interface Parameter {
    readonly Type: string;
    readonly Description: string;
    readonly NoEcho?: true;
}

/** What a template asks whoever deploys it: all that the registrations do not hold. */
export class Parameters {
    private readonly asked = new Map<string, Parameter>();
    private readonly byUrn = new Map<string, Set<string>>();
    private readonly names = new Map<string, number>();

    constructor(registrations: readonly Registration[]) {
        for (const { name } of registrations) {
            this.names.set(words(name), (this.names.get(words(name)) ?? 0) + 1);
        }
    }

    /**
     * Name of the parameter for the `output` of a resource. People type it, so it is readable, unless another resource's
     * would be the same.
     */
    ask(of: Registration, output: string, description: string, more: Pick<Parameter, "NoEcho"> = {}): string {
        const shared = (this.names.get(words(of.name)) ?? 0) > 1;
        const id = `${shared ? logicalId(of) : words(of.name)}${words(counted(output))}`;
        this.asked.set(id, { Type: typeOf(output), Description: description, ...more });
        this.byUrn.set(of.urn, (this.byUrn.get(of.urn) ?? new Set()).add(id));
        return id;
    }

    /** All that were asked for, by name. */
    all(): Record<string, Parameter> {
        return Object.fromEntries([...this.asked].sort(([a], [b]) => (a < b ? -1 : 1)));
    }

    /** Names of those that stand for something of the resource `urn`. */
    of(urn: string): string[] {
        return [...(this.byUrn.get(urn) ?? [])].sort();
    }
}

/** People count from one. */
const counted = (output: string) => output.replace(/\d+/g, index => `${Number(index) + 1}`);

/** The type by which CloudFormation checks a value, and the console offers what there is. */
function typeOf(output: string): string {
    return output === "vpcId"
        ? "AWS::EC2::VPC::Id"
        : /SubnetIds\.\d+$/.test(output)
          ? "AWS::EC2::Subnet::Id"
          : "String";
}
