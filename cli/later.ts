import { createRequire, Module } from "node:module";

/**
 * Has the SDK load the TypeScript compiler when it first asks something of it, and not when it is loaded itself: it reads functions
 * with it that are to be serialized, and to load it takes a quarter of the time that the SDK takes, and 40 MB.
 *
 * Of an SDK that is loaded already, nothing changes.
 */
export function deferCompiler(): void {
    const packages = createRequire(__filename);
    const shim = packages.resolve("@pulumi/pulumi/typescript-shim");
    if (packages.cache[shim] !== undefined) {
        return;
    }
    const load = (): object => {
        // The SDK's own shim then decides which compiler it is.
        if (packages.cache[shim] === standIn) {
            Reflect.deleteProperty(packages.cache, shim);
        }
        return packages(shim) as object;
    };
    const exports = new Proxy(
        {},
        { get: (_, name) => Reflect.get(load(), name) as unknown, has: (_, name) => Reflect.has(load(), name) },
    );
    const standIn = Object.assign(new Module(shim), { filename: shim, loaded: true, exports });
    packages.cache[shim] = standIn;
}
