import type { Matrix } from "../blueprint/stacks/matrix";

/** Name of the file, beside the stack files. */
export const matrixFile = "stacks.json";

/** What the file says. */
export const matrixText = (matrix: Matrix): string => `${JSON.stringify(matrix, undefined, 2)}\n`;
