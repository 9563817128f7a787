import * as assert from "node:assert/strict";
import { buildPrices } from "../../../blueprint/prices/builds";
import { everyRegion, type Price } from "../../../blueprint/prices/price";
import { sources } from "../../../blueprint/prices/sources";
import {
    buildPriceIn,
    fallbackRegion,
    priceIn,
    priceTable,
    tableDate,
    type PriceKey,
} from "../../../blueprint/prices/table";

/** Regions that people use: what is priced is priced for all of them, if by the price of another. */
const regions =
    "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 eu-south-1 " +
    "ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 sa-east-1";

const all: readonly (readonly [string, Price])[] = [...Object.entries(priceTable), ...Object.entries(buildPrices)];

/** What is wrong with a price: nothing, or in words. */
function faults([key, { what, per, rows }]: readonly [string, Price]): string[] {
    const of = rows.flatMap(({ usd }) => Object.entries(usd));
    const base = of.find(([region]) => region === fallbackRegion)?.[1] ?? of[0]?.[1] ?? 0;
    const twice = of.filter(([region], index) => of.findIndex(([other]) => other === region) !== index);
    const known = regions.split(" ");
    return [
        ...(what === "" || per === "" || of.length === 0 ? ["has no words or no rows"] : []),
        ...rows.flatMap(({ source, sku }) => {
            const { page = "", date = "", how = "" } = sources[source] ?? {};
            return /^https:\/\/\S*(amazon|amazonaws)\.com\//.test(page) &&
                /^202\d-(0[1-9]|1[0-2])(-\d\d)?$/.test(date) &&
                date.slice(0, 7) <= tableDate &&
                how !== "" &&
                sku !== ""
                ? []
                : [`has a row without a source, a date or a name: ${JSON.stringify([source, sku])}`];
        }),
        ...of.filter(([region]) => ![everyRegion, ...known].includes(region)).map(([region]) => `of ${region}?`),
        ...twice.map(([region]) => `has two prices in ${region}`),
        // São Paulo's NAT gateway is about twice Virginia's; no price that was found is further from it.
        ...of
            .filter(([, usd]) => !(usd > 0) || usd > base * 2.5 || usd < base / 2.5)
            .map(([region, usd]) => `deviates in ${region}: ${usd} against ${base}`),
    ].map(fault => `${key} ${fault}`);
}

describe("the price table", () => {
    it("has for each row a page of AWS, a date and the name that it has there, and no price that is far from the others", () =>
        assert.deepEqual(all.flatMap(faults), []));

    for (const [title, price, fault] of [
        ["no source", { rows: [{ source: "memory", sku: "x", usd: { "us-east-1": 1 } }] }, /without a source/],
        ["no name there", { rows: [{ source: "natData", sku: "", usd: { "us-east-1": 1 } }] }, /without a source/],
        [
            "a comma that slipped",
            { rows: [{ source: "natData", sku: "x", usd: { "us-east-1": 1, "eu-west-1": 10 } }] },
            /deviates/,
        ],
        ["a price of nothing", { rows: [{ source: "natData", sku: "x", usd: { "us-east-1": 0 } }] }, /deviates/],
        [
            "a region that there is not",
            { rows: [{ source: "natData", sku: "x", usd: { "eu-west-9": 1 } }] },
            /eu-west-9/,
        ],
        [
            "two prices of a region",
            { rows: [1, 2].map(usd => ({ source: "natData", sku: "x", usd: { "us-east-1": usd } })) },
            /two prices/,
        ],
        ["no rows", { rows: [] }, /no rows/],
    ] as const) {
        it(`refuses a row with ${title}`, () =>
            assert.match(faults(["x", { what: "x", per: "hour", ...price } as unknown as Price]).join(), fault));
    }

    it("uses every source", () =>
        assert.deepEqual(
            [...new Set(all.flatMap(([, { rows }]) => rows.map(({ source }) => source)))].sort(),
            Object.keys(sources).sort(),
        ));

    it("has a price of everything, builds aside, in every region that people use, partitions of governments too", () => {
        for (const region of [...regions.split(" "), "us-gov-west-1", "cn-north-1", "eu-west-9"]) {
            for (const key of Object.keys(priceTable) as PriceKey[]) {
                assert.ok(priceIn(key, region).usd > 0, `${key} in ${region}`);
            }
        }
    });

    for (const [title, key, region, wanted] of [
        ["its own price", "natGatewayHour", "sa-east-1", { usd: 0.093 }],
        ["the price of every region", "actionMinute", "eu-north-1", { usd: 0.002 }],
        ["its own before that of every region", "functionGbSecond", "eu-south-1", { usd: 0.0000156138 }],
        ["that of us-east-1, and says so", "endpointHour", "eu-south-1", { usd: 0.01, of: "us-east-1" }],
        [
            "that of the commercial regions as us-east-1's",
            "actionMinute",
            "cn-north-1",
            { usd: 0.002, of: "us-east-1" },
        ],
    ] as const) {
        it(`finds for a region ${title}`, () => assert.deepEqual(priceIn(key, region), wanted));
    }

    for (const [machine, region, wanted] of [
        ["LINUX_CONTAINER BUILD_GENERAL1_MEDIUM", "eu-west-1", { usd: 0.01, counted: "minute" }],
        ["ARM_CONTAINER BUILD_GENERAL1_SMALL", "eu-west-1", { usd: 0.0034, of: "us-east-1", counted: "minute" }],
        ["ARM_CONTAINER BUILD_GENERAL1_MEDIUM", "ap-northeast-1", { usd: 0.009, counted: "minute" }],
        ["ARM_CONTAINER BUILD_GENERAL1_MEDIUM", "us-east-1", undefined],
        ["ARM_LAMBDA_CONTAINER BUILD_LAMBDA_1GB", "ap-northeast-1", { usd: 0.0006, counted: "second" }],
        ["constructor toString", "us-east-1", undefined],
    ] as const) {
        it(`prices a minute on ${machine} in ${region}`, () => {
            const [environmentType, computeType] = machine.split(" ");
            const found = buildPriceIn(environmentType, computeType, region);
            assert.deepEqual(found && { ...found, usd: Number(found.usd.toFixed(6)) }, wanted);
        });
    }
});
