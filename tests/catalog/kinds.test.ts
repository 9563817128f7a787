import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { approvalAction } from "../../catalog/approval";
import { builds, defaultBuild } from "../../catalog/builds";
import { deploys } from "../../catalog/deploys";
import { s3 } from "../../catalog/deploys/s3";
import { gates } from "../../catalog/gates";
import { kindOf } from "../../catalog/kind";
import type { Step } from "../../catalog/plan";
import { steps as stepKinds } from "../../catalog/steps";
import { defaultSource, sources } from "../../catalog/sources";
import { defaultSuite, suites } from "../../catalog/suites";
import { Reference } from "../../catalog/reference";
import { targets } from "../../catalog/targets";
import { buildSort, deploySort, gateSort, sourceSort, stepSort, suiteSort, targetSort } from "../../config/sorts";
import { at, built, home, prod, source } from "./support/place";

const sorts = [
    ["sources", sources, sourceSort, () => at("source")],
    ["builds", builds, buildSort, () => at("build", [source])],
    ["suites", suites, suiteSort, () => at("integration", [source, built], prod)],
    ["steps", stepKinds, stepSort, () => at("migrate", [built, source], prod)],
    ["deploys", deploys, deploySort, () => at("deploy", [built, source], prod)],
] as const;

const actionPage = /^https:\/\/docs\.aws\.amazon\.com\/codepipeline\/latest\/userguide\/[\w-]+\.html$/;

/** A kind of any sort; its settings are what the schema of its sort read. */
interface AnyKind {
    plan(settings: never, place: ReturnType<typeof at>): readonly Step[];
    check?(settings: never): readonly unknown[];
}

