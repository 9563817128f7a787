import * as assert from "node:assert/strict";
import { networkJson, networkLines } from "../../cli/network";
import { paintFor } from "../../cli/paint";
import { planOf, stackFile } from "../support/plans";

const services = `services:
    orders:
        source: { repository: acme/orders }
        build: { commands: [make], secrets: { A: a }, environment: { API: "https://api.example" } }
        deploy: { type: s3, bucket: orders }
    web: { source: { repository: acme/web }, build: { commands: [make] }, deploy: { type: s3, bucket: site } }`;
const fleet = (network: string, more = "") => planOf(stackFile(`network: { ${network} }\n${services}\n${more}`));
const lines = (network: string, more?: string) => networkLines(fleet(network, more), paintFor({}));
const unknown =
    "            not known: what commands download; without the internet, CodeArtifact, ECR and S3 are there";

describe("the text of a network", () => {
    it("says what is made, who needs which endpoint, and what each way to the internet costs", () =>
        assert.deepEqual(lines("create: { natGateways: None }"), [
            "Network",
            "  subnets   private, of 10.0.0.0/16 in 2 zones; nothing in, out to the VPC's endpoints alone",
            "  flow log  all traffic, in /service-pipelines/shop/network for 365 days; $0.50 a GB (us-east-1's price)",
            "  endpoints logs, s3: every build",
            "  endpoints secretsmanager: orders",
            "  policies  through endpoints ask roles of the account 111111111111 for what is theirs",
            "  Single    $38.69 a month: one NAT gateway: without its zone no build has a way out",
            "  OnePerAz  $77.38 a month: a NAT gateway in each zone",
            "  None      $32.12 a month, chosen: no way to the internet; endpoints logs, s3, secretsmanager",
            "            orders would lack api.example",
            unknown,
            "",
        ]));

    it("says that nobody logs where builds connect to, and why", () => {
        const [, subnets, log] = lines("create: { availabilityZones: 1, skipFlowLogs: A sandbox }");
        assert.equal(
            subnets,
            "  subnets   private, of 10.0.0.0/16 in 1 zone; nothing in, out by HTTPS, through a NAT gateway",
        );
        assert.equal(log, "  weaker    nobody logs where builds connect to: A sandbox");
    });

    it("says what nobody needs, what takes no policy, and whose roles may use the rest", () => {
        const roles = "roles: { organization: o-a1b2c3d4e5 }";
        const all = lines("create: { flowLogs: rejected, endpoints: [codepipeline, s3] }", roles);
        assert.deepEqual(all.slice(2, 6), [
            "  flow log  what is refused, in /service-pipelines/shop/network for 365 days; $0.50 a GB (us-east-1's price)",
            "  endpoints codepipeline: needed by nobody",
            "  endpoints s3: every build",
            "  policies  through endpoints ask roles of the organization o-a1b2c3d4e5 for what is theirs; codepipeline without a policy",
        ]);
    });

    it("says what a network must have that is there already", () =>
        assert.deepEqual(lines("existing: { vpcId: vpc-1, subnetIds: [subnet-1, subnet-2] }"), [
            "Network",
            "  subnets   subnet-1, subnet-2 of vpc-1, which is there already; of the stack is the group of builds alone: nothing in, out by HTTPS",
            "  needs     a NAT gateway, or endpoints with private DNS that let these services in, and flow logs of its own:",
            "  endpoints logs, s3: every build",
            "  endpoints secretsmanager: orders",
            "            orders would lack api.example",
            unknown,
            "",
        ]));

    it("asks nothing of a network in which nothing runs", () =>
        assert.equal(networkLines(planOf(stackFile()), paintFor({})).length, 3));
});

describe("the JSON of a network", () => {
    it("holds each way to the internet, the endpoints with who needs them, and what needs the internet", () => {
        const { egress, endpoints, withoutInternet } = networkJson(fleet("create: { endpoints: [secretsmanager] }"));
        assert.deepEqual(
            egress.map(({ natGateways, chosen }) => [natGateways, chosen]),
            [
                ["Single", true],
                ["OnePerAz", false],
                ["None", false],
            ],
        );
        assert.deepEqual(endpoints, [
            {
                endpoint: "secretsmanager",
                serviceName: "com.amazonaws.eu-west-1.secretsmanager",
                neededBy: ["orders"],
            },
        ]);
        assert.deepEqual(withoutInternet, [{ service: "orders", what: "api.example" }]);
    });
});
