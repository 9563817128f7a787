import * as assert from "node:assert/strict";
import { builds } from "../../catalog/builds";
import { deploys } from "../../catalog/deploys";
import type { ActionType } from "../../catalog/plan";
import { reaches, reachOf } from "../../catalog/reach";
import { sources } from "../../catalog/sources";
import { steps } from "../../catalog/steps";
import { suites } from "../../catalog/suites";
import { checkFleet } from "../../blueprint/rules";
import { ecsService, fleetOf, type Words } from "../blueprint/support/fleet";

const actions: readonly ActionType[] = [...sources, ...builds, ...suites, ...steps, ...deploys].flatMap(
    kind => kind.actions,
);
const ofAws = actions.filter(({ owner }) => owner === "AWS");

describe("the reach of actions", () => {
    it("is known of each action of AWS that some kind makes, and of no other", () => {
        const made = new Set(ofAws.map(({ category, provider }) => `${category}/${provider}`));
        assert.deepEqual([...made, "Approval/Manual"].sort(), Object.keys(reaches).sort());
    });

    it("is what the actions themselves say of regions", () => {
        for (const action of ofAws.filter(({ homeOnly }) => homeOnly === true)) {
            assert.equal(reachOf(action)?.region, false, action.provider);
        }
    });

    it("has a page of AWS in each row", () => {
        for (const [name, { source, note }] of Object.entries(reaches)) {
            assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/codepipeline\/latest\/userguide\//, name);
            assert.ok(note.length > 0);
        }
    });

    it("is not asked of what is not of AWS", () => assert.equal(reachOf({ ...ofAws[0], owner: "Custom" }), undefined));
});

describe("rule cross-account-unsaid", () => {
    const deploy = {
        type: "app-config",
        applicationId: "abc1234",
        environmentId: "def5678",
        configurationProfileId: "ghi9012",
        deploymentStrategyId: "AppConfig.AllAtOnce",
        file: "config.json",
    };
    const warned = (environment: Words) =>
        checkFleet(
            fleetOf({
                environments: [{ name: "prod", ...environment }],
                services: { orders: { ...ecsService("orders"), deploy } },
            }),
        ).warnings.filter(({ message }) => message.includes("would work in another account"));

    it("passes in the pipelines' own account, with a role or without", () => {
        assert.deepEqual(warned({}), []);
        assert.deepEqual(warned({ deployRoles: "create" }), []);
    });

    it("warns in another account, and says what to do", () => {
        assert.deepEqual(
            warned({ account: "222222222222", deployRoles: "create" }).map(({ message }) => message),
            [
                "deploy (AppConfig) would work in another account: AWS does not say whether a configuration profile of another account can read from the pipeline: deploy with a script",
            ],
        );
    });
});
