import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readExceptions } from "../../policy-pack/exceptions";
import { policies } from "../../policy-pack/pack";
import { rules } from "../../policy-pack/rules";
import { resultsOf, defaultsOf, isFound, unknown } from "../../policy-pack/rules/rule";
import { buildCases } from "./support/builds";
import { permissionCases } from "./support/permissions";
import { pipelineCases } from "./support/pipelines";
import { otherCases } from "./support/others";
import type { Case } from "./support/case";
import { findings, resource } from "./support/resources";

const cases: readonly Case[] = [...pipelineCases, ...buildCases, ...permissionCases, ...otherCases];

const of = (rule: string, { type, props, settings = {} }: Case) =>
    findings([resource(type, props)], { [rule]: settings });

describe("policy-pack/rules", () => {
    for (const one of cases) {
        const { rule, title, refused } = one;
        it(refused === undefined ? `${rule} passes ${title}` : `fails on ${title} (${rule})`, () => {
            const found = of(rule, one).filter(finding => finding.rule === rule);
            assert.deepEqual(
                found.map(({ message }) => message),
                refused ?? [],
            );
        });
    }

    it("has a case that passes and one that fails for each rule that looks at one resource", () => {
        const missing = rules
            .filter(({ check }) => check !== undefined)
            .flatMap(({ name }) =>
                [true, false]
                    .filter(
                        fails => !cases.some(({ rule, refused }) => rule === name && (refused !== undefined) === fails),
                    )
                    .map(fails => `${name} ${fails ? "fails" : "passes"}`),
            );
        assert.deepEqual(missing, []);
    });

    it("has no two rules of one name", () => {
        assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    });

    it("refuses nothing that is not known yet, and says that it has not looked, unless all that tells what it is about is unknown", () => {
        const silent = new Set<string>();
        for (const { type, props, rule: name } of cases.filter(({ refused }) => refused !== undefined)) {
            const hidden = Object.fromEntries(Object.keys(props).map(key => [key, unknown]));
            const rule = rules.find(one => one.name === name) ?? assert.fail(name);
            const results = resultsOf(rule, [resource(type, hidden)], defaultsOf(rule));
            assert.deepEqual(
                results.filter(result => isFound(result) && !/found nothing|found none/.test(result.message)),
                [],
                name,
            );
            if (results.length === 0) {
                silent.add(`${name} ${type} ${Object.keys(props).join(", ")}`);
            }
        }
        assert.deepEqual(
            [...silent],
            [
                "no-plain-text-secret aws:codebuild/project:Project environment",
                "no-plain-text-secret aws:codebuild/project:Project source",
                "no-plain-text-secret aws:lambda/function:Function environment",
                "no-plain-text-secret aws:ssm/parameter:Parameter name, type, value",
                "no-plain-text-secret aws:codepipeline/pipeline:Pipeline variables",
                "no-plain-text-secret aws:codepipeline/pipeline:Pipeline stages",
                "key-rotation aws:kms/key:Key customerMasterKeySpec",
                "no-open-ingress aws:ec2/securityGroupRule:SecurityGroupRule type, ipv6CidrBlocks",
            ],
        );
    });

    it("never fails, whatever a resource holds", () => {
        const odd = [undefined, null, 0, "", "text", true, [], [null], {}, { Statement: "x" }, [unknown], "{", unknown];
        for (const { type, props } of cases) {
            for (const value of odd) {
                const changed = Object.fromEntries(Object.keys(props).map(key => [key, value]));
                for (const rule of rules) {
                    const results = resultsOf(rule, [resource(type, changed)], defaultsOf(rule));
                    assert.ok(results.every(result => !isFound(result) || result.message !== ""));
                }
            }
        }
    });
});

describe("docs/how-to/policy-pack.md", () => {
    const page = readFileSync(join(__dirname, "../../docs/how-to/policy-pack.md"), "utf8");

    it("has a row for each rule, with its settings and whether it is advice", () => {
        const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` +\| (.*?) +\| ?(.*?) *\|$/gm)].map(
            ([, name, words, settings]) => ({
                name,
                advice: words.startsWith("(advice)"),
                settings: [...settings.matchAll(/`(\w+)`/g)].map(([, setting]) => setting),
            }),
        );
        const expected = policies.map(({ name, enforcementLevel }) => ({
            name,
            advice: enforcementLevel === "advisory",
            settings: Object.keys(rules.find(rule => rule.name === name)?.settings ?? {}),
        }));
        assert.deepEqual(rows, expected);
    });

    it("shows a configuration that the pack takes", () => {
        const [, block] = /```json\n([^]*?)```/.exec(page) ?? assert.fail();
        for (const [rule, configuration] of Object.entries(JSON.parse(block) as Record<string, object>)) {
            const { configSchema } = policies.find(({ name }) => name === rule) ?? assert.fail(rule);
            const known = ["enforcementLevel", ...Object.keys(configSchema?.properties ?? {})];
            assert.deepEqual(
                Object.keys(configuration).filter(key => !known.includes(key)),
                [],
            );
            const { exceptions } = configuration as { exceptions?: unknown };
            assert.deepEqual(readExceptions(exceptions, "2026-01-01").problems, []);
        }
    });
});
