import * as assert from "node:assert/strict";
import { checkFleet } from "../../blueprint/rules";
import { fleetOf, type Words } from "./support/fleet";

const mail = { type: "sns", emails: ["ops@shop.example"] };
const notify = { mail: ["failed", "alarm"] };
const told: Words = { targets: { mail }, notify };

describe("rules of the names of targets", () => {
    it("name queues and channels as AWS takes them", () => {
        const fleet = fleetOf({
            ...told,
            targets: {
                mail,
                ["long-".repeat(6) + "q"]: { type: "sqs" },
                ["long-".repeat(6) + "c"]: { type: "chat", slack: { workspaceId: "T1", channelId: "C1" } },
            },
            notify: { ...notify, ["long-".repeat(6) + "q"]: ["failed"], ["long-".repeat(6) + "c"]: ["failed"] },
        });
        assert.deepEqual(checkFleet(fleet), { errors: [], warnings: [] });
        const { operations } = fleet.shared;
        const wrong = (change: object) => {
            const targets = operations.targets.map(target => ({ ...target, ...change }));
            return checkFleet({
                ...fleet,
                shared: { ...fleet.shared, operations: { ...operations, targets } },
            }).errors.map(({ message }) => message);
        };
        const [queue] = wrong({ queue: { name: "q".repeat(81), retentionSeconds: 60 } });
        assert.equal(
            queue,
            `the derived name "${"q".repeat(81)}" of a queue has 81 characters, of at most 80: choose a shorter word`,
        );
        const chat = {
            name: "c.",
            roleName: "r",
            guardrails: [],
            channel: { client: "Slack", workspaceId: "T", channelId: "C" },
        };
        assert.ok(
            wrong({ chat }).includes(
                'the derived name "c." of a chat configuration holds a character that AWS does not take there (^[A-Za-z0-9_-]+$)',
            ),
        );
        assert.ok(
            wrong({ topic: { name: "t.", arn: "", emails: [], https: [] } }).some(line =>
                line.includes('"t." of a topic holds'),
            ),
        );
    });
});
