import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { ecsService, stackOf } from "./support/fleet";

const services = (count: number) =>
    Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
            `service-${index}`,
            { ...ecsService(`service-${index}`), build: { commands: ["x".repeat(1000)] } },
        ]),
    );

describe("a stack", () => {
    it("is warned of when its configuration fills what the CLI can hand over", () => {
        const warned = (count: number) =>
            problemLines(stackOf({ services: services(count) }).warnings).filter(line =>
                line.includes("services: the stack"),
            );
        assert.deepEqual(warned(50), []);
        const [line, ...more] = warned(110);
        assert.deepEqual(more, []);
        assert.match(
            line,
            /services: the stack's configuration has 1\d{5} of at most 131072 bytes .* spread the services over several stacks$/,
        );
    });

    it("has no plan while it has problems, and no warnings keep it from one", () => {
        const broken = stackOf({
            services: { a: { deploy: { type: "s3", bucket: "a" } }, b: { deploy: { type: "s3", bucket: "a" } } },
        });
        assert.equal(broken.plan, undefined);
        const warned = stackOf({ environments: [{ name: "dev", approval: {} }] });
        assert.ok(warned.plan !== undefined && warned.warnings.length > 0);
    });
});
