import * as assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { codebuild } from "../../../catalog/suites/codebuild";
import { runBuildspec, type Aws } from "../support/codebuild";
import { at, dev, only, prod, projectOf, read, source } from "../support/place";

const words = `
    preBuild: ["echo prepared"]
    commands: ['echo "tests $API_URL in $TEST_STACK"', 'eval "$SUITE"']
    testEnvironment:
      template: test/it's env.yaml
      parameters: { Stage: "{environment}", Note: 'a "quoted", text' }
      capabilities: [CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND]
      executionRoleArn: arn:aws:iam::{account}:role/cfn
      outputs: { API_URL: ApiUrl, QUEUE: QueueName }`;
const project = projectOf(only(codebuild.plan(read(codebuild.settings, words), at("it", [source], dev))));
const parameters = JSON.stringify([
    { ParameterKey: "Stage", ParameterValue: "dev" },
    { ParameterKey: "Note", ParameterValue: 'a "quoted", text' },
]);

const build = "11111111-2222-3333-4444-555555555555";
const stack = `shop--orders--it--dev--${build}`;
const cloudformation = (...call: string[]) => {
    const [first, second, ...rest] = call;
    const command = first === "wait" ? [first, second] : [first];
    return ["cloudformation", ...command, "--region", "eu-west-1", ...(first === "wait" ? rest : call.slice(1))];
};

const list = cloudformation(
    "list-stacks",
    "--stack-status-filter",
    ..."CREATE_IN_PROGRESS CREATE_FAILED CREATE_COMPLETE ROLLBACK_IN_PROGRESS ROLLBACK_FAILED ROLLBACK_COMPLETE DELETE_IN_PROGRESS DELETE_FAILED".split(
        " ",
    ),
    "--query",
    "StackSummaries[?starts_with(StackName, 'shop--orders--it--dev--')].StackName",
    "--output",
    "text",
);
const create = cloudformation(
    "create-stack",
    "--stack-name",
    stack,
    "--template-body",
    "file:///src/test/it's env.yaml",
    "--role-arn",
    "arn:aws:iam::111111111111:role/cfn",
    "--capabilities",
    "CAPABILITY_IAM",
    "CAPABILITY_AUTO_EXPAND",
    "--parameters",
    parameters,
);
const created = cloudformation("wait", "stack-create-complete", "--stack-name", stack);
const output = (name: string) =>
    cloudformation(
        "describe-stacks",
        "--stack-name",
        stack,
        "--query",
        `Stacks[].Outputs[] | [?OutputKey=='${name}'].OutputValue`,
        "--output",
        "text",
    );
const removal = (name: string) => [
    cloudformation("delete-stack", "--stack-name", name, "--role-arn", "arn:aws:iam::111111111111:role/cfn"),
    cloudformation("wait", "stack-delete-complete", "--stack-name", name),
];
const events = (name: string) =>
    cloudformation(
        "describe-stack-events",
        "--stack-name",
        name,
        "--query",
        "StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId, ResourceStatusReason]",
        "--output",
        "text",
    );
const status = (id: string) => [
    ..."codebuild batch-get-builds --region eu-west-1 --ids".split(" "),
    `shop--orders--it--dev:${id}`,
    "--query",
    "builds[].buildStatus",
    "--output",
    "text",
];

const setUp = [list, create, created, output("ApiUrl"), output("QueueName")];
const outputs = "cloudformation describe-stacks";
const told = { [outputs]: "https://api.test" };
const suiteRan = `tests https://api.test in ${stack}`;
const remove = (name: string) => `test environment: the stack ${name} is still there: remove it by hand`;

