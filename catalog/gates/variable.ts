import { z } from "zod";
import { gateKind } from "../kind";
import { templates } from "../placeholders";
import { otherwise, skipLimit } from "../conditions/answer";

/** AWS's operators, as a sentence has them. */
const operators = { EQ: "=", NE: "≠", CONTAINS: "containing", MATCHES: "matching" } as const;

/**
 * A variable of the execution that must have a value: the branch, a word in the commit's message, what a build found out.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html
 */
export const variable = gateKind({
    type: "variable",
    on: ["before"],
    limits: [skipLimit],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html",
    settings: z.strictObject({
        variable: z
            .string()
            .regex(/^#\{[A-Za-z0-9@_-]+\.[A-Za-z0-9@_-]+\}$/, 'one variable, such as "#{SourceVariables.BranchName}"')
            .describe("The variable; in quotes, as YAML takes # for a comment."),
        operator: z
            .enum(["EQ", "NE", "CONTAINS", "MATCHES"])
            .default("EQ")
            .describe("EQ, NE, CONTAINS (a part of the text) or MATCHES (a regular expression of Java). @default EQ"),
        value: z
            .string()
            .min(1)
            .max(1000)
            .describe("What it is compared with.")
            .register(templates, { braces: "values" }),
        ...otherwise,
    }),
    example: `
        type: variable
        variable: "#{SourceVariables.CommitMessage}"
        operator: CONTAINS
        value: "[deploy]"
        otherwise: skip`,
    label: settings => settings.variable,
    plan: settings => ({
        provider: "VariableCheck",
        configuration: { Variable: settings.variable, Value: settings.value, Operator: settings.operator },
        grants: [],
        summary: `${settings.variable} ${operators[settings.operator]} ${settings.value}`,
    }),
});
