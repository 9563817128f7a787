import * as assert from "node:assert/strict";
import { CodePipelineClient, type StageExecutionStatus } from "@aws-sdk/client-codepipeline";
import { Names } from "../../../../blueprint/names";
import type { Freeze } from "../../../../cli/freezes";
import type { PipelineStatus, ServiceStatus } from "../../../../cli/status/fleet-status";
import { serviceStatus } from "../../../../cli/status/service";
import { home, planOf, stackFile } from "../../../support/plans";
import { ago, codePipeline, commitId, id, type Did, type Made, type World } from "./world";

export const fleet = planOf(
    stackFile(`
environments:
    - { name: staging }
    - { name: prod, freezable: true, approval: { notify: [b@shop.example, a@shop.example], timeoutHours: 48 } }
services:
    orders:
        source: { repository: acme/orders }
        build: { type: none }
        deploys:
            api: { type: s3, bucket: "api-{environment}" }
            web: { type: s3, bucket: "web-{environment}" }
        suites: { smoke: { after: deploy, commands: [npm test] } }
`),
);
export const [pipeline] = fleet.pipelines;

/** A release that went all the way in `stage`, `minutes` ago. */
export const through = (stage: string, minutes: number): Did[] => [
    [stage, "api", "Succeeded", minutes + 4, minutes + 3],
    [stage, "web", "Succeeded", minutes + 4, minutes + 2],
    [stage, "smoke", "Succeeded", minutes + 1, minutes],
];

export const made = (number: number, began: number, did: readonly Did[], further: Partial<Made> = {}): Made => ({
    number,
    began,
    did,
    ...further,
});

/** Releases 1 and 2 are in staging; nothing goes on. */
export const calm: World = {
    version: 7,
    executions: [made(2, 100, through("staging", 90)), made(1, 200, through("staging", 190))],
    stages: { staging: { latest: [2, "Succeeded"], succeeded: [2, 1] }, "Approve-prod": {}, prod: {} },
};

/** Like {@link calm}, with a third execution that did `did` in staging, where it now is `status`. */
export const third = (status: StageExecutionStatus, did: readonly Did[], more: Partial<Made> = {}): World => ({
    ...calm,
    executions: [made(3, 50, did, { more: { status: "InProgress" }, ...more }), ...calm.executions],
    stages: { ...calm.stages, staging: { latest: [3, status], succeeded: [2, 1] } },
});

export const commit = (number: number) => [
    {
        source: "source",
        id: commitId(number),
        summary: `Change ${number}`,
        url: `https://git.example/commit/${number}`,
    },
];
export const run = (number: number) => ({ execution: id(number), revisions: commit(number) });
export const back = (number: number, began: number, ...notes: readonly string[]) => ({
    possible: true,
    ...run(number),
    started: ago(began),
    notes,
});
export const noWay = (why: string) => ({ possible: false, why });
export const noneBefore = noWay("no older release has succeeded here in version 7 of the pipeline");

/** Says of an action that it is an approval. */
export const approval = { input: { actionTypeId: { category: "Approval" } } } as never;
/** Release 2 is, or was, before production: somebody has to say yes. */
export const waits = (status: "Failed" | "InProgress", more: Did[5] = approval): World => ({
    ...calm,
    executions: [
        made(2, 100, [
            ...through("staging", 90),
            ["Approve-prod", "approve", status, 60, status === "Failed" ? 30 : 60, more],
        ]),
        calm.executions[1],
    ],
    stages: { ...calm.stages, "Approve-prod": { latest: [2, status], inbound: [] } },
});

/** Reads the service in a world; to be called once in a suite, as it installs the stand-in before each test. */
export function reader() {
    let world: World | undefined;
    const { mock, install } = codePipeline(() => (world === undefined ? {} : { [pipeline.name]: world }));
    beforeEach(install);
    const status = (known: World | undefined, freezes: readonly Freeze[] = []): Promise<ServiceStatus> => {
        world = known;
        const client = new CodePipelineClient({ region: home.region });
        return serviceStatus(pipeline, { client, names: new Names(fleet.prefix), freezes });
    };
    const read = async (known: World, freezes: readonly Freeze[] = []): Promise<PipelineStatus> => {
        const found = await status(known, freezes);
        assert.ok(found.state === "read", JSON.stringify(found));
        return found;
    };
    /** One test for what goes on in `known`, the answers of AWS in pages of so many entries. */
    const goesOn = (title: string, known: World, expected: Partial<PipelineStatus>, pages = [100, 1]) =>
        pages.forEach(page => {
            it(`${title}; in pages of ${page}`, async () => {
                const { waiting, running, failed, disabled } = await read({ ...known, page });
                const nothing = { waiting: [], running: [], failed: [], disabled: [] };
                assert.deepEqual({ waiting, running, failed, disabled }, { ...nothing, ...expected });
            });
        });
    return { mock, status, read, goesOn };
}
