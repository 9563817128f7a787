import { z } from "zod";
import type { Location } from "./arn";
import type { ActionType, Artifact, BuildNetwork, CustomAction, PackageRepository, Rule, Step } from "./plan";
import type { Problem } from "./problem";
import type { Text } from "./reference";
import type { TargetPlan } from "./target-plan";

/** One environment, as the kinds see it. */
export interface Environment {
    readonly name: string;
    readonly account: string;
    readonly region: string;
    /** The role that deploys there; without it the pipeline's own does. */
    readonly deployRoleArn?: string;
}

/** Where in which pipeline a kind's settings stand. */
export interface Place {
    readonly service: string;

    /** Key of this source, build, suite or deploy; its actions are named after it. */
    readonly unit: string;

    /** Account and region of the pipeline. */
    readonly home: Location;

    /** ARN of the pipeline itself. */
    readonly pipelineArn: string;

    /** Whether a change of this source starts the pipeline; else the pipeline only reads it. */
    readonly detectsChanges: boolean;

    /** The environment whose stage this stands in; absent before the first. */
    readonly environment?: Environment;

    /** What the actions may take: the first is where they find their files. */
    readonly inputs: readonly Artifact[];

    /** Name under which later actions read the variables that an action of this unit leaves. */
    readonly namespace: string;

    /** Whether builds that assume a deploy role tag their session. */
    readonly sessionTags: boolean;

    /** Where the pipeline keeps its artifacts. */
    readonly store: { readonly bucket: string; readonly folder: string; readonly key: Text };

    readonly network: BuildNetwork;
    readonly logGroup: string;

    /** The connections of the stack file: their ARNs by key. */
    readonly connections: Readonly<Record<string, Text>>;

    /** The custom actions of the stack file, by key. */
    readonly customActions: Readonly<Record<string, CustomAction>>;

    /** The package repositories of the stack file, by key. */
    readonly packages: Readonly<Record<string, PackageRepository>>;

    /** Of {@link Place.inputs} the one that the stack file calls `name`; undefined when there is none. */
    artifact(name: string): Artifact | undefined;

    /** What this unit hands on: its main artifact, or a further one by the name that the stack file gives it. */
    output(further?: string): Artifact;

    /** Name of the pipeline of another service of the stack. */
    pipelineOf(service: string): string;

    /** Where a build writes its log in the log group, and what no other build writes below: `orders/integration`. */
    logStream(...suffix: string[]): string;

    /** Logical name of a resource: `orders--integration`. */
    logicalName(...suffix: string[]): string;

    /** Physical name of at most `limit` characters: `shop--orders--integration`, cut and hashed where it is longer. */
    physicalName(limit: number, ...suffix: string[]): string;

    /** Name of an image repository: `shop/orders/build`. */
    repositoryName(...suffix: string[]): string;
}

/** What stands around an example: further keys of the stack file, and further services. */
export interface Around {
    readonly stack?: string;
    /** Further keys of every environment. */
    readonly environments?: string;
    readonly services?: string;
    /** Further keys of the service itself. */
    readonly service?: string;
}

/** Settings of a kind with which it may run code that nobody has merged. */
export interface Unmerged<T> {
    readonly settings: T;

    /** What was taken from them, in words: `the secret NPM_TOKEN`. */
    readonly withheld: readonly string[];
}

/** A word that can stand behind `type:`, with all that it means. */
export interface Kind<T extends string = string, S extends z.ZodObject = z.ZodObject> {
    /** The word in the stack file. */
    readonly type: T;

    /** Its keys; strict. The descriptions are the documentation and the JSON Schema. */
    readonly settings: S;

    /** The actions that it makes; none when it makes none. */
    readonly actions: readonly ActionType[];

    /** What AWS limits it to, or what it cannot do, in words: for the reference page. @default nothing to say */
    readonly limits?: readonly string[];

    /** Page of the AWS documentation, where no action names it. */
    readonly docs?: string;

    /** Words of which {@link Kind.check} wants one of each list, the usual one first; the schema lets all be left out. @default none */
    readonly oneOf?: readonly (readonly string[])[];

    /** As it stands in a stack file; documented, and planned in a test. */
    readonly example: string;

    /** What else a stack file has to say for {@link Kind.example}; YAML. @default nothing */
    readonly around?: Around;

