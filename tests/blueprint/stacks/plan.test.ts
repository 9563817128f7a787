import * as assert from "node:assert/strict";
import { allResources } from "../../../blueprint/counts";
import { planStack } from "../../../blueprint/stack";
import { planStacks } from "../../../blueprint/stacks/plan";
import { filesIn, fromFile, stackFile as fileOf, stacksIn } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import { inFolder } from "../../support/stack-files";
import { both, fleet, planned, platform, site, standing, wrong, type Stacks } from "./support";

/** What the preview of each stack of `stacks` says by itself. */
const alone = (stacks: Stacks) =>
    inFolder(stacks, folder =>
        stacksIn(folder).map(stack => ({ stack, ...planStack(fromFile(fileOf(folder, stack), stack)) })),
    );

const broken = { ...site(), deploi: {} };

describe("all stacks of a folder", () => {
    const folders: Readonly<Record<string, Stacks>> = {
        "a fleet that is spread": fleet,
        "two fleets": { dev: both("dev", ["web"]), prod: both("prod", ["shop", "web"]) },
        "two platforms": {
            ...fleet,
            other: platform("prefix: other"),
            "other-team": standing(["cart"], "", "other"),
        },
        "a platform that nothing stands on": { base: platform() },
    };

    for (const [title, stacks] of Object.entries(folders)) {
        it(`have of ${title} the resources that each makes by itself`, () => {
            const summaries = planned(stacks).stacks;
            assert.deepEqual(
                summaries.map(({ stack, resources }) => [stack, resources]),
                alone(stacks).map(({ stack, plan }) => [stack, plan && allResources(plan)]),
            );
            assert.ok(summaries.every(({ resources }) => resources !== undefined && resources > 0));
        });
    }

    it("are told by role, platform, services, place, problems and warnings", () => {
        const untold = {
            ...fleet,
            "team-b": standing(["mail", "web"], "unknown: 1"),
            dev: both("dev", ["web"], "notify: {}"),
        };
        const place = { account: "111111111111", region: "eu-west-1" };
        assert.deepEqual(
            planned(untold).stacks.map(({ resources, ...stack }) => ({ ...stack, sound: resources !== undefined })),
            [
                {
                    stack: "base",
                    role: "platform",
                    stacks: ["team-a", "team-b"],
                    services: 3,
                    ...place,
                    problems: 0,
                    warnings: 0,
                    sound: false,
                },
                { stack: "dev", role: "both", services: 1, ...place, problems: 0, warnings: 3, sound: true },
                {
                    stack: "team-a",
                    role: "services",
                    platform: "base",
                    services: 1,
                    ...place,
                    problems: 0,
                    warnings: 0,
                    sound: true,
                },
                {
                    stack: "team-b",
                    role: "services",
                    platform: "base",
                    services: 2,
                    ...place,
                    problems: 1,
                    warnings: 0,
                    sound: false,
                },
            ],
        );
    });

    it("are strictly looked at: each warning is a problem", () => {
        const untold = { dev: both("dev", ["web"], "notify: {}") };
        const { problems, warnings } = planned(untold);
        const strict = planned(untold, true);
        assert.deepEqual([problems, strict.warnings], [[], []]);
        assert.ok(warnings.length > 0);
        assert.deepEqual(strict.problems, warnings);
        assert.deepEqual([strict.stacks[0].problems, strict.stacks[0].resources], [warnings.length, undefined]);
    });

    const mistakes: readonly (readonly [title: string, stacks: Stacks, expected: readonly string[]])[] = [
        ["nothing of a sound fleet", fleet, []],
        [
            "a key of the platform once, and not for each stack on it",
            { ...fleet, base: platform("retention: { logDay: 1 }") },
            ['Pulumi.base.yaml:35:5 retention.logDay: unknown key; did you mean "logDays"?'],
        ],
        [
            "a word of a service once, and not from the platform as well",
            { ...fleet, "team-a": { ...standing([]), services: { cart: broken } } },
            ['Pulumi.team-a.yaml:16:7 services.cart.deploi: unknown key; did you mean "deploy"?'],
        ],
        [
            "nothing of a publisher of packages who is not the first service of its stack",
            {
                ...fleet,
                base: platform("packages: { domain: acme, repositories: { npm: { publishers: [web] } } }"),
                "team-b": {
                    ...standing(["mail"]),
                    services: {
                        mail: site("mail-{environment}"),
                        web: {
                            ...site("web-{environment}"),
                            build: {
                                commands: ["npm publish"],
                                codeArtifact: { use: "npm", tool: "npm", publish: true },
                            },
                        },
                    },
                },
            },
            [],
        ],
        [
            "nothing of a text that is no secret, which a service of another stack needs",
            {
                ...fleet,
                base: platform(
                    "allowedPlainText: [{ path: services.cart.deploy.parameters.SignToken, reason: A flag. }]",
                ),
                "team-a": {
                    ...standing([]),
                    services: {
                        cart: {
                            ...site(),
                            deploy: {
                                type: "cloudformation",
                                stack: "cart",
                                template: "t.yaml",
                                executionRoleArn: "arn:aws:iam::111111111111:role/cloudformation",
                                parameters: { SignToken: "always-on-top" },
                            },
                        },
                    },
                },
            },
            [],
        ],
        [
            "a platform that has no file",
            { ...fleet, lost: standing(["shop"], "platform: bsae") },
            ['Pulumi.lost.yaml:6:3 platform: no stack file Pulumi.bsae.yaml; did you mean "base"?'],
        ],
        [
            "a service of two stacks once",
            { ...fleet, "team-b": standing(["cart", "mail"]) },
            [
                "Pulumi.team-b.yaml:8:5 services.cart: expected each service in one stack, found it in Pulumi.team-a.yaml, too",
            ],
        ],
        [
            "what the platform alone may say",
            { ...fleet, "team-a": standing(["cart"], "tags: { team: a }") },
            ["Pulumi.team-a.yaml:16:3 tags: expected it in Pulumi.base.yaml alone, which says what all services share"],
        ],
        [
            "keys of a stack of services that nothing reads, and a stack of no services",
            { ...fleet, "team-a": standing([], "prefx: a") },
            [
                "Pulumi.team-a.yaml:7:3 services: expected at least one service",
                'Pulumi.team-a.yaml:8:3 prefx: unknown key; did you mean "prefix"?',
            ],
        ],
        [
            "a stack without a region",
            {
                ...fleet,
                "team-a": Object.fromEntries(
                    Object.entries(standing(["cart"])).filter(([key]) => key !== "aws:region"),
                ),
            },
            ['Pulumi.team-a.yaml:1:1 aws:region: missing; expected a region such as "eu-west-1"'],
        ],
        [
            "a file that is no YAML, and what is wrong with the others all the same",
            {
                ...fleet,
                dev: "config: [",
                "team-a": { ...standing([]), services: { cart: broken } },
                prod: { ...both("prod", []), services: { shop: broken } },
            },
            [
                "Pulumi.dev.yaml:1:9 not valid YAML: expected",
                'Pulumi.prod.yaml:42:7 services.shop.deploi: unknown key; did you mean "deploy"?',
                'Pulumi.team-a.yaml:16:7 services.cart.deploi: unknown key; did you mean "deploy"?',
            ],
        ],
        [
            "a key that the project says for all stacks, once",
            {
                dev: both("dev", ["web"]),
                prod: both("prod", ["web"]),
                "Pulumi.yaml":
                    "name: service-pipelines\nruntime: nodejs\nconfig:\n  service-pipelines:tag: { value: { a: b } }\n",
            },
            ['Pulumi.yaml:4:28 tag: unknown key; did you mean "tags"?'],
        ],
    ];

    for (const [title, stacks, expected] of mistakes) {
        it(`tell ${title}`, () => {
            const lines = wrong(stacks);
            assert.equal(lines.length, expected.length, lines.join("\n"));
            expected.forEach((line, index) => assert.ok(lines[index].startsWith(line), `${lines[index]}\n${line}`));
        });

        it(`miss nothing that the preview of one stack tells: ${title}`, () => {
            const { problems, warnings } = planned(stacks);
            const told = problemLines([...problems, ...warnings]);
            // What is said of two stacks is said at one of them.
            const once = (line: string) => !line.includes("expected each service in one stack");
            assert.deepEqual(
                alone(stacks)
                    .flatMap(one => problemLines([...one.problems, ...one.warnings]))
                    .filter(line => once(line) && !told.includes(line)),
                [],
            );
        });
    }

    it("tell of a quota once, though it is one fleet's alone", () => {
        const four = "network: { create: { availabilityZones: 4, natGateways: OnePerAz } }";
        const lines = problemLines(planned({ dev: both("dev", ["web"], four) }).warnings);
        const ofQuotas = lines.filter(line => line.includes(" of 5 "));
        assert.equal(ofQuotas.length, 1, lines.join("\n"));
        assert.match(
            ofQuotas[0],
            /^Pulumi\.dev\.yaml:\d+:3 network: account 111111111111, eu-west-1: 4 of 5 Elastic IP/,
        );
    });

    it("know a stack that stands on a broken platform, and one beside a broken one", () => {
        const sound = (stacks: Stacks) =>
            planned(stacks)
                .stacks.filter(({ resources }) => resources !== undefined)
                .map(({ stack }) => stack);
        assert.deepEqual(sound({ ...fleet, base: platform("tags: 1") }), []);
        assert.deepEqual(sound({ ...fleet, "team-a": standing(["cart"], "unknown: 1") }), ["team-b"]);
    });

    it("are read once", () =>
        inFolder(fleet, folder => {
            const files = filesIn(folder);
            const first = files.stacks().map(stack => files.read(stack));
            planStacks(files);
            assert.ok(files.stacks().every((stack, index) => files.read(stack) === first[index]));
        }));
});
