import * as assert from "node:assert/strict";
import { quotasOf } from "../../../blueprint/quotas";
import type { QuotaOfPlace } from "../../../blueprint/stacks/quotas";
import { unasked } from "../../../cli/doctor/aws-cli";
import { buildsAtOnce, codeOf, machineName, regionOf } from "../../../cli/doctor/quota-codes";
import { quotaFindings } from "../../../cli/doctor/quotas";
import { committed, home, planOf, stackFile } from "../../support/plans";
import { lists } from "./support";

const zones = (count: number) =>
    planOf(
        stackFile(
            `network: { create: { cidrBlock: 10.0.0.0/16, availabilityZones: ${count}, natGateways: OnePerAz, endpoints: [] } }`,
        ),
    );
const offline = unasked("--offline");
const quota = (QuotaCode: string, Value: unknown) => ({ QuotaCode, Value });
const building = planOf(
    stackFile(
        "services: { web: { source: { repository: acme/web }, build: { commands: [make] }, deploy: { type: s3, bucket: site } } }",
    ),
);

describe("what doctor says of quotas", () => {
    it("is to be spread from 80 % of a default on, where AWS does not say the account's own", () => {
        const [three, unknown] = quotaFindings(zones(3), [], offline);
        assert.match(three.found, /^all below 80 % of AWS's defaults; nearest: 3 of 5 \(AWS's default\) Elastic IP/);
        assert.deepEqual([three.state, unknown.state], ["ok", "not known"]);
        assert.match(unknown.found, /^the account's own values of codepipeline, .*vpc, ec2 \(--offline\)$/);
        assert.match(unknown.remedy ?? "", /^`aws service-quotas list-service-quotas --service-code codepipeline/);
        const [near] = quotaFindings(zones(4), [], offline);
        assert.deepEqual([near.state, near.found.slice(0, 22)], ["to do", "4 of 5 (AWS's default)"]);
    });

    it("compares with the account's own value, and says how to ask for more", () => {
        const own = (value: unknown) => lists({ Quotas: { "eu-west-1": [quota("L-0263D0A3", value)] } });
        assert.deepEqual(
            quotaFindings(zones(4), [], own(20)).map(({ state }) => state),
            ["ok"],
        );
        const [few] = quotaFindings(zones(3), [], own(3));
        assert.deepEqual([few.state, few.found.slice(0, 14)], ["to do", "3 of 3 Elastic"]);
        assert.match(
            few.remedy ?? "",
            /request-service-quota-increase --region eu-west-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 6`/,
        );
        for (const strange of ["20", null, -1, {}]) {
            assert.match(quotaFindings(zones(4), [], own(strange))[0].found, /^4 of 5 \(AWS's default\)/);
        }
    });

    it("counts the stacks beside it, of the same account and region alone", () => {
        const place = (used: number, more: Partial<QuotaOfPlace> = {}): QuotaOfPlace => ({
            account: home.account,
            region: home.region,
            what: "VPCs in the region",
            used,
            limit: 5,
            adjustable: true,
            source: "",
            stacks: [
                { stack: "prod", used: used - 1, path: [] },
                { stack: zones(1).stack, used: 1, path: [] },
            ],
            ...more,
        });
        const [near] = quotaFindings(zones(3), [place(4)], offline);
        assert.equal(near.found, "4 of 5 (AWS's default) VPCs in the region, with prod");
        for (const elsewhere of [place(4, { account: "222222222222" }), place(4, { region: "eu-west-2" })]) {
            assert.equal(quotaFindings(zones(3), [elsewhere], offline)[0].state, "ok");
        }
    });

    it("asks for no more than AWS gives", () => {
        const roles = (used: number): QuotaOfPlace => ({
            account: home.account,
            what: "IAM roles in the account",
            used,
            limit: 1000,
            adjustable: true,
            most: 5000,
            source: "",
            stacks: [],
        });
        const of = (used: number, limit: number) =>
            quotaFindings(zones(3), [roles(used)], lists({ Quotas: { "us-east-1": [quota("L-FE177D64", limit)] } }))[0];
        assert.match(of(3000, 3500).remedy ?? "", /--region us-east-1 --service-code iam .*--desired-value 5000`/);
        assert.match(of(4500, 5000).remedy ?? "", /^AWS raises it no further: spread/);
    });

    it("knows the code of each quota that AWS raises", () => {
        const rich = committed("prod");
        const all = [planOf(rich), zones(3)].flatMap(quotasOf);
        assert.ok(all.length > 10);
        for (const { what, adjustable } of all) {
            assert.equal(codeOf(what) !== undefined, adjustable, what);
        }
        for (const what of ["custom actions in the region", "CodeArtifact domains in the region"]) {
            assert.match(codeOf(what)?.code ?? "", /^L-[0-9A-F]{8}$/);
        }
    });

    it("asks of IAM where AWS tells it", () => {
        assert.deepEqual(
            ["eu-west-1", "us-gov-east-1", "cn-north-1"].map(region => regionOf({ service: "iam" }, region)),
            ["us-east-1", "us-gov-west-1", "cn-north-1"],
        );
        assert.equal(regionOf({ service: "vpc" }, "eu-west-1"), "eu-west-1");
    });

    for (const [environmentType, computeType, name] of [
        ["LINUX_CONTAINER", "BUILD_GENERAL1_SMALL", "Linux/Small"],
        ["LINUX_CONTAINER", "BUILD_GENERAL1_XLARGE", "Linux/XLarge"],
        ["ARM_CONTAINER", "BUILD_GENERAL1_2XLARGE", "ARM/2XLarge"],
        ["ARM_LAMBDA_CONTAINER", "BUILD_LAMBDA_10GB", "ARM Lambda/10GB"],
    ] as const) {
        it(`calls ${environmentType} ${computeType} what Service Quotas calls it`, () => {
            assert.equal(machineName({ environmentType, computeType, projects: 1 }), name);
        });
    }

    const atOnce = (Value: unknown, QuotaCode: unknown = "L-5ED1D25B") =>
        quotaFindings(
            building,
            [],
            lists({
                Quotas: { "eu-west-1": [{ QuotaName: buildsAtOnce("ARM/Small"), QuotaCode, Value }] },
            }),
        ).at(-1);

    it("says how many builds run at once, and asks for more where none does", () => {
        assert.deepEqual(atOnce(1), {
            what: "quotas",
            state: "ok",
            found: "1 builds at once on ARM/Small, for one project",
        });
        const none = atOnce(0);
        assert.deepEqual(
            [none?.state, none?.found],
            ["to do", "0 builds at once on ARM/Small, for one project: none runs"],
        );
        assert.match(none?.remedy ?? "", /--service-code codebuild --quota-code L-5ED1D25B --desired-value 1`/);
        assert.doesNotMatch(atOnce(0, "L-1 `rm -r .`")?.remedy ?? "", /rm/);
        const unknown = atOnce("many");
        assert.deepEqual([unknown?.state, /as few as 1/.test(unknown?.found ?? "")], ["not known", true]);
    });

    it("says that builds fail which find no place to wait", () => {
        const service = (n: number) =>
            `web${n}: { source: { repository: acme/web }, build: { commands: [make] }, deploy: { type: s3, bucket: site${n} } }`;
        const many = (count: number) =>
            planOf(stackFile(`services: { ${Array.from({ length: count }, (_, n) => service(n)).join(", ")} }`));
        const limit = (count: number, Value: number) =>
            quotaFindings(
                many(count),
                [],
                lists({ Quotas: { "eu-west-1": [{ QuotaName: buildsAtOnce("ARM/Small"), Value }] } }),
            ).at(-1);
        assert.match(limit(7, 1)?.found ?? "", /for 7 projects; 5 wait, and what starts beside them fails$/);
        assert.deepEqual([limit(6, 1)?.state, limit(7, 2)?.state], ["ok", "ok"]);
    });
});
