import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox, type Deployment } from "../../tests/engine/support/stack";
import { measured, type Measured } from "./measured";

/** What one program costs on the engine, with the stand-in provider and a backend of files. */
export interface EngineFigures {
    /** Resources in the state, without the stack and the providers. */
    readonly resources: number;
    /** Bytes of the state. */
    readonly stateBytes: number;
    /** Of an empty stack: everything is to be created. */
    readonly preview: Measured;
    readonly firstUp: Measured;
    /** Of the stack as it stands: nothing changes. */
    readonly secondUp: Measured;
    readonly secondPreview: Measured;
}

/** One round: this program, and the floor with as many resources. */
export interface EngineRound {
    readonly fleet: EngineFigures;
    readonly floor: EngineFigures;
}

const stack = "bench";

/** Every custom resource of the floor is of this type, which AWS makes without any input. */
const emptyType = "aws:sns/topic:Topic";

/**
 * Brings a fleet up on the engine, and then the floor with a resource for each resource of the fleet, at the same depth.
 * Both start from nothing: a project, a backend and a cloud of their own, which are removed at the end. The state is
 * written once in each run (`PULUMI_SKIP_CHECKPOINTS`), as in the tests.
 *
 * @param stackFile - text of the stack file
 * @throws Error with what the engine said when a run fails
 */
export async function engineRound(stackFile: string): Promise<EngineRound> {
    const [fleet, deployment] = await figures(Sandbox.open(), sandbox =>
        sandbox.write(`Pulumi.${stack}.yaml`, stackFile),
    );
    const [floor] = await figures(Sandbox.open(join(__dirname, "floor")), sandbox => {
        sandbox.write("list.json", JSON.stringify(floorList(deployment)));
        // The provider asks for a place.
        sandbox.write(
            `Pulumi.${stack}.yaml`,
            "config: { 'aws:region': eu-west-1, 'aws:allowedAccountIds': ['111111111111'] }",
        );
    });
    return { fleet, floor };
}

/** What the floor registers: each resource of the state, but the stack and the providers, as an empty one. */
function floorList({ resources = [] }: Deployment): object {
    const { version } = JSON.parse(
        readFileSync(join(__dirname, "../../node_modules/@pulumi/aws/package.json"), "utf8"),
    ) as { readonly version: string };
    const list = resources.filter(isCounted).map(({ urn, type, parent, id }, index) => ({
        key: urn,
        type: id === undefined ? type : emptyType,
        name: `empty-${index}`,
        parent,
        custom: id !== undefined,
    }));
    return { version, list };
}

const isCounted = ({ type }: { readonly type: string }) => !/^pulumi:(pulumi:Stack|providers:)/.test(type);

async function figures(sandbox: Sandbox, prepare: (sandbox: Sandbox) => void): Promise<[EngineFigures, Deployment]> {
    const run = (...command: readonly string[]) =>
        measured(async () => {
            const { code, stdout, stderr } = await sandbox.run(stack, ...command);
            if (code !== 0) {
                throw new Error(`pulumi ${command.join(" ")}:\n${stdout}\n${stderr}`);
            }
        });
    const up = ["up", "--yes", "--skip-preview"];
    try {
        prepare(sandbox);
        // Makes the stack, which is no part of what is measured.
        await sandbox.run(stack, "stack", "--show-name");
        const preview = await run("preview");
        const firstUp = await run(...up);
        const secondUp = await run(...up);
        const secondPreview = await run("preview");
        const deployment = await sandbox.export(stack);
        return [
            {
                resources: (deployment.resources ?? []).filter(isCounted).length,
                stateBytes: JSON.stringify(deployment).length,
                preview,
                firstUp,
                secondUp,
                secondPreview,
            },
            deployment,
        ];
    } finally {
        sandbox.close();
    }
}
