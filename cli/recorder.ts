import { Resource, runtime } from "@pulumi/pulumi";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import type { Location } from "../catalog/arn";
import { computed, dereferenced, isRecord, plain } from "./computed";

/** One resource as the program asked for it. */
export interface Registration {
    /** Type token, for example `aws:iam/role:Role`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** As the engine makes it: with the types of all parents but the stack. */
    readonly urn: string;
    /** URN of the parent; absent on a child of the stack. */
    readonly parent?: string;
    /** Present if no deployment may delete the resource, by an option of its own or of a parent. */
    readonly protect?: true;
    /** Whether a provider makes it; else it is a component. */
    readonly custom: boolean;
    /** Present on a component that a provider fills: its children are not recorded. */
    readonly remote?: true;
    /**
     * URNs of what has to exist before, sorted: all that `dependsOn` names, where a component stands for the resources in
     * it, and all whose outputs are among the inputs.
     */
    readonly dependencies: readonly string[];
    /** Inputs, as {@link plain} shows them; a resource shows as its id. */
    readonly inputs: Record<string, unknown>;
}

/** Settings of {@link record}. */
export interface RecordOptions {
    /** Name of the project. @default "service-pipelines" */
    readonly project?: string;
    /** Name of the stack. */
    readonly stack: string;
    /**
     * Configuration as the engine hands it over: each value a string, objects as JSON. Invented ARNs name the first of
     * `aws:allowedAccountIds`, or else 123456789012, and `aws:region`, or else us-east-1. @default {}
     */
    readonly config?: Readonly<Record<string, string>>;
    /** Whether ids and computed outputs are unknown, as in `pulumi preview`; else they are invented. @default false */
    readonly preview?: boolean;
    /** Outputs of other stacks that the program refers to, by the name that it refers to them by. @default none */
    readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Calls of `settle` to one that settles: more take more memory and time, and record the same. @default 1 */
    readonly settleEvery?: number;
}

/** What a program did. */
export interface Recording {
    /** Every registration, parents before their children, siblings by name and type: whichever request came first. */
    readonly registrations: readonly Registration[];
    /** What the program returned, resolved, as {@link plain} shows it; empty unless that is a record. */
    readonly outputs: Record<string, unknown>;
}

/**
 * Runs a Pulumi program in this process, with neither engine nor provider, and returns what it registered.
 *
 * The SDK's state is global to the process, so there is one recording at a time. An `apply` that waits for a timer or a
 * file is waited for only where a registration or an output needs its value.
 *
 * @param program - may await its argument after each service: that finishes what is registered so far and frees memory
 * @throws The first error that the program throws, or that rejects a promise and is not handled, as the same object; an
 * Error when two resources have one URN, when the program needs an answer of a provider or another stack, when it waits
 * for what never comes, and when another recording is under way
 */
export async function record(
    program: (settle: () => Promise<void>) => unknown,
    options: RecordOptions,
): Promise<Recording> {
    if (busy) {
        throw new Error("another recording is under way, and the SDK's state is global to the process: await it first");
    }
    const recorder = new Recorder(options);
    const { orFail, release } = takeOver();
    busy = true;
    // Two calm rounds: what the end of the first has set off may still wait for its inputs.
    const quiet = async () => {
        for (let calm = 0; calm < 2; calm++) {
            const before = recorder.requests;
            await orFail(runtime.disconnect());
            await orFail(turn());
            calm = recorder.requests === before ? calm : -1;
        }
    };
    let calls = 0;
    const settle = async () => (++calls % (options.settleEvery ?? 1) === 0 ? quiet() : undefined);
    try {
        await install(options);
        Object.assign(runtime.getMonitor() as object, recorder.methods);
        const returned = orFail(Promise.resolve().then(() => program(settle)));
        const outputs = plain(dereferenced(await orFail(runtime.serializeProperty("outputs", returned))));
        await quiet();
        if (recorder.refusal !== undefined) {
            throw recorder.refusal;
        }
        return { registrations: recorder.inOrder(), outputs: isRecord(outputs) ? outputs : {} };
    } catch (error) {
        await turn();
        throw trimmed(error);
    } finally {
        // A resource that is made later does not go to this recording, and does not keep it in memory.
        await install({ stack: "none" });
        release();
        busy = false;
    }
}

let busy = false;
type Callback = (error: Error | null, response?: unknown) => void;

/** Answers the program in the engine's place. */
class Recorder {
    requests = 0;
    refusal?: Error;
    private readonly registrations = new Map<string, Registration>();
    /** Of each URN the names and types from the stack down; sorted, they put parents before children. */
    private readonly paths = new Map<string, string>();
    private readonly at: Location;

    constructor(private readonly options: RecordOptions) {
        const { "aws:allowedAccountIds": accounts = "[]", "aws:region": region = "us-east-1" } = options.config ?? {};
        this.at = { account: (JSON.parse(accounts) as string[])[0] ?? "123456789012", region };
    }

