import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** The plugins with a stand-in of their own; every other one gets that of `aws`, which refuses types of other packages. */
const entryPoints: Readonly<Record<string, string>> = { aws: "aws", awsx: "awsx" };

interface Package {
    readonly version: string;
    readonly pulumi?: { readonly resource?: boolean; readonly name?: string; readonly version?: string };
}

/** Every package of the SDK folder that needs a provider plugin: the official language host asks for all of them. */
function plugins(nodeModules: string): readonly { readonly name: string; readonly version: string }[] {
    const scope = path.join(nodeModules, "@pulumi");
    return fs.readdirSync(scope).flatMap(folder => {
        const file = path.join(scope, folder, "package.json");
        const { version, pulumi } = JSON.parse(fs.readFileSync(file, "utf8")) as Package;
        return pulumi?.resource === true ? [{ name: pulumi.name ?? folder, version: pulumi.version ?? version }] : [];
    });
}

/** Compiles the providers; the engine starts them often, and a compiler at every start would take most of the time. */
function compile(from: string, to: string): void {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    fs.mkdirSync(to, { recursive: true });
    for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
        if (entry.isDirectory()) {
            compile(path.join(from, entry.name), path.join(to, entry.name));
        } else {
            const source = fs.readFileSync(path.join(from, entry.name), "utf8");
            const { outputText } = ts.transpileModule(source, { compilerOptions });
            fs.writeFileSync(path.join(to, entry.name.replace(/\.ts$/, ".js")), outputText);
        }
    }
}

/**
 * Puts the stand-in providers into a folder, as the executables that the engine looks for on `PATH`.
 *
 * @returns the folder to add to `PATH`.
 */
export function installProviders(folder: string, nodeModules: string): string {
    compile(path.join(__dirname, "provider"), path.join(folder, "provider"));
    fs.symlinkSync(nodeModules, path.join(folder, "node_modules"), "dir");
    for (const { name, version } of plugins(nodeModules)) {
        const module = `./provider/${entryPoints[name] ?? "aws"}.js`;
        const launcher = `#!/usr/bin/env node\nrequire("${module}").serve("${version}");\n`;
        fs.writeFileSync(path.join(folder, `pulumi-resource-${name}`), launcher, { mode: 0o755 });
    }
    return folder;
}
