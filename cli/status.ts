import type { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { Names } from "../blueprint/names";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { checkAccount, freezesBelow, type Freeze } from "./freezes";
import { projectFolder } from "./options";
import { paintFor, type Paint } from "./paint";
import { progress } from "./progress";
import { atOnce, clients, soundPlan } from "./reading";
import { releasesOf } from "./releases";
import { inTurn } from "./status/in-turn";
import { reasonOf, serviceStatus } from "./status/service";
import type { FleetStatus } from "./status/fleet-status";
import { statusText } from "./status/text";
import { statusOptions, statusUsage } from "./status-options";
import { asCommand } from "./command";

export { clients } from "./reading";

/** What the command says, and where it asks AWS. */
export interface Surroundings {
    readonly folder: string;
    readonly ssm: (region: string) => SSMClient;
    readonly codepipeline: (region: string) => CodePipelineClient;
    readonly print: (text: string) => void;
    readonly paint: Paint;
    readonly now: () => Date;
}

const real: Surroundings = {
    folder: projectFolder,
    ...clients,
    print: text => process.stdout.write(`${text}\n`),
    paint: paintFor(process.stdout),
    now: () => new Date(),
};

/**
 * Shows where everything is.
 *
 * @returns whether all of it could be read
 * @throws UsageError for what the stack file does not have; Error when nothing could be read
 */
export async function runStatus(args: readonly string[], surroundings: Surroundings): Promise<boolean> {
    const { folder, print, paint } = surroundings;
    const options = statusOptions(args, folder);
    if (options.help) {
        print(statusUsage);
        return true;
    }
    const plan = soundPlan(options);
    const status = await fleetStatus(plan, releasesOf(plan, options.service), surroundings);
    print(options.json ? JSON.stringify(status, undefined, 2) : statusText(status, paint));
    return status.problems.length === 0 && status.services.every(({ state }) => state !== "unreadable");
}

async function fleetStatus(
    plan: FleetPlan,
    pipelines: readonly PipelinePlan[],
    { ssm, codepipeline, now }: Surroundings,
): Promise<FleetStatus> {
    const { account, region } = plan.home;
    const parameters = ssm(region);
    await checkAccount(account, parameters);
    const names = new Names(plan.prefix);
    const { freezes, problems } = await freezesOf(plan, names, parameters);
    const reading = { client: codepipeline(region), names, freezes };
    const bar = progress("reading", pipelines.length);
    const services = await inTurn(pipelines, atOnce, async pipeline => {
        const status = await serviceStatus(pipeline, reading);
        bar.step();
        return status;
    });
    bar.clear();
    return {
        stack: plan.stack,
        prefix: plan.prefix,
        account,
        region,
        at: now(),
        services,
        problems,
    };
}

/** All freezes; where they cannot be read, the rest is still worth showing. */
async function freezesOf(
    { freezable }: FleetPlan,
    names: Names,
    ssm: SSMClient,
): Promise<{ freezes: readonly Freeze[]; problems: readonly string[] }> {
    try {
        return { freezes: freezable.length === 0 ? [] : await freezesBelow(names.freezes, ssm), problems: [] };
    } catch (error) {
        return { freezes: [], problems: [`whether something is frozen is not known: ${reasonOf(error)}`] };
    }
}

if (require.main === module) {
    asCommand(async () => ((await runStatus(process.argv.slice(2), real)) ? 0 : 1));
}
