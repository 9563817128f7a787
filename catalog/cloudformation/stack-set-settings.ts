import { z } from "zod";
import type { Problem } from "../problem";
import { key, regionName, roleArn, template, templateValue, text } from "../words";

const percent = (min: number, description: string) => z.int().min(min).max(100).describe(description);

/** Keys of an operation on stack instances: how much may fail, and how many accounts are changed at once. */
const pace = {
    failureTolerancePercent: percent(
        0,
        "Share of the accounts of a region that may fail before it stops there, in percent; rounded down. @default as StackSets has it",
    ).optional(),
    maxConcurrentPercent: percent(
        1,
        "Share of the accounts that are changed at the same time, in percent; rounded down, at least one. @default as StackSets has it",
    ).optional(),
};

const targetShape = {
    accounts: z
        .array(
            template(
                "An account.",
                z.string().regex(/^(\d{12}|\{account\})$/, 'a quoted account id of 12 digits, such as "111111111111"'),
            ),
        )
        .min(1)
        .optional()
        .describe("The accounts, with self-managed permissions. @default none: units or a file name them"),
    organizationalUnits: z
        .array(
            z
                .string()
                .regex(
                    /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
                    'the id of an organizational unit or root, such as "ou-ab12-11111111"',
                ),
        )
        .min(1)
        .optional()
        .describe(
            "The organizational units, or the root, with service-managed permissions. @default none: accounts or a file are named",
        ),
    targetsFile: text(
        "JSON file in the artifact with the list of accounts or organizational units. @default none: they are named here",
    ).optional(),
    regions: z.array(regionName("A region.")).min(1).describe("The regions, in the order in which they are changed."),
};

const parameterShape = {
    parameters: z
        .record(
            z.string().regex(/^[A-Za-z0-9]{1,255}$/, "the name of a parameter: letters and digits"),
            templateValue("The parameter's value."),
        )
        .default({})
        .describe("Values of the template's parameters, without blanks, commas, quotes and `=`."),
    parametersFile: text(
        "JSON file in the artifact with the parameters, for values of any kind. @default none: `parameters` say them",
    ).optional(),
};

/** Keys of a stack set. */
export const stackSetSettings = z.strictObject({
    stackSet: template(
        "Name of the stack set.",
        z.string().regex(/^[A-Za-z{][A-Za-z0-9{}-]{0,127}$/, "the name of a stack set: letters, digits, hyphens"),
    ),
    template: text("Template file in the artifact. @default template.yaml").default("template.yaml"),
    description: text("Description of the stack set. @default none").optional(),
    ...parameterShape,
    capabilities: z
        .array(z.enum(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]))
        .default([])
        .describe("What the template may do: make IAM resources, name them. @default nothing of it"),
    permissions: z
        .discriminatedUnion("type", [
            z.strictObject({
                type: z
                    .literal("service-managed")
                    .describe("Roles that StackSets makes in accounts of the organization."),
                autoDeployment: z
                    .enum(["Enabled", "EnabledWithStackRetention"])
                    .optional()
                    .describe(
                        "Whether accounts that come into a target unit get their stack; one that leaves loses it, unless stacks are retained. @default they do not",
                    ),
            }),
            z.strictObject({
                type: z.literal("self-managed").describe("Roles that exist."),
                administrationRoleArn: roleArn("The role of this account that assumes the execution roles."),
                executionRoleName: z
                    .string()
                    .regex(/^[\w+=,.@-]{1,64}$/, "the name of a role")
                    .describe(
                        "Name of the role in each target account. @default AWSCloudFormationStackSetExecutionRole",
                    )
                    .optional(),
            }),
        ])
        .describe("By which roles the stacks are made."),
    targets: z
        .strictObject({ ...targetShape, ...pace })
        .optional()
        .describe(
            "Where the stack set is deployed first; the other instances wait, outdated, for `instances`. @default every instance that there is",
        ),
    instances: z
        .array(
            z.strictObject({
                name: key("name of a wave").describe("Behind the deploy's name in the name of the action."),
                ...targetShape,
                ...parameterShape,
                ...pace,
            }),
        )
        .default([])
        .describe("Further targets, one after the other; their parameters replace the stack set's. @default none"),
});

export type StackSetSettings = z.output<typeof stackSetSettings>;

/** Where an operation on instances works, and how fast. */
export type Targets = Omit<z.output<z.ZodObject<typeof targetShape>> & z.output<z.ZodObject<typeof pace>>, "name">;
/** Values that an operation gives to the template. */
export type Parameters = z.output<z.ZodObject<typeof parameterShape>>;

/** What `targets` lack, or have too much of; paths are relative to them. */
function targetProblems(targets: Targets, permissions: StackSetSettings["permissions"]): Problem[] {
    const { accounts, organizationalUnits, targetsFile } = targets;
    const managed = permissions.type === "service-managed";
    const given = [accounts, organizationalUnits, targetsFile].filter(one => one !== undefined).length;
    const wanted = managed ? "organizationalUnits" : "accounts";
    return [
        ...(given === 1
            ? []
            : [
                  {
                      path: [],
                      message: `expected either \`${wanted}\` or \`targetsFile\`, found ${given === 0 ? "neither" : "several of them"}`,
                  },
              ]),
        ...(managed && accounts !== undefined
            ? [
                  {
                      path: ["accounts"],
                      message:
                          "expected `organizationalUnits`: with service-managed permissions the targets are units of the organization",
                  },
              ]
            : []),
        ...(!managed && organizationalUnits !== undefined
            ? [
                  {
                      path: ["organizationalUnits"],
                      message: "expected `accounts`: with self-managed permissions the targets are accounts",
                  },
              ]
            : []),
    ];
}

function parameterProblems({ parameters, parametersFile }: Parameters): Problem[] {
    const both = parametersFile !== undefined && Object.keys(parameters).length > 0;
    return [
        ...(both
            ? [{ path: ["parametersFile"], message: "expected either `parameters` or `parametersFile`, found both" }]
            : []),
        ...Object.entries(parameters)
            .filter(([, value]) => !/^[^\s,"'=]+$/.test(value))
            .map(([name]) => ({
                path: ["parameters", name],
                message: "expected a value without blanks, commas, quotes and `=`: put it into a `parametersFile`",
            })),
    ];
}

/** What the schema of a stack set cannot say. */
export function checkStackSet(settings: StackSetSettings): Problem[] {
    const { permissions, targets, instances } = settings;
    const below = (path: Problem["path"], problems: readonly Problem[]) =>
        problems.map(problem => ({ ...problem, path: [...path, ...problem.path] }));
    const names = instances.map(({ name }) => name);
    return [
        ...parameterProblems(settings),
        ...(targets === undefined ? [] : below(["targets"], targetProblems(targets, permissions))),
        ...(targets !== undefined && permissions.type === "service-managed" && permissions.autoDeployment !== undefined
            ? [
                  {
                      path: ["targets"],
                      message: "expected no `targets` beside `autoDeployment`: name the units in `instances`",
                  },
              ]
            : []),
        ...instances.flatMap((wave, index) => [
            ...below(["instances", index], [...targetProblems(wave, permissions), ...parameterProblems(wave)]),
            ...(names.indexOf(wave.name) < index
                ? [
                      {
                          path: ["instances", index, "name"],
                          message: `expected a name of its own, found ${JSON.stringify(wave.name)} again`,
                      },
                  ]
                : []),
        ]),
    ];
}
