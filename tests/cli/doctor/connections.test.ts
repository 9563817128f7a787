import * as assert from "node:assert/strict";
import { unasked } from "../../../cli/doctor/aws-cli";
import { connectionFindings } from "../../../cli/doctor/connections";
import { home, planOf, stackFile } from "../../support/plans";
import { lists } from "./support";

const made = planOf(stackFile());
const arnIn = (region: string, account: string = home.account, service = "codeconnections") =>
    `arn:aws:${service}:${region}:${account}:connection/x`;
const named = (arn: string) => planOf(stackFile(`connections: { github: { arn: "${arn}" } }`));

/** State and text of the only finding. */
function only(plan: typeof made, connections: readonly object[], region: string = home.region) {
    const findings = connectionFindings(plan, lists({ Connections: { [region]: connections } }));
    assert.equal(findings.length, 1);
    return findings[0];
}

describe("what doctor says of connections", () => {
    const there = (status: string, name = "shop--github", account: string = home.account) => ({
        ConnectionName: name,
        ConnectionArn: arnIn(home.region, account),
        ConnectionStatus: status,
    });

    it("is ok with one that is available", () => {
        assert.deepEqual(only(made, [there("ERROR", "other"), there("AVAILABLE")]), {
            what: "connections",
            state: "ok",
            found: "github is AVAILABLE",
        });
    });

    it("is to be confirmed in the console of its region", () => {
        const { state, found, remedy } = only(made, [there("PENDING")]);
        assert.deepEqual([state, found], ["to do", "github is PENDING, and nothing starts until it is confirmed"]);
        assert.match(
            remedy ?? "",
            /Update pending connection.*https:\/\/eu-west-1\.console\.aws\.amazon\.com\/codesuite\/settings\/connections\?region=eu-west-1$/,
        );
    });

    it("is to do where it failed, and not known in a state that AWS thinks of tomorrow", () => {
        assert.match(only(made, [there("ERROR")]).found, /^github is in state ERROR/);
        assert.equal(only(made, [there("ERROR")]).state, "to do");
        const { state, found } = only(made, [there("RESTING")]);
        assert.deepEqual([state, found], ["not known", "github is in a state that is not known here: RESTING"]);
    });

    it("is made by `pulumi up` where it is not there yet, also where another account has one of its name", () => {
        for (const listed of [[], [there("AVAILABLE", "shop--github", "222222222222")]]) {
            const { state, found } = only(made, listed);
            assert.deepEqual([state, /not there yet: `pulumi up` makes it/.test(found)], ["ok", true]);
        }
    });

    it("is looked for where its ARN says, by either name of the service", () => {
        for (const service of ["codeconnections", "codestar-connections"]) {
            const listed = [{ ConnectionArn: arnIn("eu-central-1"), ConnectionStatus: "PENDING" }];
            const plan = named(arnIn("eu-central-1", home.account, service));
            const { found, remedy } = only(plan, listed, "eu-central-1");
            assert.match(found, / is PENDING, /);
            assert.ok(remedy?.includes("https://eu-central-1.console"));
        }
    });

    it("is to be named otherwise where the ARN names none, and not known in another account", () => {
        const gone = only(named(arnIn(home.region)), [{ ConnectionArn: `${arnIn(home.region)}y` }]);
        assert.deepEqual([gone.state, /is not there, and the stack test names it/.test(gone.found)], ["to do", true]);
        const foreign = only(named(arnIn(home.region, "222222222222")), []);
        assert.equal(foreign.state, "not known");
    });

    it("is not known where AWS was not asked, with why, what to do, and how to look", () => {
        const [{ state, found, remedy }] = connectionFindings(made, () => ({ why: "refused", remedy: "allow it" }));
        assert.deepEqual(
            [state, found],
            ["not known", "whether github is confirmed (refused); until then nothing starts"],
        );
        assert.match(
            remedy ?? "",
            /^allow it; `aws codeconnections list-connections --region eu-west-1` says it.*PENDING/,
        );
        assert.match(connectionFindings(made, unasked("--offline"))[0].remedy ?? "", /^`aws codeconnections/);
    });

    it("asks each region once", () => {
        const asked: string[] = [];
        const plan = planOf(
            stackFile(
                `connections: { github: { arn: "${arnIn("eu-west-1")}" }, other: { arn: "${arnIn("eu-west-1")}y" }, far: { provider: GitLab } }\nservices: { web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: site } }, web2: { source: { connection: other, repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: site2 } } }`,
            ),
        );
        assert.equal(connectionFindings(plan, lists({}, asked)).length, 3);
        assert.deepEqual(asked, ["codeconnections list-connections eu-west-1"]);
    });
});
