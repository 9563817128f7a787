/** Bytes that are read here and there. */
export interface Archive {
    readonly size: number;
    /** A few bytes: whoever asks has looked at how many they are. */
    read(start: number, end: number): Promise<Buffer>;
    /** Many, as they come. */
    chunks(start: number, end: number): AsyncIterable<Buffer>;
}

/** A file or a folder of an archive, as the directory has it. */
export interface Entry {
    /** A folder's ends without the slash. */
    readonly name: string;
    readonly folder: boolean;
    /** Whether it is a symbolic link, whose target is its content. */
    readonly link: boolean;
    readonly rawName: Buffer;
    readonly flags: number;
    readonly method: number;
    readonly crc: number;
    /** Bytes in the archive, and when it is unpacked. */
    readonly packed: number;
    readonly size: number;
    /** Where its local header begins, and where what comes after it does. */
    readonly start: number;
    readonly next: number;
}

/** Bits of an entry's flags; `effort` says how well it was deflated. */
export const flag = { encrypted: 0x1, effort: 0x6, descriptor: 0x8, utf8: 0x800 } as const;

/** Id of the extra field with sizes beyond 4 GiB. */
export const zip64 = 0x0001;

export const method = { stored: 0, deflated: 8 } as const;

/** A name as a message shows it: in quotes, without what cannot be seen, and not too long. */
export function quoted(name: string): string {
    const written = JSON.stringify(name).replace(
        /[\p{C}\p{Zl}\p{Zp}]/gu,
        character => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`,
    );
    return written.length <= 120 ? written : `${written.slice(0, 119)}…`;
}
