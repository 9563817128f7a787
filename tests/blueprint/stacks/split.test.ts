import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { allResources } from "../../../blueprint/counts";
import { quotasOf } from "../../../blueprint/quotas";
import { planStack } from "../../../blueprint/stack";
import { projectFolder } from "../../../cli/options";
import { fromFile, stackFile as fileOf, stacksIn } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import { project } from "../../../config/source";
import type { Values } from "../../support/plans";
import { allOperations, allSecurity } from "../../support/stacks";
import { inFolder } from "../../support/stack-files";
import { planned, type Stacks } from "./support";

/** What stands below `config:` of `file`, with aliases resolved. */
function valuesOf(file: string): Values {
    const { config } = parse(readFileSync(join(projectFolder, file), "utf8"), { merge: true }) as { config: Values };
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(`${project}:`, ""), value]));
}

/** The fleet of `values` with a stack for each of its services. */
function split({ services, ...values }: Values): Stacks {
    const place = Object.fromEntries(Object.entries(values).filter(([key]) => key.includes(":")));
    return {
        base: { ...values, role: "platform" },
        ...Object.fromEntries(
            Object.entries(services as Values).map(([name, service]) => [
                `of-${name}`,
                { ...place, role: "services", platform: "base", services: { [name]: service } },
            ]),
        ),
    };
}

describe("a fleet with a stack for each service", () => {
    for (const file of ["Pulumi.dev.yaml", "Pulumi.prod.yaml", allOperations, allSecurity]) {
        it(`has no problem that it has not in one stack, together and alone: ${file}`, () => {
            const stacks = split(valuesOf(file));
            const all = planned(stacks);
            assert.deepEqual(problemLines(all.problems), []);
            const told: string[] = [];
            const resources = inFolder(stacks, folder =>
                stacksIn(folder).map(stack => {
                    const { plan, problems, warnings } = planStack(fromFile(fileOf(folder, stack), stack));
                    assert.ok(plan, problemLines(problems).join("\n"));
                    told.push(...problemLines(warnings));
                    return [stack, allResources(plan)];
                }),
            );
            assert.deepEqual(
                all.stacks.map(({ stack, resources: count }) => [stack, count]),
                resources,
            );
            // Quotas are told of the account.
            const together = problemLines(all.warnings);
            assert.deepEqual(
                told.filter(line => !together.includes(line) && !line.includes("beside what else is there")),
                [],
            );
        });

        it(`takes of quotas what it takes in one stack: ${file}`, () => {
            const { plan } = planStack(fromFile(join(projectFolder, file), "whole"));
            assert.ok(plan);
            const { account } = plan.home;
            const whole = quotasOf(plan).filter(({ scope, used }) => scope !== "stack" && used > 0);
            assert.deepEqual(
                planned(split(valuesOf(file)))
                    .quotas.filter(quota => quota.account === account)
                    .map(({ what, used }) => [what, used])
                    .sort(),
                whole.map(({ what, used }) => [what, used]).sort(),
            );
        });
    }
});
