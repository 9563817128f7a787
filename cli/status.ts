import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { SSMClient } from "@aws-sdk/client-ssm";
import { Names } from "../blueprint/names";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { hint } from "../config/suggest";
import { checkAccount, freezesBelow, type Freeze } from "./freezes";
import { projectFolder, UsageError } from "./options";
import { paintFor, type Paint } from "./paint";
import { progress } from "./progress";
import { inTurn } from "./status/in-turn";
import { reasonOf, serviceStatus } from "./status/service";
import type { FleetStatus } from "./status/fleet-status";
import { statusText } from "./status/text";
import { statusOptions, statusUsage } from "./status-options";

/** What the command says, and where it asks AWS. */
export interface Surroundings {
    readonly folder: string;
    readonly ssm: (region: string) => SSMClient;
    readonly codepipeline: (region: string) => CodePipelineClient;
    readonly print: (text: string) => void;
    readonly paint: Paint;
    readonly now: () => Date;
}

/** Services that are read at the same time: more would only wait for one another. */
const atOnce = 5;

/**
 * Throttling is expected where many services are read: the client slows down, and tries again. Whoever has set a number of
 * attempts keeps it.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const patient = {
    retryMode: "adaptive",
    ...(process.env.AWS_MAX_ATTEMPTS === undefined && { maxAttempts: 8 }),
} as const;

/** Clients of the real AWS. */
export const clients = {
    ssm: (region: string) => new SSMClient({ region, ...patient }),
    codepipeline: (region: string) => new CodePipelineClient({ region, ...patient }),
};

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
    const { plan, problems } = planStack(fromFile(options.file, options.stack));
    if (plan === undefined) {
        throw new Error(`the stack file has problems:\n${problemLines(problems).join("\n")}`);
    }
    const status = await fleetStatus(plan, pipelinesOf(plan, options.service), surroundings);
    print(options.json ? JSON.stringify(status, undefined, 2) : statusText(status, paint));
    return status.problems.length === 0 && status.services.every(({ state }) => state !== "unreadable");
}

/** The pipelines that bring `service`, or all services, into environments. */
function pipelinesOf({ pipelines, stack }: FleetPlan, service?: string): PipelinePlan[] {
    const releases = pipelines.filter(({ purpose }) => purpose === "release");
    if (service === undefined) {
        return releases;
    }
    const names = releases.map(pipeline => pipeline.service);
    if (!names.includes(service)) {
        throw new UsageError(`no service ${JSON.stringify(service)} in the stack ${stack}${hint(service, names)}`);
    }
    return releases.filter(pipeline => pipeline.service === service);
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
    // Whoever reads the output may have seen enough, as `head` has.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            throw error;
        }
        process.exit();
    });
    runStatus(process.argv.slice(2), real).then(
        complete => {
            process.exitCode = complete ? 0 : 1;
        },
        (error: unknown) => {
            const usageError = error instanceof UsageError;
            const { name, message } = error as Error;
            const text = name === "Error" || usageError ? message : `${name}: ${message}`;
            process.stderr.write(`${text}\n${usageError ? "--help tells the usage\n" : ""}`);
            process.exitCode = usageError ? 2 : 1;
        },
    );
}
