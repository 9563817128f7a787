import * as assert from "node:assert/strict";
import { planStack } from "../../blueprint/stack";
import { opinions } from "../../cli/opinions";
import { problemLines } from "../../config/read";
import type { StackSource } from "../../config/source";
import { stackFile, type Values } from "../support/plans";

const source = (values: Values): StackSource => ({
    stack: "test",
    values,
    problems: [],
    locate: () => undefined,
    source: () => undefined,
});

const silent = { json: false, validate: false, strict: false };

type Given = Parameters<typeof opinions>;

const heard = (text: string, asked: Partial<Given[2]> = {}, validator?: Given[3]) => {
    const file = source(stackFile(text));
    return opinions(planStack(file), file, { ...silent, ...asked }, validator);
};

const sound = "network: { existing: { vpcId: vpc-0123456789abcdef0, subnetIds: [subnet-0123456789abcdef0] } }";
/** Nobody is told of the approval: a rule warns. */
const warned = `{ ${sound}, environments: [{ name: dev, approval: {} }] }`;
/** No VPC has such an id, which AWS's validator knows. */
const refused = "network: { existing: { vpcId: vpc-1, subnetIds: [subnet-0123456789abcdef0] } }";

describe("opinions on a stack", function () {
    this.timeout(30_000);

    it("are the rules' own, and no resource is recorded, when nothing else is asked for", async () => {
        const { plan, problems, warnings, registrations, rendering, validated } = await heard(warned);
        assert.ok(plan);
        assert.deepEqual([problems, registrations, rendering, validated], [[], [], undefined, undefined]);
        assert.equal(warnings.length, 1);
    });

    it("are with --json the resources, and with --cloudformation the template too", async () => {
        const json = await heard(sound, { json: true });
        assert.ok(json.registrations.length > 0 && json.rendering === undefined);
        const { registrations, rendering, validated } = await heard(sound, { cloudformation: "t.json" });
        assert.deepEqual(registrations, json.registrations);
        assert.ok(rendering !== undefined && validated === undefined);
    });

    it("are with --validate those of AWS's validator too, beside the part of the stack file", async () => {
        const { plan, problems } = await heard(refused, { validate: true });
        assert.equal(plan, undefined);
        assert.deepEqual(problemLines(problems), [
            "network: network-builds (AWS::EC2::SecurityGroup) VpcId: 'vpc-1' does not match format 'AWS::EC2::VPC.Id' (rule E1151 of AWS's validator)",
        ]);
    });

    it("let a sound stack pass with all that can be asked for", async () => {
        const { plan, problems, warnings, validated } = await heard(sound, { validate: true, strict: true });
        assert.ok(plan);
        assert.deepEqual([problems, warnings], [[], []]);
        assert.match(String(validated), /has looked at \d+ resources$/);
    });

    it("are problems with --strict, before anything is recorded", async () => {
        const { warnings } = await heard(warned);
        const { plan, problems, registrations, ...strict } = await heard(warned, { strict: true, json: true });
        assert.equal(plan, undefined);
        assert.deepEqual([problems, strict.warnings, registrations], [warnings, [], []]);
    });

    /** A validator with one doubt. */
    const doubts = () =>
        Promise.resolve({ errors: [], warnings: [{ path: ["services", "web"], message: "hm" }], summary: "looked" });

    it("of AWS's validator are added to the rules' own, and are problems with --strict as well", async () => {
        const { warnings } = await heard(warned);
        const lenient = await heard(warned, { validate: true }, doubts);
        assert.ok(lenient.plan);
        assert.deepEqual(problemLines(lenient.warnings), [...problemLines(warnings), "services.web: hm"]);
        const strict = await heard(sound, { validate: true, strict: true }, doubts);
        assert.equal(strict.plan, undefined);
        assert.deepEqual([problemLines(strict.problems), strict.warnings], [["services.web: hm"], []]);
    });
});
