import { broken } from "../support/broken";

const connections = "  service-pipelines:connections:";

/** The base with custom actions, of which one may be marked. */
const actions = (text: string): readonly [string, string] => [
    connections,
    `  service-pipelines:customActions:\n${text}\n${connections}`,
];

const lab =
    "    lab: { category: test, provider: Lab, create: { properties: { Target: {}, Slot: { queryable: true } } } }";

/** A suite of orders in place of its smoke test. */
const suite = (text: string): readonly [string, string] => [
    "        smoke: { after: deploy, commands: [npm run smoke], needs: [] }",
    `        smoke: ${text}`,
];

/** The build of orders as one of a custom action. */
const build = (text: string): readonly [string, string] => [
    "      build: { commands: [npm run build], artifacts: [dist/**] }",
    `      build: ${text}`,
];

export const customActions = [
    broken(
        "an unknown custom action",
        [actions(lab), suite("{ type: custom, §action: labb, configuration: {} }")],
        "services.orders.suites.smoke.action",
        'unknown custom action "labb"; did you mean "lab"?',
    ),
    broken(
        "a custom action where there is none",
        [build("{ type: jenkins, §server: build-server, project: web }")],
        "services.web.build.server",
        'unknown custom action "build-server": `customActions` has none of category build',
    ),
    broken(
        "a custom action that is for something else",
        [actions(lab), build("{ type: custom, §action: lab }")],
        "services.web.build.action",
        "expected a custom action of category build, found lab, which is of category test",
    ),
    broken(
        "a misspelt property",
        [actions(lab), suite("{ type: custom, action: lab, configuration: { Target: a, §Slo: b, Slot: c } }")],
        "services.orders.suites.smoke.configuration.Slo",
        'unknown property of lab; did you mean "Slot"?',
    ),
    broken(
        "a misspelt property that is required",
        [actions(lab), suite("{ type: custom, action: lab, configuration: { §Traget: a, Slot: b } }")],
        "services.orders.suites.smoke.configuration.Traget",
        'unknown property of lab; did you mean "Target"?',
    ),
    broken(
        "a missing property",
        [actions(lab), suite("{ type: custom, action: lab, §configuration: { Slot: b } }")],
        "services.orders.suites.smoke.configuration",
        "lacks Target, which lab requires",
    ),
    broken(
        "a value that no worker can ask for",
        [actions(lab), suite('{ type: custom, action: lab, configuration: { Target: a, §Slot: "slot 1" } }')],
        "services.orders.suites.smoke.configuration.Slot",
        'expected at most 20 letters, digits, `_` and `-`, found "slot 1": workers ask for jobs by it',
    ),
    broken(
        "an unknown key of a custom action",
        [actions("    lab: { category: test, provider: Lab, §versoin: '2' }")],
        "customActions.lab.versoin",
        'unknown key; did you mean "version"?',
    ),
    broken(
        "a misspelt list of custom actions",
        [
            [connections, `  §service-pipelines:customAction:\n${lab}\n${connections}`],
            suite("{ type: custom, action: lab, configuration: {} }"),
        ],
        "customAction",
        'unknown key; did you mean "customActions"?',
    ),
    broken(
        "both ways to make a custom action",
        [actions('    j: { category: test, provider: J, jenkins: "https://j.example.com", §create: {} }')],
        "customActions.j.create",
        "expected either `jenkins` or `create`, found both",
    ),
    broken(
        "a Jenkins that deploys",
        [actions('    j: { §category: deploy, provider: J, jenkins: "https://j.example.com" }')],
        "customActions.j.category",
        "expected build or test: Jenkins is asked for nothing else",
    ),
    broken(
        "one custom action made twice",
        [actions(`${lab}\n    §more: { category: test, provider: Lab, create: {} }`)],
        "customActions.more",
        "makes the test action Lab 1, which lab makes already: choose another provider or version",
    ),
    broken(
        "counts in the wrong order",
        [actions("    lab: { category: test, provider: Lab, create: { §inputs: [2, 1] } }")],
        "customActions.lab.create.inputs",
        "expected the fewest first, found [2, 1]",
    ),
    broken(
        "two queryable properties",
        [
            actions(
                "    lab: { category: test, provider: Lab, create: { properties: { A: { queryable: true }, B: { §queryable: true } } } }",
            ),
        ],
        "customActions.lab.create.properties.B.queryable",
        "expected at most one queryable property; A is it already",
    ),
    broken(
        "a queryable property that need not be there",
        [
            actions(
                "    lab: { category: test, provider: Lab, create: { properties: { A: { queryable: true, §required: false } } } }",
            ),
        ],
        "customActions.lab.create.properties.A.required",
        "expected true: workers ask for jobs by it",
    ),
    broken(
        "a link of a property that need not be there",
        [
            actions(
                '    lab: { category: test, provider: Lab, create: { properties: { Target: {}, Other: { required: false } }, §entityUrl: "https://x/{Config:Other}" } }',
            ),
        ],
        "customActions.lab.create.entityUrl",
        'expected a required property in {Config:…}, found "Other"; expected one of "Target"',
    ),
];
