import type { Location } from "../../catalog/arn";
import { isRecord, SECRET } from "../computed";
import type { Registration } from "../recorder";
import type { Graph } from "./graph";
import type { Invented, Made } from "./invented";
import type { LeftOut } from "./left-out";
import { logicalId } from "./logical-id";
import type { Parameters } from "./parameters";
import type { Reader } from "./shape";
import { expression, written } from "./text";
import { mappings } from "./types";

/** What readers of one template share. */
export interface Surroundings {
    readonly home: Location;
    readonly graph: Graph;
    readonly invented: Invented;
    readonly parameters: Parameters;
    readonly leftOut: LeftOut;
    readonly byUrn: ReadonlyMap<string, Registration>;

    /** What is a resource of the template. */
    readonly made: ReadonlySet<string>;

    /** URNs of another stack's resources that the program refers to by what AWS has given them. */
    readonly told: ReadonlySet<string>;
}

/** Reads the inputs of one registration. */
export class RegistrationReader implements Reader {
    /**
     * @param referred - collects the URNs of the resources that references were made to
     * @param path - where in the inputs it reads
     */
    constructor(
        private readonly around: Surroundings,
        private readonly registration: Registration,
        private readonly referred: Set<string>,
        private readonly path: readonly string[] = [],
    ) {}

    at(key: string): RegistrationReader {
        return new RegistrationReader(this.around, this.registration, this.referred, [...this.path, key]);
    }

    value(value: unknown): unknown {
        if (Array.isArray(value)) {
            return value.map((one, index) => this.at(String(index)).value(one));
        }
        if (isRecord(value)) {
            return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.at(key).value(inner)]));
        }
        if (value === SECRET) {
            return this.parameter(this.path.join("."), "a secret value of the stack", { NoEcho: true });
        }
        return typeof value === "string"
            ? written(value, this.around.home, this.around.invented, made => this.spelled(made))
            : value;
    }

    named(type: string, name: unknown): unknown {
        const urn = typeof name === "string" ? this.around.invented.called(type, name) : undefined;
        return urn !== undefined && this.canReferTo(urn)
            ? expression(this.reference(urn, "name") ?? this.reference(urn, "id") ?? String(name))
            : this.value(name);
    }

    parameter(suffix: string, description: string, more?: { readonly NoEcho: true }): unknown {
        return { Ref: this.around.parameters.ask(this.registration, suffix, description, more) };
    }

    leaveOut(why: string): void {
        this.around.leftOut.add(this.registration, this.path, why);
    }

    /** As the program has it: a reference where it waits for the other resource; else the name that it has derived. */
    private spelled(made: readonly Made[]): string | undefined {
        const near = made.filter(({ urn }) => this.canReferTo(urn));
        const references = near.flatMap(({ urn, output }) => this.reference(urn, output) ?? []);
        return references[0] ?? (near.length > 0 ? this.asked(near[0]) : undefined);
    }

    private canReferTo(urn: string): boolean {
        return this.around.told.has(urn) || this.around.graph.waitsFor(this.registration.urn, urn);
    }

    private reference(urn: string, output: string): string | undefined {
        const other = this.get(urn);
        const mapping = mappings[other.type];
        const isMade = mapping !== undefined && "outputs" in mapping && this.around.made.has(urn);
        const spelling = isMade ? mapping.outputs[output] : undefined;
        if (spelling !== undefined) {
            this.referred.add(urn);
        }
        return spelling?.replace(/\$\{(?=[.}])/g, `\${${logicalId(other)}`);
    }

    /** A parameter for what nothing in the template makes. */
    private asked({ urn, output }: Made): string {
        const other = this.get(urn);
        const description = `${other.name} (${other.type}), which this template does not make: ${output}`;
        return `\${${this.around.parameters.ask(other, output, description)}}`;
    }

    private get(urn: string): Registration {
        const found = this.around.byUrn.get(urn);
        if (found === undefined) {
            throw new Error(`nothing has the URN ${urn}`);
        }
        return found;
    }
}
