import * as assert from "node:assert/strict";
import { allResources } from "../../blueprint/counts";
import { planOf, reference, stackFile, type Values } from "../support/plans";
import { isComponent, run } from "../support/program";
import { noun, type Registration } from "../support/recordings";

/** How many of each noun a part has; `itself` is the component. */
type Part = Readonly<Record<string, number>>;
type Parts = Readonly<Record<string, Part>>;

const itself = 1;
const iam = { Role: 1, RolePolicy: 1 };
const store: Part = {
    itself,
    Alias: 1,
    Bucket: 1,
    BucketLifecycleConfiguration: 1,
    BucketOwnershipControls: 1,
    BucketPolicy: 1,
    BucketPublicAccessBlock: 1,
    BucketServerSideEncryptionConfiguration: 1,
    BucketVersioning: 1,
    Key: 1,
};
const listening: Part = {
    itself,
    ...iam,
    EventSourceMapping: 1,
    Function: 1,
    LogGroup: 1,
    MetricAlarm: 1,
    Queue: 2,
    QueuePolicy: 1,
};

/** What the shared part of {@link everything} came to before anything of it was sealed, signed or logged. */
const before: Parts = {
    fleet: { itself, LogGroup: 1 },
    artifacts: { ...store, BucketLogging: 1 },
    network: {
        itself,
        Vpc: 1,
        SecurityGroup: 2,
        SecurityGroupIngressRule: 1,
        SecurityGroupEgressRule: 1,
        VpcEndpoint: 6,
    },
    connection: { itself, Connection: 1 },
    approve: { itself, Policy: 1, Topic: 1, TopicSubscription: 1 },
    operations: { itself, EventRule: 3, EventTarget: 4, Table: 1 },
    monitoring: { itself, Dashboard: 1, MetricAlarm: 5 },
    audit: { itself, EventRule: 3, EventTarget: 3, LogGroup: 1, LogResourcePolicy: 1, QueryDefinition: 7 },
    metrics: listening,
    notify: listening,
};

const guard: Part = { itself, ...iam, Function: 1, LogGroup: 1, MetricAlarm: 1, Queue: 1 };

/** What keeps it secure beside: a new part is a new line. */
const added: Parts = {
    signing: { itself, Key: 1, Alias: 1 },
    seal: guard,
    verify: guard,
    // Its default group is closed, its refused traffic is logged, and builds may go to the gateway of S3 instead of everywhere.
    network: { DefaultSecurityGroup: 1, FlowLog: 1, LogGroup: 1, ...iam, SecurityGroupEgressRule: 1 },
};

/** What a domain with two package repositories adds, each with its policy: it is asked for by a key of its own. */
const packages: Parts = { packages: { itself, Domain: 1, Repository: 2, RepositoryPermissionsPolicy: 2 } };

/** The most that security may add to what all services share, and to each further region or account. */
const most = { stack: 40, region: 8, account: 8 };

const endpoints = ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sts"];
const orders = {
    source: { repository: "acme/orders" },
    build: { commands: ["make"], artifacts: ["dist/**"] },
    deploy: { type: "s3", bucket: "{service}-{environment}" },
};

/** A stack with all that keeps it secure, except what `more` says otherwise. */
const everything = (more: object = {}): Values =>
    stackFile(
        JSON.stringify({
            network: { create: { availabilityZones: 2, natGateways: "None", endpoints } },
            accessLogs: { bucket: "shop-logs" },
            roles: {
                path: "/delivery/",
                boundary: "arn:aws:iam::{account}:policy/most",
                organization: "o-a1b2c3d4e5",
                sessionTags: true,
            },
            secretKeys: ["arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555"],
            environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["release@shop.example"] } }],
            services: { orders },
            ...more,
        }),
    );

const environment = { name: "prod", approval: { notify: ["release@shop.example"] } };
const abroad = everything({ environments: [{ name: "dev" }, { ...environment, regions: ["us-east-1"] }] });
const foreign = (account: string) => ({ account, deployRoleArn: `arn:aws:iam::${account}:role/shop-deploy` });
const elsewhere = everything({ environments: [{ name: "dev" }, { ...environment, ...foreign("222222222222") }] });

