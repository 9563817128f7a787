import * as assert from "node:assert/strict";
import { planStack } from "../../blueprint/stack";
import { problemLines } from "../../config/read";
import { spread, type StackFiles } from "../../config/spread";
import { stackFile, type Values } from "../support/plans";
import { fleet, place, planned, platform, shared, standing, web, written } from "../support/spread";

const whole = () => {
    const { plan } = planStack(written("all", { ...shared, services: { cart: web, mail: web, web } }));
    assert.ok(plan);
    return plan;
};

describe("a fleet that is spread over stacks", () => {
    it("has the same pipelines in its stacks as it has in one", () => {
        const parts = ["team-a", "team-b"].flatMap(stack => planned(stack).plan?.pipelines ?? []);
        assert.deepEqual(parts, whole().pipelines);
    });

    it("has in its platform what one stack would share, for the services of all stacks", () => {
        const { plan, problems } = planned("base");
        assert.deepEqual(problems, []);
        assert.deepEqual(plan?.shared, whole().shared);
        assert.deepEqual(plan?.spread, {
            role: "platform",
            stacks: { cart: "team-a", mail: "team-b", web: "team-b" },
        });
    });

    it("has a platform before the first service", () => {
        const { plan, problems } = planned("base", { base: platform });
        assert.deepEqual([plan?.pipelines, problems], [[], []]);
    });

    it("starts a service after one of another stack", () => {
        const after = { ...standing("mail"), services: { mail: { ...(web as Values), trigger: { after: ["cart"] } } } };
        const { problems } = planned("team-b", { ...fleet, "team-b": after });
        assert.deepEqual(problems, []);
    });

    it("leaves a stack alone that makes all of its fleet", () => {
        const own = written("dev", stackFile());
        const none: StackFiles = { stacks: () => assert.fail("looked for others"), read: () => undefined };
        assert.equal(spread(own, none), own);
    });

    for (const [title, stack, change, expected] of [
        [
            "a platform that has no file",
            "team-a",
            { "team-a": { ...standing("cart"), platform: "bass" } },
            ['Pulumi.team-a.yaml:2:1 platform: no stack file Pulumi.bass.yaml; did you mean "base"?'],
        ],
        [
            "a stack that makes all of its fleet as a platform",
            "team-a",
            { base: { ...platform, role: "both" } },
            [
                "Pulumi.team-a.yaml:2:1 platform: expected a stack whose file says `role: platform`, found base, whose role is both",
            ],
        ],
        [
            "no platform",
            "team-a",
            { "team-a": { ...place, role: "services", services: { cart: web } } },
            [
                'Pulumi.team-a.yaml:2:1 platform: expected the name of the stack that makes what all services share; expected one of "base"',
            ],
        ],
        [
            "a misspelt platform, once",
            "team-a",
            { "team-a": { ...place, role: "services", platfrom: "base", services: { cart: web } } },
            ['Pulumi.team-a.yaml:2:1 platfrom: unknown key; did you mean "platform"?'],
        ],
        [
            "what the platform says",
            "team-a",
            { "team-a": { ...standing("cart"), retention: { logDays: 30 } } },
            [
                "Pulumi.team-a.yaml:2:1 retention: expected it in Pulumi.base.yaml alone, which says what all services share",
            ],
        ],
        [
            "a key that the platform misspells, where it is written",
            "team-a",
            { base: { ...platform, retentoin: {} } },
            ['Pulumi.base.yaml:2:1 retentoin: unknown key; did you mean "retention"?'],
        ],
        [
            "an account without quotes, once",
            "team-a",
            { "team-a": { ...standing("cart"), "aws:allowedAccountIds": [111111111111] } },
            [
                'Pulumi.team-a.yaml:3:1 aws:allowedAccountIds[0]: expected an account id in quotes, found the number 111111111111: YAML reads unquoted digits as a number and drops leading zeros; write "111111111111"',
            ],
        ],
        [
            "another region than the platform's",
            "team-a",
            { "team-a": { ...standing("cart"), "aws:region": "eu-west-2" } },
            ['Pulumi.team-a.yaml:2:1 aws:region: expected "eu-west-1", as Pulumi.base.yaml has it, found "eu-west-2"'],
        ],
        [
            "a service in two stacks",
            "team-b",
            { "team-b": standing("cart", "mail") },
            [
                "Pulumi.team-b.yaml:3:1 services.cart: expected each service in one stack, found it in Pulumi.team-a.yaml, too",
            ],
        ],
        [
            "a service in two stacks, in the platform's preview",
            "base",
            { "team-b": standing("cart", "mail") },
            [
                "Pulumi.team-b.yaml:3:1 services.cart: expected each service in one stack, found it in Pulumi.team-a.yaml, too",
            ],
        ],
        [
            "services in a platform's own file",
            "base",
            { base: { ...platform, services: { shop: web } } },
            [
                "Pulumi.base.yaml:2:1 services: expected services in the files of the stacks that stand on this platform (`role: services`), found them here",
            ],
        ],
        [
            "a misspelt role, once",
            "team-a",
            { "team-a": { ...standing("cart"), role: "service" } },
            [
                'Pulumi.team-a.yaml:2:1 role: expected one of "both", "platform", "services", found "service"; did you mean "services"?',
            ],
        ],
    ] as const) {
        it(`refuses ${title}`, () => {
            const { plan, problems } = planned(stack, { ...fleet, ...change });
            assert.equal(plan, undefined);
            assert.deepEqual(problemLines(problems), expected);
        });
    }

    it("tells a problem of a service in its own file, from the platform as well", () => {
        const broken = { ...standing(), services: { mail: { ...(web as Values), deploi: {} } } };
        for (const stack of ["base", "team-b"]) {
            const { problems } = planned(stack, { ...fleet, "team-b": broken });
            assert.deepEqual(
                problems.map(({ position }) => position?.file),
                ["Pulumi.team-b.yaml"],
            );
        }
    });

    it("takes what the project gives to every stack", () => {
        const given = { retention: { logDays: 30, artifactDays: 60 } };
        const { plan, problems } = planned("team-a", {
            ...fleet,
            base: { ...platform, ...given },
            // The engine sorts keys.
            "team-a": { ...standing("cart"), retention: { artifactDays: 60, logDays: 30 } },
        });
        assert.ok(plan, problemLines(problems).join("\n"));
        assert.equal(plan.shared.logs.days, 30);
    });

    it("leaves it to the platform to say what no stack needs of the texts that are let through", () => {
        const [path, reason] = ["services.mail.deploy.bucket", "a name"];
        const files = { ...fleet, base: { ...platform, allowedPlainText: [{ path, reason }] } };
        assert.ok(planned("team-a", files).plan);
        assert.match(
            problemLines(planned("base", files).problems).join("\n"),
            /allowedPlainText\[0\]: lets nothing through/,
        );
        const both = { ...files, base: { ...platform, allowedPlainText: [{ path, reason, sha256: "0".repeat(64) }] } };
        assert.match(problemLines(planned("team-a", both).problems).join("\n"), /expected either `path` or `sha256`/);
    });
});
