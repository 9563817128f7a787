/*
 * Runs a Pulumi program under the real engine, in a project folder of its own, with stand-in providers, a file backend
 * and no network. A scenario is:
 *
 *     describe("a fleet on the engine", function () {
 *         needsEngine(this); // skips the suite where there is no CLI
 *         let sandbox: Sandbox;
 *         before(() => (sandbox = Sandbox.open())); // the program of this repository
 *         after(() => sandbox?.close());
 *         it("only creates when a service is added", async () => {
 *             sandbox.write("Pulumi.dev.yaml", stackFile);
 *             succeeded(await sandbox.up("dev")); // throws with the engine's errors if it failed
 *             assert.deepEqual(changes(await sandbox.up("dev")), []);
 *             sandbox.write("Pulumi.dev.yaml", stackFileWithOneServiceMore);
 *             assert.ok(changes(await sandbox.up("dev")).every(change => change.startsWith("create ")));
 *             assert.deepEqual(unordered(await sandbox.export("dev")), []); // nothing works by luck only
 *         });
 *     });
 *
 * All stacks of one sandbox share a cloud, as two stacks of one AWS account do. What a stack file refers to and no
 * program makes (an existing network, a role in the account) is put there by `seed`.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { offline, pulumi, unavailable, type Finished, type Folders } from "./cli";
import { installProviders } from "./install";
import { Cloud, type Entry, type Place } from "./provider/cloud";
import { make } from "./provider/state";
import type { Properties } from "./provider/values";
import { readEvents, type Events } from "./steps";

export { unordered } from "./order";
export type { Step } from "./steps";

/** What one operation on a stack came to. */
export interface Outcome extends Finished, Events {}

/** A stack's state as `pulumi stack export` gives it; secrets are encrypted. */
export interface Deployment {
    readonly resources?: readonly StateResource[];
}

/** One resource of a stack's state. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly parent?: string;
    readonly dependencies?: readonly string[];
    readonly protect?: boolean;
    readonly inputs?: Properties;
    readonly outputs?: Properties;
}

const repository = path.resolve(__dirname, "../../..");

/** What every program needs to be run, one of a few lines too. */
const needed = ["package.json", "tsconfig.json", "cli/transpile.js"];

/** What of the repository is no part of the program. */
const notProgram = ["node_modules", ".git", "tests", "bench", "docs"].map(name => path.join(repository, name));

function isProgram(file: string): boolean {
    return !notProgram.includes(file) && path.basename(file) !== "node_modules";
}

/** Where `seed` puts things unless told otherwise: the account and region of the examples. */
const defaultPlace: Place = { account: "111111111111", region: "eu-west-1" };

const open = new Set<Sandbox>();
process.once("exit", () => open.forEach(sandbox => sandbox.close()));

/** Gives a suite the time that the engine takes, and skips it, with one line that says why, where it cannot run. */
export function needsEngine(suite: Mocha.Suite): void {
    suite.timeout(300_000);
    before("the engine is there", function () {
        const reason = unavailable();
        if (reason !== undefined) {
            console.log(`    skipped: ${reason}`);
            this.skip();
        }
    });
}

/** The outcome, if it is a success; otherwise an error with what the engine said. */
export function succeeded(outcome: Outcome): Outcome {
    if (outcome.code !== 0) {
        const said = outcome.errors.length > 0 ? outcome.errors.join("\n") : `${outcome.stdout}\n${outcome.stderr}`;
        throw new Error(`pulumi ended with code ${outcome.code}:\n${said}`);
    }
    return outcome;
}

/**
 * The operations that change something, as `<op> <type> <logical name>`, sorted: the engine's order varies. The stack
 * and the providers themselves are left out. A failed run is an error here, as in {@link succeeded}.
 */
export function changes(outcome: Outcome): readonly string[] {
    return succeeded(outcome)
        .steps.filter(({ op, type }) => op !== "same" && !/^pulumi:(pulumi:Stack|providers:)/.test(type))
        .map(({ op, type, name }) => `${op} ${type} ${name}`)
        .sort();
}

/** A temporary project with a backend and a cloud of its own. */
export class Sandbox {
    /** What the stand-in providers have made, for all stacks. */
    readonly cloud: Cloud;
    private readonly salts = new Map<string, string>();

    private constructor(
        private readonly root: string,
        private readonly folders: Folders,
    ) {
        this.cloud = new Cloud(folders.cloud);
    }

