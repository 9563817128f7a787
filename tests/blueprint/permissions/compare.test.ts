import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { comparePermissions, type Holder, type PlainStatement } from "../../../blueprint/permissions/compare";

const bucket = "arn:aws:s3:::artifacts";

const allow = (Action: string | readonly string[], Resource: string | readonly string[], more: object = {}) =>
    ({ Sid: "A", Effect: "Allow", Action: [Action].flat(), Resource: [Resource].flat(), ...more }) as PlainStatement;

const deny = (...args: Parameters<typeof allow>): PlainStatement => ({ ...allow(...args), Effect: "Deny" });

const trust = (Principal: PlainStatement["Principal"], Condition?: PlainStatement["Condition"]) =>
    allow("sts:AssumeRole", "*", { Principal, ...(Condition && { Condition }) });

const role = (statements: readonly PlainStatement[], more: Partial<Holder> = {}): Holder => ({
    key: "role a",
    of: "project a",
    arn: "arn:a",
    trust: [trust({ Service: "codebuild.amazonaws.com" })],
    statements,
    ...more,
});

/** `broader`, `narrower`, or nothing where nothing changes. */
function verdict(before: readonly Holder[], after: readonly Holder[]): string {
    const changes = comparePermissions(before, after);
    return changes.length === 0 ? "the same" : changes.some(({ broader }) => broader) ? "broader" : "narrower";
}

const get = "s3:GetObject";
const only = { Condition: { StringEquals: { k: "a" } } };