    /** What takes the place of the mocks' own methods. */
    readonly methods = {
        registerResource: (request: RegisterResourceRequest, callback: Callback) => {
            this.requests++;
            const inputs = dereferenced(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
            const registration = this.read(request, inputs);
            const { type, name, urn, parent = "the stack" } = registration;
            const earlier = this.registrations.get(urn);
            if (earlier !== undefined) {
                const parents = `a child of ${earlier.parent ?? "the stack"} and a child of ${parent}`;
                return this.refuse(callback, `duplicate URN ${urn}: ${parents}`, ALREADY_EXISTS);
            }
            this.registrations.set(urn, registration);
            this.paths.set(urn, `${this.paths.get(parent) ?? ""}\u0001${name}\u0000${type}`);
            // In a preview, the SDK takes for unknown what is missing.
            const known = this.options.preview ? undefined : computed({ ...registration, ...this.at });
            const state: Record<string, unknown> = { ...inputs, ...known?.outputs };
            for (const key of request.getAdditionalsecretoutputsList()) {
                if (key in state && !runtime.isRpcSecret(state[key])) {
                    state[key] = { [runtime.specialSigKey]: runtime.specialSecretSig, value: state[key] };
                }
            }
            callback(null, {
                getUrn: () => urn,
                getId: () => known?.id,
                getObject: () => ({ toJavaScript: () => state }),
                getPropertydependenciesMap: () => undefined,
                getResult: () => 0,
            });
        },
        registerResourceOutputs: (_: unknown, callback: Callback) => {
            this.requests++;
            callback(null, {});
        },
        readResource: (request: ReadResourceRequest, callback: Callback) => {
            const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
            const outputs = this.options.stacks?.[request.getId()];
            if (type === stackReference && outputs !== undefined) {
                this.requests++;
                const state = { name: request.getId(), outputs, secretOutputNames: [] };
                callback(null, {
                    getUrn: () => this.urnOf(type, name, parent),
                    getProperties: () => ({ toJavaScript: () => state }),
                });
                return;
            }
            const what = type === stackReference ? "stack reference" : type;
            this.refuse(callback, `no ${what} in offline preview: the program reads "${request.getId()}"`);
        },
        invoke: (request: { getTok(): string }, callback: Callback) =>
            this.refuse(callback, `no function in offline preview: the program invokes ${request.getTok()}`),
        call: (request: { getTok(): string }, callback: Callback) =>
            this.refuse(callback, `no method in offline preview: the program calls ${request.getTok()}`),
    };

    inOrder(): Registration[] {
        const sorted = [...this.paths].sort(([, a], [, b]) => (a < b ? -1 : 1));
        return sorted.flatMap(([urn]) => this.registrations.get(urn) ?? []);
    }

    private refuse(callback: Callback, message: string, code = UNIMPLEMENTED): void {
        this.requests++;
        const error = Object.assign(new Error(message), { code, details: message });
        this.refusal ??= error;
        callback(error);
    }

    private urnOf(type: string, name: string, parent: string): string {
        const { project = "service-pipelines", stack } = this.options;
        const above = parent === "" ? "" : `${parent.split("::")[2]}$`;
        return `urn:pulumi:${stack}::${project}::${above}${type}::${name}`;
    }

    private read(request: RegisterResourceRequest, inputs: Record<string, unknown>): Registration {
        const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
        return {
            type,
            name,
            urn: this.urnOf(type, name, parent),
            ...(parent !== "" && { parent }),
            ...(request.getProtect() && { protect: true }),
            custom: request.getCustom(),
            ...(request.getRemote() && { remote: true }),
            dependencies: request.getDependenciesList().sort(),
            inputs: plain(inputs) as Record<string, unknown>,
        };
    }
}

/** What a backend that has no organizations calls its only one. */
export const organization = "organization";

const stackReference = "pulumi:pulumi:StackReference";

/** Codes of gRPC: the SDK takes others, such as those of a lost connection, for no error of the program. */
const ALREADY_EXISTS = 6;
const UNIMPLEMENTED = 12;

/** Lets all run that waits for nothing but promises; Node then reports the rejections that nobody handles. */
const turn = () => new Promise<void>(resolve => setImmediate(resolve));

/** Puts the SDK into its test mode; nothing of what was before stays. */
async function install({ project = "service-pipelines", stack, preview, config = {} }: RecordOptions): Promise<void> {
    const newResource = ({ name }: runtime.MockResourceArgs) => ({ id: `${name}-id`, state: {} });
    await runtime.setMocks({ newResource, call: () => ({}) }, project, stack, preview, organization);
    runtime.setAllConfig(config);
}

/**
 * Takes the place of all listeners for rejections, mocha's for example, and switches off the SDK's search for leaks and
 * its source positions: both take stack traces by the hundred for each resource, which is nine tenths of a recording's time.
 */
function takeOver() {
    let fail!: (error: unknown) => void;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    failed.catch(() => undefined);
    const stuck = () => fail(new Error("the program waits for a value that never comes"));
    const others = process.rawListeners("unhandledRejection") as NodeJS.UnhandledRejectionListener[];
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", fail).on("beforeExit", stuck);
    const { debuggablePromise } = debuggable as { debuggablePromise?: unknown };
    const { callsites } = Resource as unknown as { callsites: unknown };
    Object.assign(debuggable, { debuggablePromise: (promise: unknown) => promise });
    Object.assign(Resource, { callsites: () => [] });
    return {
        /** The promise's value, unless the program fails first: it may then never come. */
        orFail: <T>(promise: Promise<T>): Promise<T> => Promise.race([failed, promise]),
        release: () => {
            Object.assign(debuggable, { debuggablePromise });
            Object.assign(Resource, { callsites });
            process.off("unhandledRejection", fail).off("beforeExit", stuck);
            others.forEach(listener => process.on("unhandledRejection", listener));
        },
    };
}

/** Gives an error its own message back: the SDK puts before it which inputs wait for the value, and what was refused. */
function trimmed(error: unknown): unknown {
    if (error instanceof Error) {
        const before = /^(error serializing property "[^"]*": |failed to (register new|read) resource .*?\]: )+/;
        error.message = error.message.replace(before, "");
    }
    return error;
}
