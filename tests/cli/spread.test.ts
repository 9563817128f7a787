import * as assert from "node:assert/strict";
import { fleetJson } from "../../cli/json";
import { monthText, monthOf } from "../../cli/what-if";
import { paintFor } from "../../cli/paint";
import { elsewhere } from "../../cli/spread";
import { fleetText } from "../../cli/text";
import { fleet, planOfStack, platform } from "../support/spread";
import { between } from "./support/lines";

const plain = paintFor({});
const [base, teamB] = [planOfStack("base"), planOfStack("team-b")];
const lines = (plan = base) => fleetText(plan, undefined, [], plain).split("\n");
const headings = (plan = base) => lines(plan).filter(line => /^[A-Z]/.test(line));

describe("the text of a platform", () => {
    it("says how many services stand on it, and names no stage", () => {
        assert.deepEqual(lines().slice(0, 8), [
            "shop, stack base: platform of 3 services in 2 stacks → dev → prod",
            "account 111111111111, region eu-west-1",
            "",
            "Stacks on this platform",
            "  team-a       1 service: cart",
            "  team-b       2 services: mail, web",
            "",
            "Who may answer approvals",
        ]);
        assert.ok(!lines().some(line => /^ +1 Source/.test(line)));
    });

    it("names a dozen services of a stack", () => {
        const many = Object.fromEntries([..."abcdefghijklmn"].map(name => [name, "crowd"]));
        const crowded = { ...base, spread: { role: "platform" as const, stacks: many } };
        assert.deepEqual(between(lines(crowded), /^Stacks on/, /^$/).slice(1), [
            "  crowd        14 services: a, b, c, d, e, f, g, h, i, j, k, l, …",
        ]);
    });

    it("says that there is none yet", () => {
        const alone = planOfStack("base", { base: platform });
        assert.match(between(lines(alone), /^Stacks on/, /^$/)[1], /^ {2}none yet: /);
    });

    it("counts quotas of all stacks, prices no release, and says that it cannot be destroyed", () => {
        assert.ok(lines().includes("      3 of 1000  pipelines in the region (can be raised)"));
        assert.ok(!headings().some(line => line.startsWith("Cost per release")));
        assert.deepEqual(
            lines().filter(line => line.includes("destroy")),
            ["  `pulumi destroy` of this stack is refused: other stacks stand on it (protect)"],
        );
        const open = planOfStack("base", { ...fleet, base: { ...platform, protect: false } });
        assert.ok(!lines(open).some(line => line.includes("destroy")));
    });
});

describe("the text of a stack on a platform", () => {
    it("shows its own services, and of what is shared where to see it", () => {
        assert.equal(lines(teamB)[0], "shop, stack team-b: 2 services on the platform base → dev → prod");
        assert.deepEqual(
            headings(teamB).filter(line => !/^\d/.test(line)),
            [
                "Shared by all services: made by the stack base",
                "Quotas, with the services of this stack alone",
                "Cost at rest: about $0.00 a month",
                "Cost per release, with assumed durations",
            ],
        );
        assert.ok(lines(teamB).some(line => /^ +1 Source/.test(line)));
    });

    it("counts its own resources", () => {
        const [counted] = lines(teamB).filter(line => line.includes(" resources: "));
        assert.match(counted, /^\d+ resources: 1 of the fleet, \d+ mail, \d+ web$/);
    });
});

describe("the JSON of a fleet that is spread", () => {
    const shown = (stack: string) =>
        fleetJson({ stack, plan: planOfStack(stack), problems: [], warnings: [], registrations: [] });

    it("has of a platform no pipeline, its stacks, and the quotas of all", () => {
        const { spread, pipelines, cost, quotas, network } = shown("base");
        assert.deepEqual(spread, { role: "platform", stacks: { cart: "team-a", mail: "team-b", web: "team-b" } });
        assert.deepEqual([pipelines, cost?.perRelease], [[], []]);
        assert.equal(quotas.find(({ what }) => what === "pipelines in the region")?.used, 3);
        assert.notEqual(network, null);
    });

    it("has of a stack on it its own pipelines, what they cost, and no network", () => {
        const { spread, pipelines, cost, network } = shown("team-b");
        assert.deepEqual(spread, { role: "services", platform: "base", stacks: { cart: "team-a" } });
        assert.deepEqual(
            pipelines.map(({ service }) => service),
            ["mail", "web"],
        );
        assert.deepEqual(
            cost?.items.map(({ what, count }) => [what, count]),
            [["pipelines (V2: nothing at rest)", 2]],
        );
        assert.equal(network, null);
    });
});

describe("a month of a fleet that is spread", () => {
    const month = (stack: string) => monthOf(planOfStack(stack), { releases: 1 });

    it("is that of all its services in the platform, at rest and free once", () => {
        assert.equal(month("base").services, 3);
        assert.deepEqual(
            month("base").items.flatMap(({ what }) => /^at rest|^free/.exec(what) ?? []),
            ["at rest", "free"],
        );
    });

    it("is that of its services alone in a stack on it, and says so", () => {
        const { items, services } = month("team-b");
        assert.equal(services, 2);
        assert.ok(!items.some(({ what }) => /^at rest|^free/.test(what)));
        assert.match(
            monthText(planOfStack("team-b"), month("team-b"), undefined, plain),
            /is in the bill of the platform base alone/,
        );
    });
});

describe("a service of another stack", () => {
    it("is said to be there", () => {
        assert.equal(elsewhere(teamB, "cart"), ": it is in team-a (--stack team-a --service cart)");
        assert.equal(elsewhere(base, "mail"), ": it is in team-b (--stack team-b --service mail)");
        for (const plan of [base, teamB]) {
            assert.equal(elsewhere(plan, "toString"), undefined);
        }
    });
});
