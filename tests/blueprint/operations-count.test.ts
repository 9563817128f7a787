import * as assert from "node:assert/strict";
import { allResources } from "../../blueprint/counts";
import { planOf, stackFile, type Values } from "../support/plans";
import { isComponent, run } from "../support/program";
import type { Registration } from "../support/recordings";
import { allOperations, known } from "../support/stacks";

/** What a fleet is made of but its operations: all else in it is theirs, so that no new part is forgotten. */
const others = [
    "Approvals",
    "ArtifactStore",
    "Connections",
    "CustomActions",
    "LogGroup",
    "Network",
    "ServicePipeline",
    "SigningKey",
];

/** Functions that are not of operations: what they cost is itemised in security-count.test.ts. */
const guards = ["seal", "verify"];

/** What operations register, by the component that it stands in: a new part is a new line. */
const itemised: Readonly<Record<string, number>> = {
    "Audit: Audit": 1,
    "Audit: EventRule": 3,
    "Audit: EventTarget": 3,
    "Audit: LogGroup": 1,
    "Audit: LogResourcePolicy": 1,
    "Audit: QueryDefinition": 7,
    "Monitoring: Dashboard": 1,
    "Monitoring: MetricAlarm": 5,
    "Monitoring: Monitoring": 1,
    "Operations: EventRule": 3,
    "Operations: EventTarget": 4,
    "Operations: Operations": 1,
    "Operations: Table": 1,
    "SharedFunction: EventSourceMapping": 2,
    "SharedFunction: Function": 2,
    "SharedFunction: LogGroup": 2,
    "SharedFunction: MetricAlarm": 2,
    "SharedFunction: Queue": 4,
    "SharedFunction: QueuePolicy": 2,
    "SharedFunction: Role": 2,
    "SharedFunction: RolePolicy": 2,
    "SharedFunction: SharedFunction": 2,
};

/** The most that operations may register, however many services there are. */
const most = 90;

const nounOf = (type: string) => type.split(":").slice(-1)[0];

function stackWith(services: number): Values {
    const service = {
        source: { repository: "acme/all" },
        build: { type: "none" },
        deploy: { type: "s3", bucket: "{service}-{environment}" },
    };
    return stackFile(
        JSON.stringify({
            environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["ann@shop.example"] } }],
            services: Object.fromEntries(Array.from({ length: services }, (_, index) => [`s${index}`, service])),
        }),
    );
}

/** The registrations of operations among `all`: where each stands and what it is, and its name. */
function ofOperations(all: readonly Registration[]): { readonly item: string; readonly name: string }[] {
    const byUrn = new Map(all.map(one => [one.urn, one]));
    const above = ({ parent }: Registration) => (parent === undefined ? undefined : byUrn.get(parent));
    /** What stands right below the fleet, and holds `one` or is it. */
    const partOf = (one: Registration): Registration | undefined => {
        const parent = above(one);
        return parent === undefined || nounOf(parent.type) === "Fleet" ? parent && one : partOf(parent);
    };
    return all.flatMap(one => {
        const part = partOf(one);
        return part === undefined || others.includes(nounOf(part.type)) || guards.includes(part.name)
            ? []
            : [
                  {
                      item: `${nounOf((isComponent(one) ? one : (above(one) ?? part)).type)}: ${nounOf(one.type)}`,
                      name: one.name,
                  },
              ];
    });
}

describe("a 200-service fleet", function () {
    this.timeout(60_000);
    let [one, many]: (readonly Registration[])[] = [];
    before(async () => {
        one = (await run(stackWith(1))).registrations;
        many = (await run(stackWith(200))).registrations;
    });

    it("has one dashboard", () =>
        assert.deepEqual(
            many.filter(({ type }) => nounOf(type) === "Dashboard").map(({ name }) => name),
            ["monitoring-dashboard"],
        ));

    it("costs what this table says for its operations, and at most 90 registrations", () => {
        const counts: Record<string, number> = {};
        for (const { item } of ofOperations(many)) {
            counts[item] = (counts[item] ?? 0) + 1;
        }
        assert.deepEqual(counts, itemised);
        const sum = Object.values(itemised).reduce((total, count) => total + count, 0);
        assert.ok(sum <= most, `${sum} registrations`);
    });

    it("costs at most 90 registrations with everything on, seven targets among them", async () => {
        const { registrations } = await known(allOperations);
        const { length } = ofOperations(registrations);
        assert.ok(length <= most, `${length} registrations`);
    });

    it("has the same operations as a fleet of one service", () =>
        assert.deepEqual(
            ofOperations(many).map(({ name }) => name),
            ofOperations(one).map(({ name }) => name),
        ));

    it("has the inputs of one service's operations, too", () => {
        const inputs = (all: readonly Registration[]) => {
            const names = new Set(ofOperations(all).map(({ name }) => name));
            return all.filter(({ name }) => names.has(name)).map(({ name, inputs: own }) => [name, own]);
        };
        assert.deepEqual(inputs(many), inputs(one));
    });

    it("registers as many resources as the preview says", () =>
        assert.equal(many.length, allResources(planOf(stackWith(200)))));
});
