import { dirname } from "node:path";
import { madePipelines } from "../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { hint } from "../config/suggest";
import { environmentsOf, explanationOf } from "./explain/explanation";
import { explanationText } from "./explain/text";
import { explainOptions, explainUsage, havingOf, serviceHint, type ExplainOptions } from "./explain-options";
import { projectFolder, UsageError } from "./options";
import { paintFor } from "./paint";
import { asCommand } from "./command";

/** Explains; returns whether there was something sound to explain. */
export function explain(args: readonly string[], folder: string, print: (text: string) => void): boolean {
    const asked = explainOptions(args, folder);
    if (asked === undefined) {
        print(explainUsage);
        return true;
    }
    const { stack, file, service, json } = asked;
    const { plan, problems } = planStack(fromFile(file, stack), { only: service });
    if (plan === undefined) {
        process.stderr.write(
            `${problemLines(problems).join("\n")}\nnothing was explained; --stack names another stack\n`,
        );
        return false;
    }
    const pipeline = releaseOf(plan, asked);
    const all = explanationOf(pipeline, environmentOf(pipeline, asked), plan);
    print(json ? JSON.stringify(all, undefined, 2) : explanationText(all, paintFor(process.stdout)).trimEnd());
    return true;
}

/** @throws UsageError where the stack has no such service, with the nearest, and the stack that has it */
function releaseOf(plan: FleetPlan, { service, file }: ExplainOptions): PipelinePlan {
    const releases = madePipelines(plan).filter(({ purpose }) => purpose === "release");
    const found = releases.find(pipeline => pipeline.service === service);
    if (found === undefined) {
        const others = havingOf(dirname(file)).filter(({ stack }) => stack !== plan.stack);
        const there = others.filter(({ services }) => services.includes(service)).map(({ stack }) => stack);
        const remedy =
            there.length > 0
                ? `: it is in ${there.join(", ")} (--stack ${there[0]})`
                : serviceHint(service, [
                      {
                          stack: plan.stack,
                          readable: true,
                          services: releases.map(release => release.service),
                          environments: [],
                      },
                      ...others,
                  ]);
        throw new UsageError(`no service ${JSON.stringify(service)} in the stack ${plan.stack}${remedy}`);
    }
    return found;
}

/**
 * The environment that is meant, or the last; undefined of a service that is deployed nowhere.
 *
 * @throws UsageError where the service is not deployed there, with the nearest, and the stack in which it is
 */
function environmentOf(pipeline: PipelinePlan, { environment, file, stack }: ExplainOptions): string | undefined {
    const known = environmentsOf(pipeline);
    if (environment === undefined) {
        return known.at(-1);
    }
    if (!known.includes(environment)) {
        const elsewhere = havingOf(dirname(file)).find(
            one =>
                one.stack !== stack &&
                one.services.includes(pipeline.service) &&
                one.environments.includes(environment),
        );
        const remedy =
            elsewhere === undefined
                ? hint(environment, known)
                : `: it is in ${elsewhere.stack} (--stack ${elsewhere.stack})`;
        throw new UsageError(
            `${pipeline.service} is not deployed to ${JSON.stringify(environment)} in the stack ${stack}${remedy}`,
        );
    }
    return environment;
}

if (require.main === module) {
    asCommand(() => (explain(process.argv.slice(2), projectFolder, text => process.stdout.write(`${text}\n`)) ? 0 : 1));
}
