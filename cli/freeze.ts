import { SSMClient } from "@aws-sdk/client-ssm";
import { Names } from "../blueprint/names";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { hint } from "../config/suggest";
import { freezeOptions, freezeUsage, type FreezeOptions } from "./freeze-options";
import { checkAccount, freeze, freezesBelow, lift, type Target } from "./freezes";
import { projectFolder, UsageError } from "./options";
import { asCommand } from "./command";

/** What the command says, and where it asks AWS. */
export interface Surroundings {
    readonly folder: string;
    readonly client: (region: string) => SSMClient;
    readonly print: (text: string) => void;
}

const real: Surroundings = {
    folder: projectFolder,
    client: region => new SSMClient({ region }),
    print: text => process.stdout.write(`${text}\n`),
};

/**
 * Freezes, lifts or shows.
 *
 * @throws UsageError for what the stack file does not have; Error when nothing was done
 */
export async function runFreeze(args: readonly string[], { folder, client, print }: Surroundings): Promise<void> {
    const options = freezeOptions(args, folder);
    if (options.help) {
        print(freezeUsage);
        return;
    }
    const { plan, problems } = planStack(fromFile(options.file, options.stack));
    if (plan === undefined) {
        throw new Error(`the stack file has problems:\n${problemLines(problems).join("\n")}`);
    }
    const target = targetOf(options, plan);
    const ssm = client(plan.home.region);
    await checkAccount(plan.home.account, ssm);
    switch (options.deed.do) {
        case "freeze":
            await freeze(target, options.deed.reason, ssm);
            print(`${target.what} is frozen: ${options.deed.reason}`);
            return;
        case "lift":
            print(
                (await lift(target, ssm))
                    ? `${target.what} is open again; retry the stages that were stopped`
                    : `${target.what} was not frozen`,
            );
            return;
        case "show":
            print((await shownBelow(target, plan, ssm)).join("\n") || `${target.what} is open`);
    }
}

/** What is frozen or shown: an environment, one service in it, or all. */
function targetOf({ environment, service, deed }: FreezeOptions, plan: FleetPlan): Target {
    const names = new Names(plan.prefix);
    if (environment === undefined) {
        return { what: "every environment", parameter: names.freezes };
    }
    if (!plan.environments.includes(environment)) {
        throw new UsageError(`no environment ${JSON.stringify(environment)}${hint(environment, plan.environments)}`);
    }
    // What can no longer be frozen can be opened: its parameter would close it again with the next `freezable`.
    if (deed.do === "freeze" && !plan.freezable.includes(environment)) {
        throw new UsageError(
            `${environment} cannot be frozen: add \`freezable: true\` to it in the stack file, and run \`pulumi up\``,
        );
    }
    if (service === undefined) {
        return { what: environment, parameter: names.freeze(environment) };
    }
    const there = plan.pipelines
        .filter(({ stages }) => stages.some(stage => stage.environment === environment))
        .map(pipeline => pipeline.service);
    if (!there.includes(service)) {
        throw new UsageError(`no service ${JSON.stringify(service)} in ${environment}${hint(service, there)}`);
    }
    return { what: `${service} in ${environment}`, parameter: names.freeze(environment, service) };
}

/** The freezes of `target` and of what is in it, a line for each. */
async function shownBelow({ parameter }: Target, { prefix }: FleetPlan, ssm: SSMClient): Promise<string[]> {
    const { freezes } = new Names(prefix);
    const all = await freezesBelow(freezes, ssm);
    return all
        .filter(one => one.parameter === parameter || one.parameter.startsWith(`${parameter}/`))
        .map(one => {
            const [environment, service] = one.parameter.slice(freezes.length + 1).split("/");
            const what = service === undefined ? environment : `${service} in ${environment}`;
            const since = one.since === undefined ? "" : ` since ${one.since.toISOString().slice(0, 16)}Z`;
            return `${what} is frozen${since}: ${one.reason}`;
        });
}

if (require.main === module) {
    asCommand(async () => {
        await runFreeze(process.argv.slice(2), real);
        return 0;
    }, "nothing was done");
}
