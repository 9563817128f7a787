import * as assert from "node:assert/strict";
import { matrixOf } from "../../../blueprint/stacks/matrix";
import { filesIn } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import type { StackSource } from "../../../config/source";
import { inFolder } from "../../support/stack-files";
import { both, fleet, platform, site, standing, type Stacks } from "./support";

const matrix = (stacks: Stacks) => inFolder(stacks, folder => matrixOf(filesIn(folder)));

const home = { account: "111111111111", region: "eu-west-1" };

describe("the matrix of stacks", () => {
    it("has platforms, stacks of services with their platform, and the others, each with its place", () => {
        const elsewhere = { "aws:region": "eu-central-1", "aws:allowedAccountIds": ["222222222222"] };
        const found = matrix({ ...fleet, dev: { ...both("dev", ["web"]), ...elsewhere } });
        assert.deepEqual(found.problems, []);
        assert.deepEqual(found.matrix, {
            counts: { platforms: 1, services: 2, both: 1 },
            platforms: { include: [{ stack: "base", role: "platform", ...home }] },
            services: {
                include: [
                    { stack: "team-a", role: "services", platform: "base", ...home },
                    { stack: "team-b", role: "services", platform: "base", ...home },
                ],
            },
            both: { include: [{ stack: "dev", role: "both", account: "222222222222", region: "eu-central-1" }] },
        });
    });

    it("is the same whatever the services are, as nothing of them is planned", () => {
        const broken = { ...fleet, "team-a": { ...standing([]), services: { cart: { ...site(), deploi: {} } } } };
        assert.deepEqual(matrix(broken), matrix(fleet));
    });

    for (const [title, stacks, expected] of [
        [
            "a platform that has no file",
            { team: standing(["web"], "", "bse"), base: platform() },
            [/^Pulumi\.team\.yaml:6:3 platform: no stack file Pulumi\.bse\.yaml; did you mean "base"\?$/],
        ],
        ["a file that is no YAML, once", { ...fleet, dev: "config: [" }, [/^Pulumi\.dev\.yaml:1:9 not valid YAML/]],
        [
            "a service in two stacks",
            { ...fleet, "team-b": standing(["cart"]) },
            [/team-a\.yaml.* services\.cart: expected each service in one stack/, /team-b\.yaml.* services\.cart/],
        ],
        [
            "a stack that does not say where it is",
            { dev: { prefix: "dev", services: {} } },
            [
                /^Pulumi\.dev\.yaml:1:1 aws:region: expected a region, which the stack's job takes its credentials for$/,
                /^Pulumi\.dev\.yaml:1:1 aws:allowedAccountIds: expected exactly one account id, which/,
            ],
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            const lines = problemLines(matrix(stacks).problems);
            assert.equal(lines.length, expected.length, lines.join("\n"));
            expected.forEach((pattern, index) => assert.match(lines[index], pattern));
        });
    }

    it("passes 256 jobs of one list, and fails on one more, which GitHub Actions would not start", () => {
        const many = (count: number) => {
            const names = Array.from({ length: count }, (_, index) => `s${index}`);
            const values = { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["111111111111"] };
            const read = (stack: string): StackSource => ({
                stack,
                values,
                problems: [],
                locate: () => undefined,
                source: () => undefined,
            });
            return problemLines(matrixOf({ stacks: () => names, read }).problems);
        };
        assert.deepEqual(many(256), []);
        assert.deepEqual(many(257), [
            "257 stacks in the list both, and GitHub Actions makes at most 256 jobs of one matrix: put services of several stacks into one",
        ]);
    });
});
