import * as assert from "node:assert/strict";
import { pathText } from "../../../catalog/problem";
import { problemText } from "../../../config/source";
import { readOwnYaml } from "../../../config/yaml-file";
import { readScript } from "../../../blueprint/simulation/read-script";
import { hour, minute } from "../../../blueprint/simulation/times";
import { fleetOf, pipelineOf, reference, threeEnvironments } from "../support/fleet";

const orders = pipelineOf(
    fleetOf({
        environments: threeEnvironments.map(one => ({ ...one, freezable: one.name === "prod" })),
        services: { orders: reference },
    }),
);

const read = (text: string) => readScript(readOwnYaml("release.yaml", text), orders);

const problems = (text: string) => read(text).problems.map(problem => problemText(problem, pathText));

describe("simulation: scripts", () => {
    it("read times as durations from the start, or as dates in UTC", () => {
        const { script } = read(`
start: 2026-03-02T08:00Z
commits: [{ id: a, at: 1h30m }, { id: b, at: 2026-03-02T10:00Z }, { id: c, at: 2026-03-03 }]
alarms: [{ name: orders-prod-5xx, from: 10m, to: 2026-03-02T09:00:30Z }]`);
        assert.deepEqual(
            script?.commits.map(({ at }) => at),
            [90 * minute, 2 * hour, 16 * hour],
        );
        assert.deepEqual(script.alarms, [
            { name: "orders-prod-5xx", state: "ALARM", from: 10 * minute, to: hour + 30_000 },
        ]);
    });

    it("leave out what has a default", () => {
        const { script } = read(
            "commits: [{ id: a }]\napprovals: [{ answer: approve }]\nfreezes: [{ environment: prod }]",
        );
        assert.deepEqual(script?.approvals, [{ answer: "approve", after: 10 * minute }]);
        assert.deepEqual(script.freezes, [{ environment: "prod", from: 0, to: Infinity }]);
        assert.deepEqual(script.commits[0].at, 0);
    });

    it("are told all of their problems at once, each with its place, in their order", () => {
        assert.deepEqual(
            problems(`start: tomorrow
comits: []
commits:
  - { id: a, at: 10min }
  - { id: a }
failures: [{ action: stagin/integration, comit: a }]
alarms: [{ name: orders-prod-5x }]
freezes: [{ environment: staging }]
approvals: [{ environment: dev, answer: aprove }]
overrides: [{ stage: staging, commit: a, at: 0 }]
expect:
  - reaches: { commit: b, environment: prd }
  - told: { target: peple, happening: roled-back }
  - { reaches: { commit: a, environment: prod }, status: { commit: a, is: Failed } }
`),
            [
                'release.yaml:1:1 start: expected a date in UTC such as "2026-03-02T08:00Z", found "tomorrow"',
                'release.yaml:2:1 comits: unknown key; did you mean "commits"?',
                'release.yaml:4:14 commits[0].at: expected a duration such as "10m", "2h30m" or "1d", from the start, or a date in UTC such as "2026-03-02T08:00Z", found "10min"',
                'release.yaml:5:7 commits[1].id: expected an id of its own, found "a", which is in the list already',
                'release.yaml:6:14 failures[0].action: no action "stagin/integration"; did you mean "staging/integration"?',
                'release.yaml:6:42 failures[0].comit: unknown key; did you mean "commit"?',
                'release.yaml:7:12 alarms[0].name: no alarm "orders-prod-5x"; did you mean "orders-prod-5xx"?',
                'release.yaml:8:13 freezes[0].environment: no environment that can be frozen "staging"; expected one of "prod"',
                'release.yaml:9:15 approvals[0].environment: no environment with an approval "dev"; expected one of "staging", "prod"',
                'release.yaml:9:33 approvals[0].answer: expected one of "approve", "refuse", "none", found "aprove"; did you mean "approve"?',
                'release.yaml:10:15 overrides[0].stage: no stage with a condition of entry "staging"; expected one of "prod"',
                'release.yaml:12:16 expect[0].reaches.commit: no commit "b"; expected one of "a"',
                'release.yaml:12:27 expect[0].reaches.environment: no environment "prd"; did you mean "prod"?',
                'release.yaml:13:13 expect[1].told.target: no target "peple"; did you mean "people"?',
                'release.yaml:13:28 expect[1].told.happening: expected one of "started", "succeeded", "failed", "recovered", "approval-needed", "approval-answered", "approval-expiring", "rolled-back", "stuck", found "roled-back"; did you mean "rolled-back"?',
                "release.yaml:14:5 expect[2]: expected exactly one expectation, found a map",
            ],
        );
    });

    for (const [title, text, message] of [
        [
            "an end before its beginning",
            "commits: [{ id: a }]\nfreezes: [{ environment: prod, from: 2h, to: 1h }]",
            /expected an end after its beginning/,
        ],
        [
            "a time before the start",
            "start: 2026-03-02\ncommits: [{ id: a, at: 2026-03-01 }]",
            /expected a time after the start/,
        ],
        ["a day that is none", "start: 2026-02-30\ncommits: [{ id: a }]", /expected a date in UTC/],
        ["nothing that happens", "{}", /expected a commit/],
        ["a number as a duration", "commits: [{ id: a, at: 5 }]", /found the number 5/],
        ["a number as an id", "commits: [{ id: 1234567 }]", /in quotes it is one/],
        ["a commit that is deployed already", "deployed: { prod: a }\ncommits: [{ id: a }]", /is deployed already/],
        ["a list as a script", "- a", /expected/],
        ["no YAML", "commits: [", /not valid YAML/],
        [
            "never with two expectations",
            "commits: [{ id: a }]\nexpect: [{ never: { commit: a, reaches: prod, rolledBack: { environment: prod } } }]",
            /exactly one expectation/,
        ],
        [
            "never with a commit alone",
            "commits: [{ id: a }]\nexpect: [{ never: { commit: a } }]",
            /exactly one expectation/,
        ],
        [
            "an answer to an approval as a failure",
            "commits: [{ id: a }]\nfailures: [{ action: approve }]",
            /no action "approve"/,
        ],
        [
            "a release of another service that starts nothing",
            "commits: [{ id: a }]\nreleases: [{ service: billing, at: 1h }]",
            /no service whose releases start it "billing"; no release starts orders/,
        ],
    ] as const) {
        it(`fail on ${title}`, () => {
            const found = problems(text);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], message);
        });
    }
});
