import { UsageError } from "./options";

/**
 * Runs a command as this process, which ends with the exit code that it returns; with 2 where it throws a {@link UsageError}, and with 1 where
 * it throws anything else, told on standard error.
 *
 * @param otherwise - what is told behind an error that is none of usage. @default nothing
 */
export function asCommand(run: () => number | Promise<number>, otherwise = ""): void {
    // Whoever reads the output may have seen enough, as `head` has.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            throw error;
        }
        process.exit();
    });
    Promise.resolve()
        .then(run)
        .then(
            code => {
                process.exitCode = code;
            },
            (error: unknown) => {
                const isUsage = error instanceof UsageError;
                const aside = isUsage ? "--help tells the usage" : otherwise;
                process.stderr.write([...textOf(error), ...(aside === "" ? [] : [aside])].join("\n").concat("\n"));
                process.exitCode = isUsage ? 2 : 1;
            },
        );
}

/** What an error says: of one that is not ours its name, too. */
function textOf(error: unknown): string[] {
    if (!(error instanceof Error)) {
        return [String(error)];
    }
    const { name, message } = error;
    return [name === "Error" ? message : `${name}: ${message}`];
}