    /** Whether a step of these settings hands on an artifact, which is called as the step is. @default never */
    handsOn?(settings: z.output<S>): boolean;

    /** The actions, one after the other, each with its grants beside it. */
    plan(settings: z.output<S>, at: Place): readonly Step[];

    /** What the schema cannot say; paths are relative to the settings. */
    check?(settings: z.output<S>): readonly Problem[];

    /**
     * How it runs the code of a pull request: without secrets, permissions and everything else that only merged code may
     * reach. A kind that says nothing of it runs no such code.
     */
    unmerged?(settings: z.output<S>): Unmerged<z.output<S>>;
}

/** A kind; infers the types of its word and its settings. */
export const kind = <const T extends string, S extends z.ZodObject>(k: Kind<T, S>): Kind<T, S> => k;

/** Where a gate stands: on entry to a stage, or after its tests. */
export type When = "before" | "after";

/** What a gate is planned with. */
export interface GatePlace extends Pick<Place, "home"> {
    readonly when: When;

    /** Account and region of the environment that it opens or closes. */
    readonly environment: Location;
}

/** A check on entry to or on the way out of a stage: a rule of a stage condition. */
export interface GateKind<T extends string = string, S extends z.ZodObject = z.ZodObject> {
    readonly type: T;
    readonly settings: S;
    /** Where it may stand. */
    readonly on: readonly When[];

    /** What AWS limits it to, or what it cannot do, in words: for the reference page. @default nothing to say */
    readonly limits?: readonly string[];
    readonly docs: string;
    readonly example: string;
    readonly around?: Around;

    /** What tells it from others of its kind, for messages: the name of its alarm. */
    label(settings: z.output<S>): string;
    plan(settings: z.output<S>, at: GatePlace): Omit<Rule, "name">;
    check?(settings: z.output<S>): readonly Problem[];
}

/** A gate kind; infers the types of its word and its settings. */
export const gateKind = <const T extends string, S extends z.ZodObject>(k: GateKind<T, S>): GateKind<T, S> => k;

/** What a target of notifications is planned with. */
export interface TargetPlace extends Pick<Place, "home"> {
    /** The key of the stack that what is made here is encrypted with. */
    readonly key: Text;

    /** Physical name of what is made for it: `shop--fleet--tell--on-call`, of at most `limit` characters. */
    physicalName(limit: number): string;
}

/** Somebody, or something, that is told what happens. */
export interface TargetKind<T extends string = string, S extends z.ZodObject = z.ZodObject> {
    readonly type: T;
    readonly settings: S;

    /** What AWS or the receiver limits it to, or what it cannot do, in words: for the reference page. @default nothing to say */
    readonly limits?: readonly string[];
    readonly docs: string;
    readonly example: string;
    readonly around?: Around;

    /** What is made for it, and how the function that tells reaches it. */
    plan(settings: z.output<S>, at: TargetPlace): TargetPlan;
    check?(settings: z.output<S>): readonly Problem[];
}

/** A kind of targets; infers the types of its word and its settings. */
export const targetKind = <const T extends string, S extends z.ZodObject>(k: TargetKind<T, S>): TargetKind<T, S> => k;

interface Typed {
    readonly type: string;
    readonly settings: z.ZodObject;
}

/** What a stack file says of a kind: its settings with the `type` that chose it. */
export type Settings<K> = K extends { type: infer T extends string; settings: infer S extends z.ZodObject }
    ? { type: T } & z.output<S>
    : never;

/**
 * The schema of one of `kinds`, told apart by `type`; each also takes the keys of `beside`, where it does not say itself
 * what such a key means to it.
 */
export function union<K extends readonly Typed[], B extends z.ZodRawShape = Record<never, never>>(
    kinds: K,
    beside?: B,
): z.ZodType<Settings<K[number]> & z.output<z.ZodObject<B>>> {
    const members = kinds.map(k => k.settings.extend({ type: z.literal(k.type), ...beside, ...k.settings.shape }));
    return z.discriminatedUnion("type", members as never);
}

/** The kind of `kinds` whose word is `type`. */
export function kindOf<K extends { readonly type: string }>(kinds: readonly K[], type: string): K {
    const found = kinds.find(k => k.type === type);
    if (found === undefined) {
        throw new Error(`no kind "${type}" among ${kinds.map(k => k.type).join(", ")}`);
    }
    return found;
}