const three = [{ name: "dev" }, { name: "staging" }, environment];

/** What `values` register but their services, by part: it is called as the component, and what stands right below it is its own. */
async function sharedParts(values: Values): Promise<Parts> {
    const { registrations } = await run(values);
    assert.equal(registrations.length, allResources(planOf(values)));
    const byUrn = new Map(registrations.map(one => [one.urn, one]));
    const above = ({ parent }: Registration) => (parent === undefined ? undefined : byUrn.get(parent));
    const ofService = (one: Registration): boolean => {
        const parent = above(one);
        return noun(one) === "ServicePipeline" || (parent !== undefined && ofService(parent));
    };
    const parts: Record<string, Record<string, number>> = {};
    for (const one of registrations.filter(each => !ofService(each))) {
        const part = isComponent(one) ? one.name : (above(one)?.name ?? "outside");
        const what = isComponent(one) ? "itself" : noun(one);
        (parts[part] ??= {})[what] = (parts[part][what] ?? 0) + 1;
    }
    return parts;
}

const sum = (parts: Parts): number =>
    Object.values(parts)
        .flatMap(part => Object.values(part))
        .reduce((total, count) => total + count, 0);

/** All of `tables` together. */
function together(...tables: readonly Parts[]): Parts {
    const all: Record<string, Record<string, number>> = {};
    for (const [part, counts] of tables.flatMap(table => Object.entries(table))) {
        for (const [what, count] of Object.entries(counts)) {
            (all[part] ??= {})[what] = (all[part][what] ?? 0) + count;
        }
    }
    return all;
}

describe("what security registers", function () {
    this.timeout(20_000);

    it("is what this table says, and at most 40 in a stack with everything on", async () => {
        assert.deepEqual(await sharedParts(everything()), together(before, added));
        assert.ok(sum(added) <= most.stack, `${sum(added)} registrations`);
        assert.equal(sum(added), 23);
    });

    it("is at most 40 also where the endpoints that builds need are found by themselves, which nobody had before", async () => {
        const network = { create: { natGateways: "None", endpoints: "auto" } };
        const parts = await sharedParts(everything({ network, environments: three, services: { orders: reference } }));
        const own = { Vpc: 1, SecurityGroup: 1, SecurityGroupEgressRule: 1, itself };
        const { network: found } = parts;
        const grown = sum({ found }) - sum({ own }) + sum({ ...added, network: {} });
        assert.ok(found.VpcEndpoint >= 4, `${found.VpcEndpoint} endpoints`);
        assert.ok(grown <= most.stack, `${grown} registrations`);
    });

    it("grows with package repositories by themselves alone", async () => {
        const all = everything({
            packages: {
                domain: "acme",
                repositories: {
                    npm: { externalConnection: "public:npmjs" },
                    libraries: { upstreams: ["npm"], publishers: ["orders"] },
                },
            },
        });
        assert.deepEqual(await sharedParts(all), together(before, added, packages));
    });

    it("is nothing more in a further region: the store of artifacts there was so before", async () => {
        const parts = await sharedParts(abroad);
        assert.deepEqual(parts, together(before, added, { "artifacts-us-east-1": store }));
        assert.ok(sum(parts) - sum(before) - sum(added) - sum({ store }) <= most.region);
    });

    it("is nothing more in a further account", async () => {
        const parts = await sharedParts(elsewhere);
        assert.deepEqual(parts, together(before, added));
        assert.ok(sum(parts) - sum(before) - sum(added) <= most.account);
    });

    for (const [title, values] of [
        ["with all of it", everything({ environments: three, services: { orders: reference } })],
        [
            "with nothing of it",
            everything({
                environments: three,
                services: { orders: reference },
                roles: {},
                skipVerification: "A sandbox.",
                network: { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } },
            }),
        ],
    ] as const) {
        it(`is nothing of the reference service, which has 12, as before: ${title}`, async () => {
            const { registrations } = await run(values);
            assert.equal(registrations.filter(({ urn }) => urn.includes(":ServicePipeline")).length, 12);
        });
    }
});