    /**
     * @param program Folder of the program, with its `Pulumi.yaml`. It is copied, so that `__dirname` and the working
     *     directory are the temporary project. Default: the program of this repository, with its stack files.
     */
    static open(program = repository): Sandbox {
        const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "engine-"));
        const [project, providers, cloud, backend, home] = ["project", "providers", "cloud", "backend", "home"].map(
            name => path.join(root, name),
        );
        [project, providers, cloud, backend, home].forEach(folder => fs.mkdirSync(folder));
        fs.cpSync(program, project, { recursive: true, filter: isProgram });
        for (const file of needed.filter(name => !fs.existsSync(path.join(project, name)))) {
            fs.cpSync(path.join(repository, file), path.join(project, file));
        }
        const nodeModules = path.join(repository, "node_modules");
        fs.symlinkSync(nodeModules, path.join(project, "node_modules"), "dir");
        installProviders(providers, nodeModules);
        const sandbox = new Sandbox(root, { project, providers, cloud, backend, home });
        open.add(sandbox);
        return sandbox;
    }

    /** The project in `folder` of this one: another program, with the same cloud and backend; it goes when this one does. */
    inside(folder: string): Sandbox {
        return new Sandbox(this.root, { ...this.folders, project: path.join(this.folders.project, folder) });
    }

    /** Removes everything. */
    close(): void {
        open.delete(this);
        fs.rmSync(this.root, { recursive: true, force: true });
    }

    /** Writes a file of the project; in a stack file, line and column of what is given stay what they are. */
    write(file: string, text: string): void {
        const salt = this.salts.get(/^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? "");
        fs.writeFileSync(
            path.join(this.folders.project, file),
            salt === undefined ? text : `${text.trimEnd()}\n${salt}\n`,
        );
    }

    /** A file of the project as it is now. */
    read(file: string): string {
        return fs.readFileSync(path.join(this.folders.project, file), "utf8");
    }

    /** Puts something into the cloud that no program makes. Its properties, with `id` or `arn`, say what it is. */
    seed(type: string, properties: Properties, place: Partial<Place> = {}): Entry {
        const { entry } = make(type, { ...defaultPlace, ...place }, properties, {});
        const seeded = { ...entry, seeded: true };
        if (!this.cloud.add(seeded)) {
            throw new Error(`seed ${type}: ${entry.id} exists already`);
        }
        return seeded;
    }

    /** Deploys, without a preview before. */
    up(stack: string): Promise<Outcome> {
        return this.operate(stack, "up", "--yes", "--skip-preview");
    }

    /** Says what {@link up} would do; `options` are further ones of the CLI. */
    preview(stack: string, ...options: readonly string[]): Promise<Outcome> {
        return this.operate(stack, "preview", ...options);
    }

    /** Deletes everything. */
    destroy(stack: string): Promise<Outcome> {
        return this.operate(stack, "destroy", "--yes", "--skip-preview");
    }

    /** Takes over into the state what has happened to the cloud behind the engine's back. */
    refresh(stack: string): Promise<Outcome> {
        return this.operate(stack, "refresh", "--yes", "--skip-preview");
    }

    /** The stack's state. */
    async export(stack: string): Promise<Deployment> {
        const { code, stdout, stderr } = await this.run(stack, "stack", "export");
        if (code !== 0) {
            throw new Error(stderr);
        }
        return (JSON.parse(stdout) as { readonly deployment: Deployment }).deployment;
    }

    /** Any other command: `run("dev", "config", "set", "--path", "service-pipelines:services.orders.…", "…")`. */
    async run(stack: string, ...command: readonly string[]): Promise<Finished> {
        await this.initialize(stack);
        return pulumi(this.folders, [...command, "--stack", stack]);
    }

    /** A command that names its stacks itself. */
    pulumi(...command: readonly string[]): Promise<Finished> {
        return pulumi(this.folders, command);
    }

    /** What the project's offline preview says of the stack file, without engine and providers. */
    offline(stack: string, ...options: readonly string[]): Promise<Finished> {
        return offline(this.folders, [...options, "--config", `Pulumi.${stack}.yaml`]);
    }

    private async operate(stack: string, ...command: readonly string[]): Promise<Outcome> {
        const log = path.join(this.root, `${stack}.events.json`);
        fs.rmSync(log, { force: true });
        const finished = await this.run(stack, ...command, "--event-log", log);
        return { ...finished, ...readEvents(log) };
    }

    /** Makes the stack. The CLI notes the salt of its passphrase in the stack file, which has to stay there. */
    private async initialize(stack: string): Promise<void> {
        if (this.salts.has(stack)) {
            return;
        }
        const name = `Pulumi.${stack}.yaml`;
        const file = path.join(this.folders.project, name);
        const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
        fs.rmSync(file, { force: true }); // the CLI would format it anew
        const { code, stderr } = await pulumi(this.folders, ["stack", "init", stack]);
        if (code !== 0) {
            throw new Error(`pulumi stack init ${stack}: ${stderr}`);
        }
        this.salts.set(stack, fs.readFileSync(file, "utf8").trim());
        this.write(name, text.replace(/^encryptionsalt:.*$/m, ""));
    }
}
