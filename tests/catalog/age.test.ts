import * as assert from "node:assert/strict";
import { asOf, retiredImage, retiredRuntime, retirements } from "../../catalog/age";
import { defaultImage } from "../../catalog/codebuild/settings";

const day = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Image, since when, and what took its place: of each sort of entry the oldest and the newest spelling. */
const retired: readonly (readonly [image: string, since: string, successor: string])[] = [
    ["amazonlinux2-x86_64-standard:3.0", "2023-05-09", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux2-x86_64-standard:2.0", "2022-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux2-x86_64-standard:1.0", "2020-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux2-aarch64-standard:1.0", "2023-03-31", "amazonlinux-aarch64-standard:3.0"],
    ["standard:1.0", "2020-06-30", "standard:8.0"],
    ["standard:2.0", "2020-06-30", "standard:8.0"],
    ["standard:3.0", "2022-06-30", "standard:8.0"],
    ["standard:4.0", "2023-03-31", "standard:8.0"],
    ["standard:4.0-22.12.12", "2023-03-31", "standard:8.0"],
    ["standard:5.0", "2025-05-31", "standard:8.0"],
    ["nodejs:8.11.0", "2019-04-02", "standard:8.0"],
    ["ubuntu-base:14.04", "2019-04-02", "standard:8.0"],
    ["amazonlinux2-x86_64-standard:4.0", "2026-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux-x86_64-standard:4.0", "2026-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux-x86_64-standard:corretto8", "2026-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux-x86_64-standard:corretto11", "2026-06-30", "amazonlinux-x86_64-standard:6.0"],
    ["amazonlinux2-aarch64-standard:2.0", "2026-06-30", "amazonlinux-aarch64-standard:3.0"],
    ["amazonlinux-aarch64-standard:2.0", "2026-06-30", "amazonlinux-aarch64-standard:3.0"],
    ["amazonlinux2-aarch64-standard:3.0", "2024-11-22", "amazonlinux-aarch64-standard:3.0"],
    ["amazonlinux2-x86_64-standard:5.0", "2024-11-22", "amazonlinux-x86_64-standard:5.0"],
    ["amazonlinux-aarch64-lambda-standard:dotnet6", "2024-12-20", "amazonlinux-aarch64-lambda-standard:dotnet10"],
    ["amazonlinux-x86_64-lambda-standard:dotnet8", "2026-11-10", "amazonlinux-x86_64-lambda-standard:dotnet10"],
    ["amazonlinux-aarch64-lambda-standard:nodejs18", "2025-09-01", "amazonlinux-aarch64-lambda-standard:nodejs22"],
    ["amazonlinux-x86_64-lambda-standard:nodejs20", "2026-04-30", "amazonlinux-x86_64-lambda-standard:nodejs22"],
    ["amazonlinux-x86_64-lambda-standard:ruby3.2", "2026-03-31", "amazonlinux-x86_64-lambda-standard:ruby3.4"],
    ["amazonlinux-x86_64-lambda-standard:corretto11", "2026-06-30", "amazonlinux-x86_64-lambda-standard:corretto21"],
    ["amazonlinux-x86_64-lambda-standard:corretto17", "2026-06-30", "amazonlinux-x86_64-lambda-standard:corretto21"],
    ["amazonlinux-x86_64-lambda-standard:go1.21", "2026-06-30", "amazonlinux-x86_64-lambda-standard:go1.24"],
    ["amazonlinux-x86_64-lambda-standard:python3.11", "2026-06-30", "amazonlinux-x86_64-lambda-standard:python3.12"],
];

describe("retired images", () => {
    for (const [name, since, successor] of retired) {
        it(`hold ${name} since ${since}`, () => {
            const found = retiredImage(`aws/codebuild/${name}`);
            assert.deepEqual([found?.since, found?.successor], [since, `aws/codebuild/${successor}`]);
        });
    }

    for (const name of [
        defaultImage,
        "aws/codebuild/amazonlinux-aarch64-standard:4.0",
        "aws/codebuild/amazonlinux-x86_64-standard:5.0",
        "aws/codebuild/amazonlinux-x86_64-standard:6.0",
        "aws/codebuild/standard:7.0",
        "aws/codebuild/standard:8.0",
        "aws/codebuild/standard:40",
        "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22",
        "111111111111.dkr.ecr.eu-west-1.amazonaws.com/standard:5.0",
        "node:8",
    ]) {
        it(`do not hold ${name}`, () => assert.equal(retiredImage(name), undefined));
    }

    it("are told by the day of the table, from the day itself on", () => {
        const image = "aws/codebuild/standard:7.0";
        assert.equal(retiredImage(image, "2027-03-31"), undefined);
        assert.equal(retiredImage(image, "2027-04-01")?.since, "2027-04-01");
        assert.equal(retiredImage(image), retiredImage(image, asOf));
    });
});

describe("retired runtimes", () => {
    for (const [runtime, since, successor] of [
        ["nodejs20.x", "2026-04-30", "nodejs24.x"],
        ["python3.10", "2026-10-31", "python3.14"],
        ["dotnet8", "2026-11-10", "dotnet10"],
        ["go1.x", "2024-01-08", "provided.al2023"],
        ["java8", "2024-01-08", "java25"],
        ["provided", "2024-01-08", "provided.al2023"],
        ["provided.al2", "2026-07-31", "provided.al2023"],
        ["ruby3.2", "2026-03-31", "ruby4.0"],
    ] as const) {
        it(`hold ${runtime} since ${since}`, () => {
            const found = retiredRuntime(runtime);
            assert.deepEqual([found?.since, found?.successor], [since, successor]);
        });
    }

    for (const runtime of ["nodejs22.x", "nodejs24.x", "python3.11", "java11", "java8.al2", "provided.al2023"]) {
        it(`do not hold ${runtime}`, () => assert.equal(retiredRuntime(runtime), undefined));
    }

    it("hold those to come from their day on", () => {
        assert.equal(retiredRuntime("nodejs22.x", "2027-04-29"), undefined);
        assert.equal(retiredRuntime("nodejs22.x", "2027-04-30")?.successor, "nodejs24.x");
    });
});

describe("the table of retirements", () => {
    it("has days, reasons and pages, and is of a day itself", () => {
        assert.match(asOf, day);
        for (const { names, since, why, source } of retirements) {
            assert.match(since, day, names.join());
            assert.match(source, /^https:\/\/\S+/);
            assert.ok(names.length > 0 && why.length > 10, names.join());
        }
    });

    it("sends nobody to what is retired itself", () => {
        for (const { names, successor } of retirements) {
            assert.equal((retiredImage(successor) ?? retiredRuntime(successor))?.names, undefined, names.join());
        }
    });

    it("keeps the processor of an image, and a runtime's language where that is still mended", () => {
        for (const { names, successor } of retirements) {
            for (const processor of ["aarch64", "x86_64"]) {
                const [name] = names;
                assert.equal(successor.includes(processor), name.includes(processor), name);
            }
        }
    });

    it("names nothing twice", () => {
        const names = retirements.flatMap(retirement => retirement.names);
        assert.equal(new Set(names).size, names.length);
    });
});