for (const shell of ["sh", "bash"]) {
    const run = (aws: Aws, suite = "true") =>
        runBuildspec(
            project.buildspec,
            { ...aws, says: { ...told, ...aws.says } },
            { CODEBUILD_BUILD_ID: `shop--orders--it--dev:${build}`, SUITE: suite, TEST_PARAMETERS: parameters },
            shell,
        );
    /** What came of a run: whether it succeeded, whether its commands ran, and all calls of the AWS CLI. */
    const outcome = (aws: Aws, suite?: string) => {
        const { succeeded, output: lines, calls } = run(aws, suite);
        return { succeeded, ran: lines.includes(suiteRan), calls };
    };

    describe(`a test environment, in ${shell}`, () => {
        it("is set up before the commands, which find its outputs, and removed after them", () => {
            assert.deepEqual(outcome({}), { succeeded: true, ran: true, calls: [...setUp, ...removal(stack)] });
        });

        it("is removed after commands that failed, and the suite still fails", () => {
            assert.deepEqual(outcome({}, "false"), {
                succeeded: false,
                ran: true,
                calls: [...setUp, ...removal(stack)],
            });
        });

        it("is removed whatever the commands did to the folder and to its variables", () => {
            const { calls, succeeded } = run({}, "cd / && unset TEST_STACK API_URL && set -u");
            assert.deepEqual([succeeded, calls], [true, [...setUp, ...removal(stack)]]);
        });

        it("that cannot be asked for runs no command, and removes what there may be", () => {
            assert.deepEqual(outcome({ fails: ["cloudformation create-stack"] }), {
                succeeded: false,
                ran: false,
                calls: [list, create, ...removal(stack)],
            });
        });

        it("that does not come up tells why, runs no command, and is removed", () => {
            const {
                calls,
                succeeded,
                output: lines,
            } = run({
                fails: ["cloudformation wait stack-create-complete"],
                says: { "cloudformation describe-stack-events": "Queue\tno such thing" },
            });
            assert.deepEqual([succeeded, calls], [false, [list, create, created, events(stack), ...removal(stack)]]);
            assert.ok(lines.includes("Queue\tno such thing") && !lines.includes(suiteRan));
        });

        it("without an output that the commands want runs none of them, and is removed", () => {
            const { calls, succeeded, output: lines } = run({ says: { [outputs]: "" } });
            assert.deepEqual([succeeded, calls], [false, [...setUp.slice(0, -1), ...removal(stack)]]);
            assert.equal(lines, "prepared\ntest environment: the stack has no output ApiUrl\n");
        });

        it("whose removal is refused fails a suite that passed, and tells what to do", () => {
            const { calls, succeeded, output: lines } = run({ fails: ["cloudformation delete-stack"] });
            assert.deepEqual([succeeded, calls], [false, [...setUp, removal(stack)[0], events(stack)]]);
            assert.ok(lines.includes(suiteRan) && lines.includes(remove(stack)));
        });

        it("that does not go away fails a suite that passed, and tells why and what to do", () => {
            const { calls, succeeded, output: lines } = run({ fails: ["cloudformation wait stack-delete-complete"] });
            assert.deepEqual([succeeded, calls], [false, [...setUp, ...removal(stack), events(stack)]]);
            assert.ok(lines.includes(remove(stack)));
        });

        const [stopped, running] = ["aaaaaaaa-2222-3333-4444-555555555555", "bbbbbbbb-2222-3333-4444-555555555555"];
        const [left, used] = [stopped, running].map(id => `shop--orders--it--dev--${id}`);
        const ask = (id: string) => `codebuild batch-get-builds --region eu-west-1 --ids shop--orders--it--dev:${id}`;

        it("left behind by a build that no longer runs is removed first, one that a build uses is not", () => {
            // The last one is not named after a build: a nested stack, or another suite whose name goes on.
            const says = {
                "cloudformation list-stacks": `${left}\t${used}\n${left}-Nested-1ABC`,
                [ask(stopped)]: "STOPPED",
                [ask(running)]: "IN_PROGRESS",
            };
            assert.deepEqual(outcome({ says }), {
                succeeded: true,
                ran: true,
                calls: [list, status(stopped), ...removal(left), status(running), ...setUp.slice(1), ...removal(stack)],
            });
        });

        it("left behind by a build that CodeBuild has forgotten is removed, too", () => {
            assert.deepEqual(outcome({ says: { "cloudformation list-stacks": left } }).calls, [
                list,
                status(stopped),
                ...removal(left),
                ...setUp.slice(1),
                ...removal(stack),
            ]);
        });

        for (const [title, fails, calls] of [
            [
                "is not removed",
                "cloudformation delete-stack --region eu-west-1 --stack-name shop--orders--it--dev--aaaaaaaa",
                [list, status(stopped), removal(left)[0], events(left)],
            ],
            ["has a build that cannot be asked for", ask(stopped), [list, status(stopped)]],
            ["cannot be looked for", "cloudformation list-stacks", [list]],
        ] as const) {
            it(`fails the suite before anything is set up when what was left behind ${title}`, () => {
                // The second one could be removed: nothing goes on after the first.
                assert.deepEqual(
                    outcome({ says: { "cloudformation list-stacks": `${left}\t${used}` }, fails: [fails] }),
                    {
                        succeeded: false,
                        ran: false,
                        calls: [...calls, ...removal(stack)],
                    },
                );
            });
        }
    });
}

describe("a test environment", () => {
    it("is set up and removed as the deploy role of its environment, which the commands do not become", () => {
        const settings = read(
            codebuild.settings,
            `
            commands: ['echo "profile: $AWS_PROFILE"', "echo > /tmp/deploy-role.config"]
            testEnvironment: { template: t.yaml, executionRoleArn: "arn:aws:iam::{account}:role/cfn", outputs: { A: B } }`,
        );
        const { buildspec } = projectOf(only(codebuild.plan(settings, at("it", [source], prod))));
        const left = "shop--orders--it--prod--aaaaaaaa-2222-3333-4444-555555555555";
        const says = { ...told, "cloudformation list-stacks": left };
        const run = runBuildspec(buildspec, { says }, { CODEBUILD_BUILD_ID: `shop--orders--it--prod:${build}` });
        const profile = readFileSync("/tmp/deploy-role.config", "utf8");
        rmSync("/tmp/deploy-role.config");
        assert.deepEqual(
            run.calls.map(([as, ...call]) => (as === "as deploy" ? `deploy role: ${call[1]}` : `own role: ${call[0]}`)),
            [
                "deploy role: list-stacks",
                "own role: batch-get-builds",
                "deploy role: delete-stack",
                "deploy role: wait",
                "deploy role: create-stack",
                "deploy role: wait",
                "deploy role: describe-stacks",
                "deploy role: delete-stack",
                "deploy role: wait",
            ],
        );
        assert.equal(run.succeeded, true);
        assert.ok(run.output.includes("profile: \n"));
        // Written once more for the tear-down: the commands had emptied it.
        assert.equal(
            profile,
            "[profile deploy]\nrole_arn = arn:aws:iam::222222222222:role/deploy\ncredential_source = EcsContainer\nrole_session_name = shop--orders--it--prod\n",
        );
    });

    it("is not set up when the commands before it fail", () => {
        const { calls, succeeded } = runBuildspec(project.buildspec.replace("echo prepared", "test -f /none"));
        assert.deepEqual([succeeded, calls], [false, []]);
    });
});