describe("every kind", () => {
    for (const [folder, kinds, sort, place] of sorts) {
        it(`of ${folder}/ is in its index: one file for each`, () => {
            const files = readdirSync(join(__dirname, "../../catalog", folder)).filter(file => file !== "index.ts");
            // A new kind is one line of the index, wherever it stands there.
            assert.deepEqual(files.map(file => file.replace(".ts", "")).sort(), kinds.map(({ type }) => type).sort());
        });

        for (const kind of kinds) {
            const settings = () => sort.schema.parse(parse(kind.example)) as never;
            const any = kind as unknown as AnyKind;

            it(`${folder}/${kind.type}: the example is accepted, with its own word behind \`type\``, () => {
                assert.equal((settings() as { type: string }).type, kind.type);
                assert.deepEqual(any.check?.(settings()) ?? [], []);
            });

            it(`${folder}/${kind.type}: the example plans steps of the kind's own action`, () => {
                const steps = any.plan(settings(), place());
                assert.equal(steps.length > 0, kind.actions.length > 0);
                for (const step of steps) {
                    // Of a custom action the kind knows a sample: which one it is, the stack file says.
                    assert.ok(
                        kind.actions.some(action =>
                            step.action.owner === "Custom"
                                ? action.owner === "Custom" && action.category === step.action.category
                                : action === step.action,
                        ),
                    );
                    assert.match(step.action.docs, actionPage);
                    const [fewest, most] = step.action.inputs;
                    assert.ok(step.inputs.length >= fewest && step.inputs.length <= most);
                    assert.ok(step.outputs.length >= step.action.outputs[0]);
                    assert.ok(step.outputs.length <= step.action.outputs[1]);
                    for (const [key, value] of Object.entries(step.configuration)) {
                        assert.ok(key.length <= 50, key);
                        assert.notEqual(value, "", key);
                        const { required, optional } = step.action.configuration;
                        assert.ok([...required, ...optional].includes(key), key);
                    }
                    for (const key of step.action.configuration.required) {
                        assert.ok(Object.hasOwn(step.configuration, key), key);
                    }
                }
            });

            it(`${folder}/${kind.type}: the example grants with a reason, on named actions, under names that IAM takes`, () => {
                const steps = any.plan(settings(), place());
                const projects = steps.flatMap(step => step.needs ?? []);
                const grants = [
                    ...steps.flatMap(step => step.grants),
                    ...projects.flatMap(project => (project.component === "BuildProject" ? project.grants : [])),
                ];
                // Workers of custom actions ask for their jobs: the pipeline does nothing by itself.
                assert.equal(
                    grants.length > 0,
                    steps.some(({ action }) => action.owner !== "Custom"),
                );
                for (const { sid, actions, resources, reason } of grants) {
                    assert.match(sid, /^[A-Za-z0-9]+$/);
                    assert.ok(actions.length > 0 && resources.length > 0, sid);
                    actions.forEach(action => assert.match(action, /^[a-z0-9-]+:[A-Z][A-Za-z]+$/));
                    assert.equal(resources.includes("*"), reason !== undefined && resources[0] === "*", sid);
                }
            });

            it(`fails on an unknown key of ${folder}/${kind.type}`, () => {
                const words = parse(kind.example) as object;
                assert.equal(sort.schema.safeParse({ ...words, clutser: 1 }).success, false);
            });
        }
    }

    it("of gates/ is in its index: one file for each", () => {
        const files = readdirSync(join(__dirname, "../../catalog/gates")).filter(file => file !== "index.ts");
        assert.deepEqual(
            files.map(file => file.replace(".ts", "")),
            gates.map(({ type }) => type),
        );
    });

    for (const gate of gates) {
        it(`gates/${gate.type}: the example is accepted and plans a rule`, () => {
            const settings = gateSort.schema.parse(parse(gate.example)) as never;
            assert.deepEqual((gate as { check?(own: never): unknown[] }).check?.(settings) ?? [], []);
            const rule = gate.plan(settings, { home, when: gate.on[0], environment: home });
            assert.match(rule.provider, /^[A-Za-z]+$/);
            assert.match(gate.docs, actionPage);
            assert.ok(gate.on.length > 0 && gate.label(settings).length > 0);
            for (const { sid, resources } of rule.grants) {
                assert.match(sid, /^[A-Za-z0-9]+$/);
                assert.ok(resources.every(resource => resource !== "*"));
            }
        });

        it(`fails on an unknown key of gates/${gate.type}`, () => {
            const words = parse(gate.example) as object;
            assert.equal(gateSort.schema.safeParse({ ...words, waitHours: 1 }).success, false);
        });
    }

    it("of targets/ is in its index: one file for each", () => {
        const files = readdirSync(join(__dirname, "../../catalog/targets")).filter(file => file !== "index.ts");
        assert.deepEqual(
            files.map(file => file.replace(".ts", "")),
            targets.map(({ type }) => type),
        );
    });

    for (const target of targets) {
        it(`targets/${target.type}: the example is accepted, and says who is told, how, and by which permission`, () => {
            const settings = targetSort.schema.parse(parse(target.example)) as never;
            assert.deepEqual((target as { check?(own: never): unknown[] }).check?.(settings) ?? [], []);
            const at = { home, key: new Reference("artifactKey"), physicalName: () => "shop--fleet--tell--ops" };
            const { delivery, grants, summary, topic, chat } = target.plan(settings, at);
            assert.ok(delivery.type.length > 0 && summary.length > 0);
            assert.match(target.docs, /^https:\/\//);
            assert.ok(grants.length > 0);
            for (const { sid, actions, resources } of grants) {
                assert.match(sid, /^[A-Za-z0-9]+$/);
                assert.ok(actions.length > 0 && resources.length > 0 && resources.every(resource => resource !== "*"));
            }
            // A channel hears what comes to its topic.
            assert.ok(chat === undefined || topic !== undefined);
        });

        it(`fails on an unknown key of targets/${target.type}`, () => {
            const words = parse(target.example) as object;
            assert.equal(targetSort.schema.safeParse({ ...words, chanel: "ops" }).success, false);
        });
    }

    it("that stands without `type` is a connection, a CodeBuild build, a CodeBuild suite; a deploy says its own", () => {
        assert.deepEqual([defaultSource, defaultBuild, defaultSuite], ["connection", "codebuild", "codebuild"]);
        assert.equal(deploySort.defaultType, undefined);
    });

    it("is found by its word, and fails by another with the words that there are", () => {
        assert.equal(kindOf(deploys, "s3"), s3);
        assert.throws(() => kindOf(gates, "moon"), new Error('no kind "moon" among alarm, lambda, variable, window'));
    });

    it("approval: the action that waits for people takes and makes nothing", () => {
        assert.deepEqual(approvalAction, {
            category: "Approval",
            owner: "AWS",
            provider: "Manual",
            version: "1",
            inputs: [0, 0],
            outputs: [0, 0],
            configuration: { required: [], optional: ["CustomData", "ExternalEntityLink", "NotificationArn"] },
            docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html",
        });
    });
});
