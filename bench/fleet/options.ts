import { parseArgs } from "node:util";
import { ranges, shapes } from "../shape";

/** What can be measured. */
export const parts = ["offline", "cdk", "engine", "edit", "suite"] as const;
export type Part = (typeof parts)[number];

export type ShapeName = keyof typeof shapes;

/** What `npm run bench` was asked for. */
export interface Options {
    readonly shape: ShapeName;
    /** Numbers of services, ascending. */
    readonly sizes: readonly number[];
    /** Those of them that the engine is measured at. */
    readonly engineSizes: readonly number[];
    readonly runs: number;
    readonly only: ReadonlySet<Part>;
    /** Whether `results.md` is written anew. */
    readonly write: boolean;
    /** Whether a ratio that misses its target fails the command. */
    readonly assert: boolean;
    readonly help: boolean;
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}

export const usage = `Usage: npm run bench -- [options]

Measures this program, process by process, and prints one table of medians. How to read it: bench/README.md.

  --sizes LIST          numbers of services (default: 1,10,100,500,1000; of the shape monorepo: 300)
  --engine-sizes LIST   those that the engine is measured at (default: 1 and 100, where they are among the sizes; of the
                        shape monorepo: none)
  --runs NUMBER         how often each command is run (default: 3)
  --only LIST           some parts of ${parts.join(", ")} (default: all)
  --shape NAME          ${Object.keys(shapes).join(" or ")} (default: reference)
  --write               writes bench/results.md too
  --assert              exit code 1 where a ratio misses its target
  --help                this text

Exit code 0: everything asked for was measured or skipped with its reason; 1: a part failed; 2: wrong usage.`;

const defaultSizes = { reference: [1, 10, 100, 500, 1000], monorepo: [300] } as const satisfies Record<
    ShapeName,
    readonly number[]
>;

/** A thousand services are some twenty thousand resources, which the engine takes minutes for. */
const defaultEngineSizes = [1, 100];

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, and for a value that none takes
 */
export function options(args: readonly string[]): Options {
    const values = parsed(args);
    const shape = oneOf("shape", Object.keys(shapes) as ShapeName[], values.shape ?? "reference");
    const sizes = numbers("sizes", values.sizes) ?? defaultSizes[shape];
    const engineSizes = numbers("engine-sizes", values["engine-sizes"]);
    return {
        shape,
        sizes,
        engineSizes: engineSizes ?? sizes.filter(size => defaultEngineSizes.includes(size)),
        runs: values.runs === undefined ? 3 : whole("runs", values.runs, 100),
        only: new Set(values.only === undefined ? parts : list(values.only).map(part => oneOf("only", parts, part))),
        write: values.write ?? false,
        assert: values.assert ?? false,
        help: values.help ?? false,
    };
}

function parsed(args: readonly string[]) {
    try {
        return parseArgs({
            args: [...args],
            options: {
                sizes: { type: "string" },
                "engine-sizes": { type: "string" },
                runs: { type: "string" },
                only: { type: "string" },
                shape: { type: "string" },
                write: { type: "boolean" },
                assert: { type: "boolean" },
                help: { type: "boolean", short: "h" },
            },
        }).values;
    } catch (error) {
        throw new UsageError((error as Error).message);
    }
}

const list = (text: string) => text.split(",").map(each => each.trim());

function oneOf<T extends string>(option: string, choices: readonly T[], text: string): T {
    const found = choices.find(choice => choice === text);
    if (found === undefined) {
        throw new UsageError(`--${option}: expected one of ${choices.join(", ")}, found ${JSON.stringify(text)}`);
    }
    return found;
}

function whole(option: string, text: string, most: number): number {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || value > most) {
        throw new UsageError(`--${option}: expected a whole number from 1 to ${most}, found ${JSON.stringify(text)}`);
    }
    return value;
}

const numbers = (option: string, text: string | undefined): number[] | undefined =>
    text === undefined
        ? undefined
        : [...new Set(list(text).map(each => whole(option, each, ranges.services.most)))].sort((a, b) => a - b);
