import { RunError } from "@pulumi/pulumi";

/**
 * An error that ends the program with `message` alone: no frame of the SDK says anything of a stack file, and Node.js 20 formats
 * them for 15 seconds before it gives up.
 */
export const refusal = (message: string): RunError => Object.assign(new RunError(message), { stack: undefined });
