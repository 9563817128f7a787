import tseslint from "typescript-eslint";

/** The one way that data flows: an import against it is an error. Functions run by themselves, in Lambda. */
const later = {
    functions: ["catalog", "config", "blueprint", "components", "cli", "tests"],
    catalog: ["config", "blueprint", "components", "cli", "tests"],
    config: ["blueprint", "components", "cli", "tests"],
    blueprint: ["components", "cli", "tests"],
    components: ["cli", "tests"],
    cli: ["tests"],
    "policy-pack": ["components", "cli", "functions", "tests"],
};

/** Loading the Pulumi SDK costs most of a second: problems, text and `--service` must not pay it. */
const pulumi = {
    group: ["@pulumi/*"],
    allowTypeImports: true,
    message: "Plain data only: nothing of catalog/, config/ and blueprint/ loads Pulumi at run time.",
};

/** What the program shares with functions is types; their code is bundled, and never runs in the program. */
const functions = {
    group: ["**/functions/**"],
    allowTypeImports: true,
    message: "Functions run in Lambda: the program shares their types alone.",
};

const flow = Object.entries(later).map(([folder, rooms]) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
        "@typescript-eslint/no-restricted-imports": [
            "error",
            {
                patterns: [
                    {
                        group: rooms.map(room => `**/${room}/**`),
                        message: `Imports go one way; ${folder}/ comes before.`,
                    },
                    ...(["catalog", "config", "blueprint", "policy-pack"].includes(folder) ? [pulumi] : []),
                    ...(folder === "functions"
                        ? [{ group: pulumi.group, message: "Functions run in Lambda, where there is no Pulumi." }]
                        : [functions]),
                ],
            },
        ],
    },
}));

export default tseslint.config(
    // The app of the CDK is checked where the CDK is installed: `npm run check` in bench/.
    { ignores: ["**/*.mjs", "**/*.js", "bench/cdk/**"] },
    ...tseslint.configs.recommendedTypeChecked,
    { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
    {
        rules: {
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
            "no-restricted-syntax": [
                "error",
                {
                    selector:
                        "CallExpression[callee.property.name='apply'] NewExpression:not([callee.name=/Error$|^(Map|Set|Date)$/])",
                    message: "A resource created inside apply() is missing from preview.",
                },
            ],
        },
    },
    ...flow,
    {
        files: ["config/from-pulumi.ts", "policy-pack/index.ts"],
        rules: { "@typescript-eslint/no-restricted-imports": "off" },
    },
    {
        files: ["tests/**"],
        rules: {
            "@typescript-eslint/no-unsafe-assignment": "off",
            "@typescript-eslint/no-unsafe-member-access": "off",
        },
    },
);
