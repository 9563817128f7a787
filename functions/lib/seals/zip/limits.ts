/**
 * How much an archive may be. Each stands far above what services deploy, and below what would keep a function busy for
 * ever or fill its memory.
 */
export const limits = {
    /** Bytes of an object: S3 sources give 7 GB at most, builds more. 64 GiB is what a function reads in a few runs. */
    object: 64 * 2 ** 30,
    /** Files and folders: the names and sums of all are held at once, and stand in the seal. */
    entries: 100_000,
    /** Bytes of all names together, for the same reason. */
    names: 16 * 2 ** 20,
    /** Bytes of one name: no system of Linux takes a longer path. */
    name: 4096,
    /** Bytes of the directory: {@link limits.names}, and the fixed and further fields of all entries. */
    directory: 64 * 2 ** 20,
    /** Bytes of all files unpacked: build machines of CodeBuild have 64 GB and more. */
    unpacked: 64 * 2 ** 30,
    /**
     * How many times more an archive may be when it is unpacked. Deflate makes nothing 1,032 times smaller; text comes to
     * 10 or 20, and what is mostly zeros only matters when it is much.
     */
    ratio: 200,
    /** Bytes unpacked below which the ratio does not matter. */
    harmless: 512 * 2 ** 20,
} as const;
