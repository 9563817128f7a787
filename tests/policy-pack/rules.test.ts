import * as assert from "node:assert/strict";
import { rules } from "../../policy-pack/rules";
import { resultsOf, defaultsOf, isFound, unknown, type Settings } from "../../policy-pack/rules/rule";
import { buildCases } from "./support/builds";
import { permissionCases } from "./support/permissions";
import { pipelineCases } from "./support/pipelines";
import { otherCases } from "./support/others";
import type { Case } from "./support/case";
import { findings, resource } from "./support/resources";

const cases: readonly Case[] = [...pipelineCases, ...buildCases, ...permissionCases, ...otherCases];

const of = (rule: string, { type, props, settings = {} }: Case) =>
    findings([resource(type, props)], { [rule]: settings as Settings });

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

    it("refuses nothing that is not known yet, and says that it has not looked", () => {
        for (const { type, props, rule } of cases.filter(({ refused }) => refused !== undefined)) {
            const hidden = Object.fromEntries(Object.keys(props).map(key => [key, unknown]));
            const found = findings([resource(type, hidden)]).filter(one => one.rule === rule);
            assert.deepEqual(
                found.filter(({ message }) => !/found nothing|found none/.test(message)),
                [],
                rule,
            );
        }
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