describe("a comparison of permissions", () => {
    const rows: readonly (readonly [
        title: string,
        before: PlainStatement[],
        after: PlainStatement[],
        way: string,
        back: string,
    ])[] = [
        ["a new action", [allow(get, "*")], [allow([get, "s3:PutObject"], "*")], "broader", "narrower"],
        ["a new statement", [], [allow(get, "*")], "broader", "narrower"],
        ["an action by wildcard", [allow(get, "*")], [allow("s3:Get*", "*")], "broader", "narrower"],
        ["an action in another case", [allow(get, "*")], [allow("S3:getobject", "*")], "the same", "the same"],
        ["a wider resource", [allow(get, `${bucket}/orders/*`)], [allow(get, `${bucket}/*`)], "broader", "narrower"],
        [
            "a part of a resource beside",
            [allow(get, `${bucket}/*`)],
            [allow(get, [`${bucket}/*`, `${bucket}/a/*`])],
            "the same",
            "the same",
        ],
        ["another resource", [allow(get, `${bucket}/a`)], [allow(get, `${bucket}/b`)], "broader", "broader"],
        [
            "two statements of one",
            [allow([get, "s3:PutObject"], "*")],
            [allow(get, "*"), allow("s3:PutObject", "*")],
            "the same",
            "the same",
        ],
        ["another Sid", [allow(get, "*")], [{ ...allow(get, "*"), Sid: "B" }], "the same", "the same"],
        ["a condition that is gone", [allow(get, "*", only)], [allow(get, "*")], "broader", "narrower"],
        [
            "another condition",
            [allow(get, "*", only)],
            [allow(get, "*", { Condition: { StringEquals: { k: "b" } } })],
            "broader",
            "broader",
        ],
        ["a refusal that is gone", [deny(get, "*")], [], "broader", "narrower"],
        ["a refusal of less", [deny(get, "*")], [deny(get, bucket)], "broader", "narrower"],
        ["a refusal under a condition", [deny(get, "*")], [deny(get, "*", only)], "broader", "narrower"],
        ["a refusal that turns round", [deny(get, "*")], [allow(get, "*")], "broader", "narrower"],
        [
            "another principal",
            [allow(get, "*", { Principal: { AWS: "a" } })],
            [allow(get, "*", { Principal: { AWS: ["b", "a"] } })],
            "broader",
            "narrower",
        ],
        [
            "a principal of another sort",
            [allow(get, "*", { Principal: { AWS: "a" } })],
            [allow(get, "*", { Principal: { Service: "a" } })],
            "broader",
            "broader",
        ],
        [
            "everybody",
            [allow(get, "*", { Principal: { AWS: "a" } })],
            [allow(get, "*", { Principal: "*" })],
            "broader",
            "narrower",
        ],
        [
            "everybody of AWS",
            [allow(get, "*", { Principal: { AWS: "*" } })],
            [allow(get, "*", { Principal: { AWS: "a" } })],
            "narrower",
            "broader",
        ],
    ];
    for (const [title, before, after, way, back] of rows) {
        it(`calls ${title} ${way}, and the way back ${back}`, () => {
            assert.equal(verdict([role(before)], [role(after)]), way);
            assert.equal(verdict([role(after)], [role(before)]), back);
        });
    }

    const holders: readonly (readonly [title: string, before: Holder[], after: Holder[], way: string, back: string])[] =
        [
            ["a new role", [], [role([])], "broader", "narrower"],
            ["a role with refusals", [], [role([deny(get, "*")])], "broader", "narrower"],
            ["a boundary", [role([])], [role([], { boundary: "most" })], "narrower", "broader"],
            ["another boundary", [role([], { boundary: "a" })], [role([], { boundary: "b" })], "broader", "broader"],
            ["another ARN", [role([])], [role([], { arn: "arn:b" })], "broader", "broader"],
            ["another name of the owner", [role([])], [role([], { of: "project b" })], "the same", "the same"],
            [
                "another service that assumes it",
                [role([])],
                [role([], { trust: [trust({ Service: "ec2.amazonaws.com" })] })],
                "broader",
                "broader",
            ],
            [
                "a trust under a condition",
                [role([])],
                [role([], { trust: [trust({ Service: "codebuild.amazonaws.com" }, { StringEquals: { k: "a" } })] })],
                "narrower",
                "broader",
            ],
        ];
    for (const [title, before, after, way, back] of holders) {
        it(`calls ${title} ${way}, and the way back ${back}`, () => {
            assert.equal(verdict(before, after), way);
            assert.equal(verdict(after, before), back);
        });
    }

    it("tells of a statement what is new and what is gone, and nothing else", () => {
        const before = allow([get, "s3:PutObject"], [`${bucket}/a`, `${bucket}/b`]);
        const after = allow([get, "s3:DeleteObject"], [`${bucket}/a`, `${bucket}/b`]);
        assert.deepEqual(comparePermissions([role([before])], [role([after])]), [
            {
                key: "role a",
                of: "project a",
                change: "changed",
                broader: true,
                notes: [],
                differences: [
                    {
                        what: "statement",
                        change: "added",
                        broader: true,
                        statement: { ...after, Action: ["s3:DeleteObject"] },
                    },
                    {
                        what: "statement",
                        change: "removed",
                        broader: false,
                        statement: { ...before, Action: ["s3:PutObject"] },
                    },
                ],
            },
        ]);
    });

    it("tells of what is broader what it was: of the same actions, on less or of the same statement", () => {
        const was = (before: PlainStatement[], after: PlainStatement[]) =>
            comparePermissions([role(before)], [role(after)]).flatMap(({ differences }) =>
                differences.map(difference => difference.was?.map(({ Action, Resource }) => [Action, Resource])),
            );
        const [narrow, other, wide] = [`${bucket}/a/*`, "arn:aws:s3:::else/*", `${bucket}/*`];
        const put = "s3:PutObject";
        assert.deepEqual(was([allow([get, put], narrow)], [allow(get, wide), allow(put, narrow)]), [
            [[[get], [narrow]]],
        ]);
        const sid = { Sid: "B" };
        assert.deepEqual(was([allow(get, other)], [allow(get, other), allow(get, wide, sid)]), [undefined]);
        assert.deepEqual(was([allow(get, other)], [allow(get, [other, wide])]), [[[[get], [other]]]]);
        assert.deepEqual(was([deny(get, wide)], [deny(get, narrow)]), [undefined]);
    });

    it("keeps the principals of one statement together, each with its own sort", () => {
        const Principal = { AWS: ["a", "b"], Service: ["s.amazonaws.com"] };
        const [{ differences }] = comparePermissions([role([])], [role([allow(get, "*", { Principal })])]);
        assert.deepEqual(differences[0].statement.Principal, Principal);
    });

    const names = fc.constantFrom("a", "b", "a*", "*", "a?");
    const statement = fc.record({
        Sid: fc.constantFrom("A", "B"),
        Effect: fc.constantFrom("Allow" as const, "Deny" as const),
        Principal: fc.option(fc.constantFrom("*" as const, { AWS: "a" }, { AWS: ["a", "b"], Service: "s" }), {
            nil: undefined,
        }),
        Action: fc.uniqueArray(
            names.map(name => `s3:${name}`),
            { minLength: 1, maxLength: 3 },
        ),
        Resource: fc.uniqueArray(
            names.map(name => `arn:aws:s3:::${name}`),
            { minLength: 1, maxLength: 3 },
        ),
        Condition: fc.option(
            fc.constantFrom({ StringEquals: { k: ["a", "b"] } }, { StringLike: { k: "a*" }, Bool: { l: "true" } }),
            { nil: undefined },
        ),
    }) as fc.Arbitrary<PlainStatement>;
    const statements = fc.array(statement, { maxLength: 4 });

    it("with itself is empty, in whatever order", () =>
        fc.assert(
            fc.property(statements, all => {
                const turned = all.map(one => ({
                    ...one,
                    Action: [...one.Action].reverse(),
                    Resource: [...one.Resource].reverse(),
                }));
                assert.deepEqual(comparePermissions([role(all)], [role(turned.reverse())]), []);
            }),
        ));

    it("marks every grant of something new", () =>
        fc.assert(
            fc.property(statements, fc.constantFrom("sqs:SendMessage", "sqs:*"), (all, action) =>
                assert.equal(verdict([role(all)], [role([...all, allow(action, "arn:aws:sqs:::q")])]), "broader"),
            ),
        ));

    it("marks no statement that is taken away, but a refusal, nor one that refuses more", () =>
        fc.assert(
            fc.property(statements, statement, (all, one) => {
                const less = [role([...all, { ...one, Effect: "Allow" }])];
                assert.notEqual(verdict(less, [role(all)]), "broader");
                assert.notEqual(verdict([role(all)], [role([...all, { ...one, Effect: "Deny" }])]), "broader");
            }),
        ));

    it("says nothing only where the way back says nothing", () =>
        fc.assert(
            fc.property(statements, statements, (before, after) =>
                assert.equal(
                    verdict([role(before)], [role(after)]) === "the same",
                    verdict([role(after)], [role(before)]) === "the same",
                ),
            ),
        ));
});
