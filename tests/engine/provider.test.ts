import * as assert from "node:assert/strict";
import * as path from "node:path";
import { changes, needsEngine, Sandbox, succeeded, unordered, type Outcome } from "./support/stack";

/** One resource of the fixture program: see fixtures/resources. */
interface Listed {
    readonly type: string;
    readonly name: string;
    readonly properties?: Readonly<Record<string, unknown>>;
    readonly secret?: readonly string[];
    readonly protect?: boolean;
    readonly dependsOn?: readonly string[];
}

const here = { account: "111111111111", region: "eu-west-1" };
const bucket = "aws:s3/bucket:Bucket";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const topic = "aws:sns/topic:Topic";
const subscription = "aws:sns/topicSubscription:TopicSubscription";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const project = "aws:codebuild/project:Project";
const pipeline = "aws:codepipeline/pipeline:Pipeline";

function roleFor(service: string, name: string): readonly Listed[] {
    const trust = { Version: "2012-10-17", Statement: [{ Principal: { Service: `${service}.amazonaws.com` } }] };
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
    return [
        { type: role, name, properties: { name, assumeRolePolicy: trust } },
        { type: rolePolicy, name: `${name}-policy`, properties: { role: `\${${name}.id}`, name: "use", policy } },
    ];
}

function pipelineOf(name: string, build: string, more: Partial<Listed> = {}): Listed {
    const stages = [
        { name: "source", actions: [{ name: "source", provider: "S3" }] },
        { name: "build", actions: [{ name: "build", provider: "CodeBuild", configuration: { ProjectName: build } }] },
    ];
    return { type: pipeline, name, properties: { name, roleArn: `\${${name}-role.arn}`, stages }, ...more };
}

