import * as assert from "node:assert/strict";
import { pathText } from "../../../../catalog/problem";
import { problemText } from "../../../../config/source";
import { readOwnYaml } from "../../../../config/yaml-file";
import { judge } from "../../../../blueprint/simulation/expectations";
import { readScript } from "../../../../blueprint/simulation/read-script";
import { simulate } from "../../../../blueprint/simulation/simulate";
import type { Words } from "../../support/fleet";
import { pipelineWith } from "../support";

/** A sentence of AWS's documentation, as a script that expects what it says. */
export interface Sentence {
    readonly says: string;
    /** Of the stack file: dev and prod, and what is said here. */
    readonly stack?: Words;
    /** Of the service, in whose dev there are two suites after the deploy. */
    readonly service?: Words;
    /** In YAML. Actions take ten minutes: what is not said otherwise is in dev after 60 minutes and in prod after 80. */
    readonly script: string;
    /** What the timeline has to say, beside what the script expects. */
    readonly tells?: RegExp;
}

const suite = { after: "deploy", environments: ["dev"], commands: ["make test"] };

/** The pipeline of a service with two suites in dev. */
const pipelineOf = ({ stack = {}, service = {} }: Pick<Sentence, "stack" | "service">) =>
    pipelineWith(stack, { suites: { integration: suite, smoke: suite }, ...service });

/** Tests that the simulator does what `page` of AWS's documentation says. */
export function holds(page: string, sentences: readonly Sentence[]): void {
    describe(`simulation: ${page} says that`, () => {
        for (const { says, script: text, tells, ...words } of sentences) {
            it(says, () => {
                const plan = pipelineOf(words);
                const usual = /^durations:/m.test(text) ? "" : "durations: { default: 10m }\n";
                const { script, expectations, problems } = readScript(readOwnYaml("script.yaml", usual + text), plan);
                assert.deepEqual(
                    problems.map(problem => problemText(problem, pathText)),
                    [],
                );
                assert.ok(script);
                assert.notEqual(expectations.length, 0);
                const played = simulate(plan, script);
                const missed = judge(expectations, played, end => simulate(plan, script, undefined, end)).filter(
                    ({ met }) => !met,
                );
                assert.deepEqual(
                    missed.map(({ expected, found }) => `${expected}: ${found}`),
                    [],
                );
                if (tells !== undefined) {
                    const told = played.events.map(({ what, why = "" }) => `${what}: ${why}`);
                    assert.ok(
                        told.some(line => tells.test(line)),
                        told.join("\n"),
                    );
                }
            });
        }
    });
}

/** A stack file whose prod, or dev, is as `words` say. */
export const withProd = (words: Words): Words => ({ environments: [{ name: "dev" }, { name: "prod", ...words }] });
export const withDev = (words: Words): Words => ({ environments: [{ name: "dev", ...words }, { name: "prod" }] });
