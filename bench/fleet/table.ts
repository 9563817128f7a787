import type { Column, Row, Unit } from "./rows";
import { growthOf, growthSizes, isMet, type Target } from "./targets";

const thousands = new Intl.NumberFormat("en-US");

/** A number as it is shown. */
export function shown(value: number, unit: Unit): string {
    switch (unit) {
        case "s":
            return value.toFixed(2);
        case "MB":
            return thousands.format(Math.round(value));
        case "ratio":
            return value.toFixed(value < 1 ? 3 : 2);
        case "count":
            return thousands.format(value);
    }
}

/** A number beside what it may be at most. */
function judged(value: number | undefined, unit: Unit, target: Target | undefined): string {
    if (value === undefined) {
        return "";
    }
    const text = shown(value, unit);
    return target === undefined
        ? text
        : `${text} (≤ ${shown(target.most, unit)}: ${isMet(value, target) ? "met" : "missed"})`;
}

/**
 * The table in Markdown, its columns aligned, as Prettier would write it: a line for each row, a column for each size that
 * was measured. Nothing where there is no row.
 */
export function table(rows: readonly Row[]): string {
    if (rows.length === 0) {
        return "";
    }
    const sizes = [...new Set(rows.flatMap(({ figures }) => [...figures.keys()]))].sort(inOrder);
    const grows = rows.some(row => growthOf(row) !== undefined);
    const growth = `${thousands.format(growthSizes.to)} ÷ ${growthSizes.from}`;
    const header = ["", "unit", ...sizes.map(size => (size === "any" ? "any size" : thousands.format(size)))];
    const lines = rows.map(row => [
        row.name,
        row.unit === "ratio" || row.unit === "count" ? "" : row.unit,
        ...sizes.map(size => judged(row.figures.get(size), row.unit, row.target?.(size))),
        ...(grows ? [judged(growthOf(row), "ratio", row.growth)] : []),
    ]);
    return aligned([[...header, ...(grows ? [growth] : [])], ...lines]);
}

/** What does not depend on a size comes last. */
const inOrder = (a: Column, b: Column) => (a === "any" ? 1 : b === "any" ? -1 : a - b);

/** Text to the left in the first two columns, numbers to the right. */
function aligned([header, ...lines]: readonly (readonly string[])[]): string {
    const widths = header.map((_, column) => Math.max(4, ...[header, ...lines].map(line => line[column].length)));
    const isText = (column: number) => column < 2;
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const padded = (cells: readonly string[]) =>
        line(
            cells.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))),
        );
    const rule = line(
        widths.map((width, column) => (isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)),
    );
    return [padded(header), rule, ...lines.map(padded)].join("\n");
}