describe("the stand-in provider, on the engine", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    before(() => {
        sandbox = Sandbox.open(path.join(__dirname, "fixtures/resources"));
    });
    after(() => sandbox?.close());

    function write(stack: string, list: readonly Listed[]): void {
        const config = { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["111111111111"], "resources:list": list };
        sandbox.write(`Pulumi.${stack}.yaml`, JSON.stringify({ config }));
    }

    function up(stack: string, list: readonly Listed[]): Promise<Outcome> {
        write(stack, list);
        return sandbox.up(stack);
    }

    it("creates once, previews what it does, and deletes in the order that AWS wants", async () => {
        const list = [...roleFor("codebuild", "once"), { type: topic, name: "once" }];
        const created = [`create ${role} once`, `create ${rolePolicy} once-policy`, `create ${topic} once`];
        write("once", list);
        assert.deepEqual(changes(await sandbox.preview("once")), created);
        assert.deepEqual(sandbox.cloud.all(), [], "a preview makes nothing");
        assert.deepEqual(changes(await sandbox.up("once")), created);
        assert.deepEqual(changes(await sandbox.up("once")), []);
        assert.equal(changes(await sandbox.destroy("once")).length, 3);
        assert.deepEqual(sandbox.cloud.all(), []);
    });

    it("updates in place, and says which property", async () => {
        const rule = (days: number) => [{ id: "old", status: "Enabled", expiration: { days } }];
        const list = (days: number): readonly Listed[] => [
            { type: bucket, name: "update", properties: { bucket: "update" } },
            { type: lifecycle, name: "update", properties: { bucket: "${update.id}", rules: rule(days) } },
        ];
        succeeded(await up("update", list(30)));
        write("update", list(60));
        const changed = (outcome: Outcome) => succeeded(outcome).steps.filter(({ op }) => op !== "same");
        for (const outcome of [await sandbox.preview("update"), await sandbox.up("update")]) {
            const [step, ...others] = changed(outcome);
            assert.deepEqual([step.op, step.type, step.name], ["update", lifecycle, "update"]);
            assert.deepEqual(step.diff, ["rules[0].expiration.days"]);
            assert.deepEqual(others, []);
        }
        assert.deepEqual(sandbox.cloud.find(lifecycle, "update", here)?.properties.rules, rule(60));
    });

    it("replaces what cannot be changed, and what depends on it", async () => {
        const list = (name: string): readonly Listed[] => [
            { type: topic, name: "replace", properties: { name, displayName: "Releases" } },
            {
                type: subscription,
                name: "replace",
                properties: { topic: "${replace.arn}", protocol: "email", endpoint: "a@example.com" },
            },
        ];
        succeeded(await up("replace", list("before")));
        const outcome = await up("replace", list("after"));
        assert.deepEqual(
            changes(outcome),
            [topic, subscription]
                .flatMap(type =>
                    ["create-replacement", "delete-replaced", "replace"].map(op => `${op} ${type} replace`),
                )
                .sort(),
        );
        const replaced = outcome.steps
            .filter(({ op }) => op === "replace")
            .map(({ type, replaces }) => [type, replaces]);
        assert.deepEqual(replaced, [
            [topic, ["name"]],
            [subscription, ["topic"]],
        ]);
        assert.deepEqual(
            sandbox.cloud.list(topic).map(entry => entry.name),
            ["after"],
        );
    });

    it("refuses a name that is taken, by another stack too", async () => {
        succeeded(await up("first", [{ type: bucket, name: "first", properties: { bucket: "taken" } }]));
        const outcome = await up("second", [{ type: bucket, name: "second", properties: { bucket: "taken" } }]);
        assert.notEqual(outcome.code, 0);
        assert.match(outcome.errors.join("\n"), /create aws:s3\/bucket:Bucket second: .* "taken" exists already/);
        assert.deepEqual(
            outcome.steps.filter(({ failed }) => failed).map(({ op, name }) => [op, name]),
            [["create", "second"]],
        );
    });

    it("refuses a reference to what is not there", async () => {
        const build = { roleArn: "arn:aws:iam::111111111111:role/nobody" };
        const outcome = await up("unknown", [pipelineOf("unknown", "nothing", { properties: build })]);
        assert.notEqual(outcome.code, 0);
        assert.match(outcome.errors.join("\n"), /roleArn: there is no aws:iam\/role:Role ".*nobody" in account 1{12}/);
    });

    it("refuses a pipeline that does not wait for the policy of its role", async () => {
        const base = [...roleFor("codebuild", "waits-build"), ...roleFor("codepipeline", "waits-role")];
        const buildProject: Listed = {
            type: project,
            name: "waits",
            properties: { name: "waits", serviceRole: "${waits-build.arn}" },
            dependsOn: ["waits-build-policy"],
        };
        const [hasty, patient] = [[], ["waits-role-policy", "waits"]].map(dependsOn =>
            pipelineOf("waits", "waits", { dependsOn }),
        );
        const refused = await up("waits", [...base, buildProject, hasty]);
        assert.notEqual(refused.code, 0);
        assert.match(refused.errors.join("\n"), /there is no aws:codebuild\/project:Project "waits"/);
        assert.match(refused.errors.join("\n"), /the role ".*waits-role" has no policy yet/);

        succeeded(await up("waits", [...base, buildProject, patient]));
        assert.deepEqual(unordered(await sandbox.export("waits")), []);

        // Now that everything is in place, nobody is refused for not waiting: the state still shows it.
        assert.deepEqual(changes(await up("waits", [...base, buildProject, hasty])), []);
        const found = unordered(await sandbox.export("waits")).join("\n");
        assert.match(found, /Pipeline::waits does not wait for .*Project::waits \(stages\[1\].*ProjectName\)/);
        assert.match(found, /Pipeline::waits does not wait for .*RolePolicy::waits-role-policy \(roleArn\)/);
    });

    it("keeps what is protected", async () => {
        const list: readonly Listed[] = [{ type: logGroup, name: "kept", properties: { name: "kept" }, protect: true }];
        succeeded(await up("protect", list));
        const outcome = await up("protect", []);
        assert.notEqual(outcome.code, 0);
        assert.match(outcome.errors.join("\n"), /kept.* cannot be deleted\n?.*protected/);
        assert.ok(sandbox.cloud.find(logGroup, "kept", here));
    });

    it("leaves secrets encrypted in the state, and sees when they change", async () => {
        const list = (password: string): readonly Listed[] => [
            { type: topic, name: "secret", properties: { name: "secret", tags: { password } }, secret: ["tags"] },
        ];
        succeeded(await up("secret", list("hush-1")));
        const state = JSON.stringify(await sandbox.export("secret"));
        assert.ok(state.includes("ciphertext"));
        assert.ok(!state.includes("hush-1"));
        assert.deepEqual(changes(await sandbox.up("secret")), []);
        assert.deepEqual(changes(await up("secret", list("hush-2"))), [`update ${topic} secret`]);
        assert.deepEqual(sandbox.cloud.find(topic, "secret", here)?.properties.tags, { password: "hush-2" });
    });

    it("makes a network of which subnets and route tables can be used, next to one that was there", async () => {
        const existing = sandbox.seed("aws:ec2/vpc:Vpc", { id: "vpc-existing" }).id;
        const list: readonly Listed[] = [
            { type: "aws:ec2/securityGroup:SecurityGroup", name: "group", properties: { vpcId: existing } },
            { type: "awsx:ec2:Vpc", name: "net", properties: { numberOfAvailabilityZones: 2 } },
            {
                type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                name: "s3",
                properties: {
                    vpcId: "${net.vpcId}",
                    subnetIds: "${net.privateSubnetIds}",
                    routeTableIds: "${net.routeTableIds}",
                },
            },
        ];
        write("network", list);
        assert.equal(changes(await sandbox.preview("network")).length, 12);
        assert.equal(changes(await sandbox.up("network")).length, 12);
        assert.deepEqual(changes(await sandbox.preview("network")), []);
        const [endpoint] = sandbox.cloud.list("aws:ec2/vpcEndpoint:VpcEndpoint");
        const ids = (type: string) => sandbox.cloud.list(type).map(({ id }) => id);
        assert.deepEqual([...ids("aws:ec2/vpc:Vpc")].sort(), [endpoint.properties.vpcId, existing].sort());
        assert.deepEqual(
            [...(endpoint.properties.routeTableIds as string[])].sort(),
            ids("aws:ec2/routeTable:RouteTable").sort(),
        );
        assert.equal((endpoint.properties.subnetIds as string[]).length, 2);
        assert.deepEqual(unordered(await sandbox.export("network")), []);
    });

    it("refuses a type that it does not know, in a preview already", async () => {
        write("strange", [{ type: "aws:sfn/stateMachine:StateMachine", name: "machine" }]);
        const outcome = await sandbox.preview("strange");
        assert.notEqual(outcome.code, 0);
        assert.match(outcome.errors.join("\n"), /does not know aws:sfn\/stateMachine:StateMachine/);
    });

    it("notices on a refresh what is gone", async () => {
        succeeded(await up("drift", [{ type: logGroup, name: "drift", properties: { name: "drift" } }]));
        const entry = sandbox.cloud.find(logGroup, "drift", here);
        assert.ok(entry);
        sandbox.cloud.remove(entry);
        succeeded(await sandbox.refresh("drift"));
        assert.deepEqual(changes(await sandbox.up("drift")), [`create ${logGroup} drift`]);
    });
});
