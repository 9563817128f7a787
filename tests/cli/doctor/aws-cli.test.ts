import * as assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { awsCli } from "../../../cli/doctor/aws-cli";
import { connectionFindings } from "../../../cli/doctor/connections";
import { findingsText } from "../../../cli/doctor/finding";
import { quotaFindings } from "../../../cli/doctor/quotas";
import { runWithin } from "../../../cli/doctor/run";
import type { Run } from "../../../cli/doctor/versions";
import { paintFor } from "../../../cli/paint";
import { planOf, stackFile } from "../../support/plans";
import { none, says } from "./support";

const actions = { "list-things": "things:ListThings" };
const ask = (run: Run) => awsCli(run, actions)(["things", "list-things"], "eu-west-1", "Things");
const whyOf = (run: Run) => {
    const said = ask(run);
    assert.ok("why" in said);
    return [said.why, said.remedy ?? ""] as const;
};
const denied =
    "\nAn error occurred (AccessDeniedException) when calling the ListThings operation: not authorized to perform: things:ListThings\n";

describe("the AWS CLI", () => {
    it("is asked for a list in a region, and each page of it", () => {
        const calls: string[] = [];
        const answers = [
            { Things: [{ a: 1 }, 2], NextToken: "ab+/=:%" },
            { Things: [{ a: 3 }], NextToken: null },
        ];
        const said = ask((program, args) => {
            calls.push([program, ...args].join(" "));
            return { status: 0, stdout: JSON.stringify(answers[calls.length - 1]), stderr: "" };
        });
        assert.deepEqual(said, { items: [{ a: 1 }, { a: 3 }] });
        assert.deepEqual(calls, [
            "aws things list-things --region eu-west-1 --output json",
            "aws things list-things --region eu-west-1 --output json --next-token ab+/=:%",
        ]);
    });

    it("may list more than anybody has", () => {
        const said = ask(says(JSON.stringify({ Things: Array.from({ length: 300_000 }, () => ({})) })));
        assert.ok("items" in said && said.items.length === 300_000);
    });

    it("is given no next page that is a file or an option, and is not asked without end", () => {
        for (const token of ["file:///etc/passwd", "fileb://x", "--debug", "a b", 7, "a\u0000b"]) {
            const [why] = whyOf(says(JSON.stringify({ Things: [], NextToken: token })));
            assert.match(why, /more pages/);
        }
        assert.match(whyOf(says(JSON.stringify({ Things: [], NextToken: "same" })))[0], /more than 20 pages/);
    });

    for (const [title, run, why, remedy] of [
        ["is not there", none, /no AWS CLI on the PATH/, /install it as https:/],
        ["is refused", says("", 254, denied), /^refused: An error occurred/, /^allow things:ListThings/],
        ["has no credentials", says("", 253, "Unable to locate credentials."), /^not logged in/, /aws sso login/],
        ["has old ones", says("", 254, "An error occurred (ExpiredTokenException)"), /^not logged in/, /AWS_PROFILE/],
        ["is old", says("", 252, "aws: error: argument command: Invalid choice"), /too old/, /newer/],
        ["fails otherwise", says("", 255, "\nCould not connect\nmore"), /^the AWS CLI: Could not connect$/, /by hand/],
        ["fails without a word", says("", 1), /exit code 1/, /by hand/],
        ["is ended", says("", null), /ended without an answer/, /waits for/],
        ["says no JSON", says("<html>"), /cannot be read/, /by hand/],
        ["says another thing", says('{"Things":{}}'), /cannot be read/, /by hand/],
    ] as const) {
        it(`says why and what to do where it ${title}`, () => {
            const said = whyOf(run);
            assert.match(said[0], why);
            assert.match(said[1], remedy);
        });
    }

    it("is not asked again what fails for a reason that stays, nor in a region what it is refused there", () => {
        for (const [stderr, status, times] of [
            ["Unable to locate credentials", 253, 1],
            ["", null, 1],
            [denied, 254, 3],
            ["Could not connect", 255, 4],
        ] as const) {
            let calls = 0;
            const aws = awsCli(() => {
                calls++;
                return { status, stdout: "", stderr };
            }, actions);
            aws(["things", "list-things"], "eu-west-1", "Things");
            aws(["things", "list-things", "--of", "another"], "eu-west-1", "Things");
            aws(["things", "list-things"], "eu-west-2", "Things");
            aws(["things", "list-others"], "eu-west-1", "Things");
            assert.equal(calls, times, stderr);
        }
    });

    const plan = planOf(
        stackFile(
            "services: { web: { source: { repository: acme/web }, build: { commands: [make] }, deploy: { type: s3, bucket: site } } }",
        ),
    );
    const shown = (run: Run) => {
        const aws = awsCli(run, actions);
        return findingsText([...connectionFindings(plan, aws), ...quotaFindings(plan, [], aws)], paintFor({}));
    };

    it("may say whatever it likes", () => {
        // An object whose words are those that JavaScript makes texts of objects with.
        const hostile = fc.constant({ toString: 1, valueOf: null, __proto__: [] });
        const value = fc.oneof(fc.jsonValue(), hostile, fc.string({ unit: "binary" }));
        const item = fc.dictionary(
            fc.constantFrom("ConnectionArn", "ConnectionName", "ConnectionStatus", "QuotaCode", "QuotaName", "Value"),
            fc.oneof(value, fc.constantFrom("shop--github", "L-78D200AD", "PENDING")),
        );
        const list = fc.oneof(fc.array(fc.oneof(item, value)), value);
        const answer = fc.oneof(
            fc.string({ unit: "binary" }),
            fc
                .record({ Connections: list, Quotas: list, NextToken: value }, { requiredKeys: [] })
                .map(one => JSON.stringify(one)),
        );
        fc.assert(
            fc.property(
                answer,
                fc.oneof(fc.constantFrom(0, null, 254), fc.integer()),
                fc.string({ unit: "binary" }),
                (stdout, status, stderr) => {
                    const lines = shown(says(stdout, status, stderr)).split("\n");

                    assert.ok(lines.every(line => !/[\u0000-\u001f\u007f-\u009f]/.test(line)));
                },
            ),
        );
    });

    /** What is shown with a program `aws` of this text on the PATH. */
    function withProgram<T>(text: string | undefined, look: () => T): T {
        const folder = mkdtempSync(join(tmpdir(), "doctor-"));
        const { PATH } = process.env;
        try {
            if (text !== undefined) {
                writeFileSync(join(folder, "aws"), `#!/bin/sh\n${text}\n`);
                chmodSync(join(folder, "aws"), 0o755);
            }
            process.env.PATH = text === undefined ? folder : `${folder}:${PATH}`;
            return look();
        } finally {
            process.env.PATH = PATH;
            rmSync(folder, { recursive: true });
        }
    }

    it("is a program on the PATH, which is asked without a pager and without questions", () => {
        const program = `[ "$AWS_PAGER$AWS_CLI_AUTO_PROMPT" = off ] || exit 9
case "$*" in
"codeconnections list-connections --region eu-west-1 --output json")
    echo '{"Connections":[{"ConnectionName":"shop--github","ConnectionArn":"arn:aws:codeconnections:eu-west-1:111111111111:connection/x","ConnectionStatus":"PENDING"}]}' ;;
"service-quotas list-service-quotas --service-code "*) echo '{"Quotas":[]}' ;;
*) exit 8 ;;
esac`;
        const text = withProgram(program, () => shown(runWithin(10_000)));
        assert.match(text, /^to do {5}connections {4}github is PENDING/m);
        assert.match(text, /^ok {8}quotas {9}all below 80 %/m);
        assert.doesNotMatch(text, /exit code/);
    });

    it("is ended where it does not answer, whatever it makes of being asked to end", () => {
        const began = Date.now();
        const text = withProgram("trap '' TERM\nsleep 30 & wait; sleep 30", () => shown(runWithin(300)));
        assert.match(text, /the AWS CLI: no answer within 0.3 s/);
        assert.ok(Date.now() - began < 10_000);
    });

    it("is not known where there is none, or one that cannot be started", () => {
        assert.match(
            withProgram(undefined, () => shown(runWithin(1000))),
            /no AWS CLI on the PATH/,
        );
        const folder = mkdtempSync(join(tmpdir(), "doctor-"));
        try {
            const [why] = whyOf((_, args) => runWithin(1000)(folder, args));
            assert.match(why, /the AWS CLI: spawnSync .* EACCES/);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
