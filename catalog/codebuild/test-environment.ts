import { z } from "zod";
import { capability } from "../cloudformation/change-set";
import type { Problem } from "../problem";
import { roleArn, templateValue, text } from "../words";

const letters = (what: string) => z.string().regex(/^[A-Za-z0-9]{1,255}$/, `the name of ${what}: letters and digits`);

/** The key `testEnvironment`. See docs/decisions/0020-disposable-test-environments.md. */
export const testEnvironment = z
    .strictObject({
        template: text(
            "CloudFormation template of at most 51,200 bytes, in the suite's first artifact or made there by `preBuild`.",
        ),
        parameters: z
            .record(letters("a parameter"), templateValue("The parameter's value."))
            .default({})
            .describe("Values of the template's parameters; may name variables such as `#{build.TAG}`."),
        capabilities: z
            .array(capability)
            .default([])
            .describe("What the template may do: make IAM resources, name them, expand macros. @default nothing of it"),
        executionRoleArn: roleArn("The role that CloudFormation makes and removes the stack's resources with."),
        outputs: z
            .record(
                z
                    .string()
                    .regex(/^(?!(CODEBUILD|AWS)_)[A-Za-z_][A-Za-z0-9_]*$/, "the name of a variable, such as API_URL"),
                letters("an output"),
            )
            .default({})
            .describe("Environment variables of `commands`, each filled from an output of the stack."),
    })
    .optional()
    .describe(
        "A CloudFormation stack that is set up before `commands` and removed after them, also when they fail. @default none",
    );

/** What {@link testEnvironment} reads as, where there is one. */
export type TestEnvironment = NonNullable<z.output<typeof testEnvironment>>;

/** The variables that a test environment sets itself: the stack's name, its parameters as the AWS CLI reads them, and what was left behind. */
export const testVariables = {
    stack: "TEST_STACK",
    parameters: "TEST_PARAMETERS",
    leftovers: "TEST_LEFTOVERS",
} as const;

/** What the schema of a suite with a test environment cannot say. */
export function checkTestEnvironment(settings: {
    readonly testEnvironment?: TestEnvironment;
    readonly commands?: readonly string[];
    readonly postBuild?: readonly string[];
    readonly buildspec?: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
}): Problem[] {
    if (settings.testEnvironment === undefined) {
        return [];
    }
    const { outputs } = settings.testEnvironment;
    const problem = (path: Problem["path"], message: string): Problem => ({
        path: ["testEnvironment", ...path],
        message,
    });
    return [
        ...(settings.commands === undefined
            ? [problem([], "expected `commands`, which are what runs while the test environment is there")]
            : []),
        ...(settings.postBuild === undefined
            ? []
            : [
                  {
                      path: ["postBuild"],
                      message:
                          "expected no `postBuild` beside `testEnvironment`, which is gone by then: put it into `commands`",
                  },
              ]),
        ...Object.keys(outputs).flatMap(name =>
            ["ENVIRONMENT", ...Object.values<string>(testVariables)].includes(name)
                ? [problem(["outputs", name], "is set by the pipeline; choose another name")]
                : Object.hasOwn(settings.environment, name) || Object.hasOwn(settings.secrets, name)
                  ? [problem(["outputs", name], "is also a variable of the suite: a variable has one value")]
                  : [],
        ),
    ];
}
