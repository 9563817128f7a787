import { Module } from "node:module";

/*
 * Imported before `@pulumi/pulumi`, whose root loads the TypeScript compiler (for functions written as closures) and
 * npm's own installer (for their packages). A provider has neither, and they are three quarters of the time in which it starts,
 * which the engine waits for before it goes on with any resource.
 */

const notNeeded = new Set(["typescript", "@npmcli/arborist"]);
const loader = Module as unknown as { _load(request: string, ...rest: readonly unknown[]): unknown };
const load = loader._load.bind(Module);
loader._load = (request, ...rest) => (notNeeded.has(request) ? {} : load(request, ...rest));
