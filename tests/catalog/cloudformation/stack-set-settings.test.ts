import * as assert from "node:assert/strict";
import { checkStackSet, stackSetSettings } from "../../../catalog/cloudformation/stack-set-settings";
import { read, refusals } from "../support/place";

const admin = "arn:aws:iam::222222222222:role/stack-set-administration";
const self = `permissions: { type: self-managed, administrationRoleArn: "${admin}" }`;
const managed = "permissions: { type: service-managed }";
const unit = "ou-ab12-11111111";
const check = (yaml: string) => checkStackSet(read(stackSetSettings, `{ stackSet: base, ${yaml} }`));

describe("settings of a stack set", () => {
    it("takes targets of each permission model, and no targets at all", () => {
        assert.deepEqual(check(self), []);
        assert.deepEqual(check(`${self}, targets: { accounts: ["333333333333"], regions: [eu-west-1] }`), []);
        assert.deepEqual(check(`${managed}, targets: { targetsFile: a.json, regions: [eu-west-1] }`), []);
        assert.deepEqual(check(`${self}, parameters: { A: "a/b:c-d_e.f{g}" }`), []);
    });

    const regions = "regions: [eu-west-1]";
    for (const [title, yaml, path, message] of [
        [
            "units with self-managed permissions",
            `${self}, targets: { organizationalUnits: [${unit}], ${regions} }`,
            ["targets", "organizationalUnits"],
            "expected `accounts`: with self-managed permissions the targets are accounts",
        ],
        [
            "accounts with service-managed permissions",
            `${managed}, instances: [{ name: a, accounts: ["333333333333"], ${regions} }]`,
            ["instances", 0, "accounts"],
            "expected `organizationalUnits`: with service-managed permissions the targets are units of the organization",
        ],
        [
            "regions without targets",
            `${self}, targets: { ${regions} }`,
            ["targets"],
            "expected either `accounts` or `targetsFile`, found neither",
        ],
        [
            "a list and a file of targets",
            `${managed}, targets: { organizationalUnits: [${unit}], targetsFile: a.json, ${regions} }`,
            ["targets"],
            "expected either `organizationalUnits` or `targetsFile`, found several of them",
        ],
        [
            "targets beside automatic deployment, which AWS refuses",
            `permissions: { type: service-managed, autoDeployment: Enabled }, targets: { organizationalUnits: [${unit}], ${regions} }`,
            ["targets"],
            "expected no `targets` beside `autoDeployment`: name the units in `instances`",
        ],
        [
            "parameters and a file of them",
            `${self}, parameters: { A: b }, parametersFile: a.json`,
            ["parametersFile"],
            "expected either `parameters` or `parametersFile`, found both",
        ],
        ...['"a b"', '"a,b"', '"a=b"', '"it\'s"', "'say \"a\"'", '""'].map(
            value =>
                [
                    `the parameter ${value}, which the short form cannot hold`,
                    `${self}, instances: [{ name: a, accounts: ["333333333333"], ${regions}, parameters: { A: ${value} } }]`,
                    ["instances", 0, "parameters", "A"],
                    "expected a value without blanks, commas, quotes and `=`: put it into a `parametersFile`",
                ] as const,
        ),
        [
            "two waves of one name",
            `${self}, instances: [{ name: a, accounts: ["333333333333"], ${regions} }, { name: a, accounts: ["444444444444"], ${regions} }]`,
            ["instances", 1, "name"],
            'expected a name of its own, found "a" again',
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(check(yaml), [{ path, message }]));
    }

    for (const [title, yaml, refused] of [
        ["a name with a point", `stackSet: a.b, ${self}`, "stackSet"],
        ["a name of 129 characters", `stackSet: ${"s".repeat(129)}, ${self}`, "stackSet"],
        ["no permissions", "stackSet: base", "permissions"],
        [
            "self-managed permissions without the role",
            "stackSet: base, permissions: { type: self-managed }",
            "permissions.administrationRoleArn",
        ],
        [
            "a role for service-managed permissions",
            `stackSet: base, permissions: { type: service-managed, administrationRoleArn: "${admin}" }`,
            "permissions",
        ],
        [
            "macros, which stack sets do not expand",
            `stackSet: base, ${self}, capabilities: [CAPABILITY_AUTO_EXPAND]`,
            "capabilities.0",
        ],
        [
            "an account in a unit's place",
            `stackSet: base, ${managed}, targets: { organizationalUnits: ["333333333333"], ${regions} }`,
            "targets.organizationalUnits.0",
        ],
        [
            "a zone in a region's place",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], regions: [eu-west-1a] }`,
            "targets.regions.0",
        ],
        [
            "a tolerance of 101 percent",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], ${regions}, failureTolerancePercent: 101 }`,
            "targets.failureTolerancePercent",
        ],
        [
            "no account at a time",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], ${regions}, maxConcurrentPercent: 0 }`,
            "targets.maxConcurrentPercent",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(stackSetSettings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
