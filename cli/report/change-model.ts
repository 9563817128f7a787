import type { Statement } from "./model";

/** What is different from another stack file. */
export interface Change {
    /** In words: `Pulumi.prod.yaml of HEAD`. */
    readonly since: string;
    /** Whether the other stack file can be compared with; without a plan it cannot. */
    readonly comparable: boolean;
    readonly pipelines: readonly PipelineChange[];
    /** Each setting that is different, with the pipelines that it is of; without any it is of the stack as a whole. */
    readonly settings: readonly (SettingChange & { readonly pipelines: readonly string[] })[];
    /** What it means to bring it up, in words. */
    readonly notes: readonly string[];
    /** Of what all services share. */
    readonly holders: readonly HolderChange[];
    /** What the stack comes to. */
    readonly fleet: readonly Difference[];
}

/** What became of one pipeline. */
export interface PipelineChange {
    readonly key: string;
    readonly kind: "added" | "removed" | "replaced" | "changed" | "beside";
    /** What the pipeline was called, where it is replaced. */
    readonly before?: string;
    /** Names of the stages that differ. */
    readonly stages: readonly string[];
    /** What it means for what runs, in words. */
    readonly consequences: readonly string[];
    readonly differences: readonly SettingChange[];
    readonly holders: readonly HolderChange[];
}

/** One figure that is different. */
export interface Difference {
    readonly what: string;
    readonly before: string;
    readonly after: string;
}

/** One setting that is different. */
export interface SettingChange extends Difference {
    /** A stage, an environment, `pipeline` or `stack`. */
    readonly where: string;
    readonly kind: "added" | "removed" | "changed";
    /** Whether it protects less than before. */
    readonly weaker: boolean;
}

/** What became of something that has permissions. */
export interface HolderChange {
    readonly key: string;
    readonly of: string;
    readonly kind: "added" | "removed" | "changed";
    /** Whether somebody may do more, or might. */
    readonly broader: boolean;
    readonly notes: readonly { readonly text: string; readonly broader: boolean }[];
    readonly differences: readonly StatementChange[];
}

/** What is new or gone of a statement. */
export interface StatementChange {
    readonly what: "trust" | "statement";
    readonly kind: "added" | "removed";
    readonly broader: boolean;
    readonly statement: Statement;
    /** Of what is broader, what it was before, as far as there was something. */
    readonly was: readonly Statement[];
}
