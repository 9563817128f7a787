import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { problemLines } from "../../../config/read";
import { planStack } from "../../../blueprint/stack";
import { Allowance, type AllowedPlainText } from "../../../config/plain-text/allowed";
import { plainTextProblems } from "../../../config/plain-text/guard";
import { base } from "../support/base";
import { sourceOf, throughEngine } from "../support/source";
import { signs } from "./support/signs";

const random = signs.alnum(40);
const key = "AKIAIOSFODNN7EXAMPLE";
const sum = (text: string) => createHash("sha256").update(text).digest("hex");

const told = (value: object, entries: AllowedPlainText = []) =>
    plainTextProblems(value as Record<string, unknown>, new Allowance(entries)).map(
        ({ path, message }) => [path.join("."), message] as const,
    );

/** `place` with `text` at its end. */
const holding = (place: string, text: unknown): object =>
    place.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), text) as object;

const kept = "keep it in Secrets Manager or SSM and name it in `secrets`";
const keptHere = 'keep it in Secrets Manager or SSM and write its ARN or "ssm:/path" here';
const otherwise = "if it is none, say why in `allowedPlainText`";
const byLooks = `looks like a secret in plain text, a long random word: ${kept}, and replace it where it is valid; ${otherwise}`;

describe("the guard against secrets in plain text", () => {
    describe("by their form", () => {
        for (const place of ["prefix", "services.orders.deploy.stack", "a.b.c", "services.x.source.branch"]) {
            it(`finds them in ${place}`, () => {
                assert.deepEqual(told(holding(place, `x ${key} y`)), [
                    [place, `looks like an AWS access key in plain text: ${kept}, and replace it where it is valid`],
                ]);
            });
        }

        it("finds them in lists", () => {
            assert.deepEqual(
                told({ a: ["ok", { b: key }] }).map(([path]) => path),
                ["a.1.b"],
            );
        });

        for (const [place, remedy] of [
            ["targets.chat.webhook", 'keep it in Secrets Manager and write the name of its secret here, "name:field"'],
            [
                "connections.github.statusToken",
                'keep it in Secrets Manager and write the name of its secret here, "name:field"',
            ],
            ["services.a.suites.scan.token", "keep it in Secrets Manager or SSM and name it here"],
        ]) {
            it(`says what to do in ${place}`, () => {
                assert.ok(told(holding(place, key))[0][1].includes(remedy));
            });
        }
    });

    describe("by their name", () => {
        for (const place of [
            "services.orders.deploy.parameters.DbPassword",
            "services.orders.steps.warm.parameters.api_key",
            "services.orders.steps.warm.input.apiKey",
            "services.orders.steps.warm.input.database.password",
            "services.orders.build.configuration.AccessToken",
            "services.orders.variables.DEPLOY_TOKEN.default",
            "environments.0.after.0.parameters.token",
            "tags.secret-key",
        ]) {
            it(`finds them in ${place}`, () => {
                const name = place.split(".").at(place.endsWith("default") ? -2 : -1);
                assert.deepEqual(told(holding(place, "hunter22")), [
                    [
                        place,
                        `a secret in plain text, by the name ${name}: ${/parameters|input|configuration/.test(place) ? keptHere : kept}; ${otherwise}`,
                    ],
                ]);
            });
        }

        it("finds them in a text of JSON", () => {
            const text = JSON.stringify({ database: { dbPassword: "hunter22" } });
            assert.deepEqual(
                told({ steps: { warm: { parameters: { input: text } } } }).map(([, message]) => message),
                [`a secret in plain text, by the name dbPassword: ${keptHere}; ${otherwise}`],
            );
        });

        for (const [title, place, text] of [
            ["the ARN of a secret", "parameters.dbPassword", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db"],
            ["the path of a parameter", "parameters.dbPassword", "/orders/db"],
            ["a variable of the pipeline", "parameters.token", "#{SourceVariables.CommitId}"],
            ["a dynamic reference", "parameters.dbPassword", "{{resolve:secretsmanager:db}}"],
            ["nothing", "parameters.token", ""],
            ["a number", "parameters.token", 5],
            ["another name", "parameters.tokenLifetime", "1h"],
            ["what an artifact holds", "parameters.Password.key", "Password"],
            ["a key of the program", "suites.scan.token", "sonar:token"],
            ["JSON that names a secret", "parameters.x", '{"password":"arn:aws:x"}'],
            ["what only looks like JSON", "parameters.x", "{password"],
        ] as const) {
            it(`takes ${title}`, () => assert.deepEqual(told(holding(place, text)), []));
        }
    });

    describe("by their looks", () => {
        for (const place of [
            "services.orders.build.environment.SEED",
            "services.orders.build.secrets.SEED",
            "services.orders.build.commands",
            "environments.0.approval.instructions",
        ]) {
            it(`finds them in ${place}`, () => {
                assert.deepEqual(told(holding(place, `--seed ${random}`)), [[place, byLooks]]);
            });
        }

        it("finds them where the name of a key says nothing", () => {
            assert.deepEqual(told(holding("tags.seed", random)), [["tags.seed", byLooks]]);
        });

        it("finds them in the query of any URL", () => {
            assert.deepEqual(told({ a: { hostUrl: `https://x.example/y?k=${random}` } }), [["a.hostUrl", byLooks]]);
        });

        it("takes them where nobody keeps a secret, and under names that say what they are", () => {
            assert.deepEqual(told({ services: { a: { source: { branch: random } } } }), []);
            for (const name of ["CLIENT_ID", "imageDigest", "COMMIT_SHA", "zoneId", "ETAG", "SENTRY_DSN"]) {
                assert.deepEqual(told(holding(`environment.${name}`, random)), [], name);
            }
        });

        it("takes variables that `notSecret` beside them names, and no others", () => {
            const build = { environment: { SEED: random, OTHER: random }, notSecret: ["SEED"] };
            assert.deepEqual(told({ build }), [["build.environment.OTHER", byLooks]]);
            assert.deepEqual(told({ a: build, b: { environment: { SEED: random } } }).length, 2);
        });
    });

    it("refuses the key under which they could hide", () => {
        assert.deepEqual(told(JSON.parse('{"a":{"__proto__":{"b":"x"}}}') as object), [
            ["a.__proto__", 'expected another key, found "__proto__"'],
        ]);
    });

    it("never repeats one, and tells once what an anchor shares", () => {
        const text = base
            .replace("environment: { LOG_LEVEL: info }", `environment: &all { SEED: ${random} }`)
            .replace("build: { commands: [npm run build]", "build: { environment: *all, commands: [npm run build]");
        for (const source of [sourceOf(text), throughEngine(sourceOf(text))]) {
            const lines = problemLines(planStack(source).problems);
            assert.equal(lines.length, 1, lines.join("\n"));
            assert.ok(lines[0].includes("services.orders.build.environment.SEED") && !lines[0].includes(random));
        }
    });

    it("does not repeat one that is a key, or stands where another word is expected", () => {
        const credential = `ghp_${signs.alnum(36)}`;
        const keyed = base.replace("    web:\n", `    ${credential}:\n`);
        const placed = base
            .replace("branch: main", `branch: [${random}]`)
            .replace("compute: small", `compute: ${random}`);
        const lines = [keyed, placed].map(text => problemLines(planStack(sourceOf(text)).problems).join("\n"));
        assert.ok(lines[0].includes("(not shown)") && !lines[0].includes(credential), lines[0]);
        assert.ok(lines[1].includes("(not shown)") && !lines[1].includes(random), lines[1]);
    });
});

describe("what looks like a secret and is none", () => {
    const value = { parameters: { Token: "off", Seed: random, Key: key } };

    it("is let through by its place, unless it has the form of a known credential", () => {
        const entries = ["Token", "Seed", "Key"].map(name => ({ path: `parameters.${name}`, reason: "public" }));
        const allowance = new Allowance(entries);
        assert.deepEqual(
            plainTextProblems(value, allowance).map(({ path }) => path),
            [["parameters", "Key"]],
        );
        assert.deepEqual(allowance.problems(), [
            {
                path: ["allowedPlainText", 2],
                message:
                    "lets nothing through: nothing there is suspected of being a secret, or it has the form of a known credential, which only `sha256` lets through; drop the entry",
            },
        ]);
    });

    it("is let through by its sum, wherever it stands", () => {
        const entries = ["off", random, key].map(text => ({ sha256: sum(text), reason: "public" }));
        const allowance = new Allowance(entries);
        assert.deepEqual(plainTextProblems({ ...value, a: key }, allowance), []);
        assert.deepEqual(allowance.problems(), []);
        assert.equal(plainTextProblems({ a: `${key} ` }, allowance).length, 1, "another text has another sum");
    });

    for (const [title, entry, message] of [
        [
            "a sum that no such text has",
            { sha256: sum("other"), reason: "public" },
            "lets nothing through: no text that looks like a secret has this sum; drop the entry",
        ],
        [
            "neither a place nor a sum",
            { reason: "public" },
            "expected either `path` or `sha256`, found neither: a sum holds wherever its text stands",
        ],
        [
            "both a place and a sum",
            { path: "a", sha256: sum("x"), reason: "public" },
            "expected either `path` or `sha256`, found both: a sum holds wherever its text stands",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(new Allowance([entry]).problems(), [{ path: ["allowedPlainText", 0], message }]);
        });
    }

    const allowing = (entry: string) =>
        planStack(
            sourceOf(
                base
                    .replace(
                        "service-pipelines:protect",
                        `service-pipelines:allowedPlainText: [${entry}]\n  service-pipelines:protect`,
                    )
                    .replace("LOG_LEVEL: info", `LOG_LEVEL: ${random}`),
            ),
        );

    it("is known to the plan, with its reason", () => {
        const entry = "{ path: services.orders.build.environment.LOG_LEVEL, reason: public }";
        const { plan, problems } = allowing(entry);
        assert.deepEqual(problems, []);
        assert.deepEqual(plan?.allowedPlainText, [
            { path: "services.orders.build.environment.LOG_LEVEL", reason: "public" },
        ]);
    });

    for (const [title, entry, message] of [
        ["an entry without a reason", `{ sha256: "${sum(random)}" }`, "reason: missing; expected a text"],
        ["a sum of another length", '{ sha256: "abc", reason: public }', "sha256: expected a SHA-256 sum"],
        ["an entry that says the text", "{ text: x, reason: public }", "text: unknown key"],
    ]) {
        it(`fails on ${title}`, () => {
            const { problems } = allowing(entry);
            assert.ok(
                problemLines(problems).some(line => line.includes(message)),
                problemLines(problems).join("\n"),
            );
        });
    }
});
