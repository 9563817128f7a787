/** What the functions that seal and verify artifacts are told by the stack. */
export interface SealSettings {
    /** Account and region of the pipelines. */
    readonly account: string;
    readonly region: string;

    /** The artifact bucket of the pipelines' own region; seals lie in it, below {@link SealSettings.folder}. */
    readonly bucket: string;

    /** Where seals begin in the bucket: `seals/`. */
    readonly folder: string;

    /** ARN of the key that signs. */
    readonly signingKey: string;
}
