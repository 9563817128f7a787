import * as assert from "node:assert/strict";
import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    ResourceNotFoundException,
    SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, GetServiceSettingCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import type { FleetPlan } from "../../../blueprint/plan";
import { credentialsFinding } from "../../../cli/doctor/aws";
import { checkAccount } from "../../../cli/freezes";
import { staleFinding } from "../../../cli/doctor/files";
import { findingsText, notKnown, ok, toDo } from "../../../cli/doctor/finding";
import { namedBy, secretFindings } from "../../../cli/doctor/secrets";
import { paintFor } from "../../../cli/paint";
import { planOf, stackFile } from "../../support/plans";

const ssm = mockClient(SSMClient);
const secrets = mockClient(SecretsManagerClient);
const clients = (region: string) => ({
    secrets: new SecretsManagerClient({ region }),
    ssm: new SSMClient({ region }),
});

/** A stack whose service reads these secrets in its build. */
const reading = (words: string): FleetPlan =>
    planOf(
        stackFile(
            `secretKeys: ["arn:aws:kms:eu-west-1:333333333333:key/11111111-1111-1111-1111-111111111111"]\nservices: { web: { source: { repository: acme/web }, build: { commands: [make], secrets: { ${words} } }, deploy: { type: s3, bucket: site } } }`,
        ),
    );
const plan = reading(
    `A: "npm-token:token", B: "ssm:/shop/key", C: "ssm:/plain", D: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:theirs-AbCdEf"`,
);

describe("what doctor says of a stack", () => {
    beforeEach(() => {
        ssm.reset();
        secrets.reset();
    });

    const credentials = () => credentialsFinding(plan, new SSMClient({ region: "eu-west-1" }));
    const ofAccount = (account: string) =>
        ssm.on(GetServiceSettingCommand).resolves({
            ServiceSetting: { ARN: `arn:aws:ssm:eu-west-1:${account}:servicesetting/ssm/x` },
        });
    const fails = (name: string, more: object = {}) =>
        ssm.on(GetServiceSettingCommand).rejects(Object.assign(new Error("why"), { name }, more));

    it("is ok with credentials of its account", async () => {
        ofAccount("111111111111");
        assert.equal((await credentials()).state, "ok");
    });

    it("is to be logged in with those of another account, with none, and with old ones", async () => {
        ofAccount("999999999999");
        const other = await credentials();
        assert.equal(other.state, "to do");
        assert.match(other.found, /expected credentials of account 111111111111.*found those of 999999999999/);
        for (const name of ["CredentialsProviderError", "ExpiredTokenException"]) {
            fails(name, { $metadata: {} });
            const { state, remedy } = await credentials();
            assert.deepEqual([state, /aws sso login/.test(remedy ?? "")], ["to do", true]);
            await assert.rejects(
                checkAccount("111111111111", new SSMClient({ region: "eu-west-1" })),
                /^Error: no AWS credentials that hold: .*; log in to the account 111111111111/,
            );
        }
    });

    it("is not known where AWS does not say", async () => {
        fails("AccessDeniedException", { $metadata: {} });
        assert.equal((await credentials()).state, "not known");
        fails("Error", { code: "ECONNREFUSED" });
        assert.equal((await credentials()).state, "not known");
    });

    it("finds the secrets and parameters that roles read by name, and no freeze", () => {
        assert.deepEqual(
            namedBy(plan).map(({ kind, name, account }) => `${kind} ${name} ${account}`),
            [
                "parameter /plain 111111111111",
                "parameter /shop/key 111111111111",
                "secret arn:aws:secretsmanager:eu-west-1:333333333333:secret:theirs-AbCdEf 333333333333",
                "secret npm-token 111111111111",
            ],
        );
        const freezable = planOf(stackFile("environments: [{ name: dev, freezable: true }]"));
        assert.deepEqual(namedBy(freezable), []);
    });

    it("says which of them are not there, without reading a value", async () => {
        secrets
            .on(DescribeSecretCommand, { SecretId: "npm-token" })
            .rejects(new ResourceNotFoundException({ message: "none", $metadata: {} }));
        ssm.on(DescribeParametersCommand).callsFake(
            ({ ParameterFilters: [{ Values }] }: { ParameterFilters: { Values: string[] }[] }) => ({
                Parameters: Values.includes("plain") ? [{ Name: "plain" }] : [],
            }),
        );
        const found = await secretFindings(plan, namedBy(plan), clients);
        assert.deepEqual(
            found.map(({ state, found: said }) => `${state}: ${said}`),
            [
                "ok: 1 of 4 that the stack names are there",
                "to do: parameter /shop/key is not there, and the stack names it",
                "to do: secret npm-token is not there, and the stack names it",
                "not known: secret arn:aws:secretsmanager:eu-west-1:333333333333:secret:theirs-AbCdEf is of the account 333333333333",
            ],
        );
        assert.equal(secrets.commandCalls(GetSecretValueCommand).length, 0);
        assert.deepEqual(
            ssm.calls().map(({ args: [{ constructor }] }) => constructor.name),
            ["DescribeParametersCommand", "DescribeParametersCommand"],
        );
    });

    it("does not know of what it may not ask, and takes what waits for its deletion for gone", async () => {
        const one = reading(`A: "npm-token:token"`);
        secrets.on(DescribeSecretCommand).rejects(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
        const [denied] = await secretFindings(one, namedBy(one), clients);
        assert.deepEqual([denied.state, denied.found], ["not known", "secret npm-token: AccessDeniedException"]);
        secrets.on(DescribeSecretCommand).resolves({ Name: "npm-token", DeletedDate: new Date() });
        const [gone] = await secretFindings(one, namedBy(one), clients);
        assert.equal(gone.state, "to do");
    });

    it("names three files that are stale, and how many there are", () => {
        assert.equal(staleFinding("generated", []).state, "ok");
        const { state, found } = staleFinding("generated", ["a", "b", "c", "d"]);
        assert.deepEqual([state, found], ["to do", "not as the sources say: a, b, c, … (4 files)"]);
    });

    it("is shown line by line, with what to do, and counted; hostile text as text", () => {
        const text = findingsText(
            [ok("a", "fine"), toDo("b", "x\u001b[2J\ny", "do"), notKnown("c", "?")],
            paintFor({}),
        );
        assert.deepEqual(text.split("\n"), [
            "ok        a              fine",
            "to do     b              x [2J y",
            "                         → do",
            "not known c              ?",
            "",
            "1 to do, 1 not known",
        ]);
        assert.match(findingsText([ok("a", "b")], paintFor({})), /nothing to do$/);
    });
});
