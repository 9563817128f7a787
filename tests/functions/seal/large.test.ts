import * as assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { partSize } from "../../../functions/lib/seals/parts";
import { Aws } from "../support/aws";
import { answered, built, eventOf, executionId, once } from "../support/seals";
import { virtual, virtualZip } from "../support/virtual";

/** A run that has `milliseconds` when it is asked the first time. */
const short = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes outside the heap, which is where what is read lies; `external` has those of array buffers too. */
const outside = () => process.memoryUsage().external;

/** Time for nothing: what is kept back is more. */
const none = short(1000);

describe("seals of large artifacts", function () {
    this.timeout(180_000);

    it("need no memory for an artifact of gigabytes", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { large: virtual(3 * 2 ** 30 + 1), orders: virtualZip(5, 30 * 2 ** 20) });
        // What other tests have left in this process is not this one's.
        collect();
        const before = outside();
        let most = 0;
        aws.bucket.beforeRead = () => {
            if (outside() - before > 2 ** 27) {
                collect();
            }
            most = Math.max(most, outside() - before);
        };
        assert.equal((await answered(aws, "seal", { artifacts })).message, "sealed large (one file), orders (5 files)");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
        assert.equal(aws.bucket.longestRange, partSize);
        assert.ok(most > 0 && most < 2 ** 27, `${most} bytes`);
    });

    it("go on where the time of a run was over", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { a: virtualZip(4, 50 * 2 ** 20), b: virtualZip(2, 40 * 2 ** 20) });
        const { now } = Date;
        let clock = 0;
        // Of the 100 seconds of a run 60 are kept back: it ends within parts, files and artifacts.
        let pace = 1500;
        aws.bucket.beforeRead = () => void (clock += pace);
        Date.now = () => clock;
        let [rounds, token] = [0, undefined as string | undefined];
        const next = async (which: "seal" | "verify") => {
            const answer = await once(
                aws,
                which,
                eventOf(which, { artifacts, ...(token !== undefined && { token }) }),
                short(100_000),
            );
            token = answer.token;
            rounds++;
            return answer;
        };
        try {
            for (const which of ["seal", "verify"] as const) {
                pace = which === "seal" ? 1500 : 10_000;
                rounds = 0;
                token = undefined;
                let answer = await next(which);
                while (answer.verdict === "on") {
                    answer = await next(which);
                }
                assert.equal(answer.verdict, "yes", answer.message);
                assert.ok(rounds > 1 && rounds < 100, `${which}: ${rounds}`);
            }
        } finally {
            Date.now = now;
        }
        assert.ok(aws.bucket.keys.includes(`seals/work/shop--orders/${executionId(1)}/a.json`));
    });

    it("fail, and do not go on for ever, where no run comes any further", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { a: virtual(10) });
        assert.match((await answered(aws, "seal", { artifacts }, none)).message, /nothing could be read in the time/);
        await answered(aws, "seal", { artifacts });
        assert.match((await answered(aws, "verify", { artifacts }, none)).message, /could not be read in time/);
    });

    it("take no work over from another version of the object", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { a: virtual(10) });
        const first = await once(aws, "seal", eventOf("seal", { artifacts }), none);
        const key = `seals/work/shop--orders/${executionId(1)}/a.json`;
        const kept = JSON.parse(aws.bucket.read(key).toString());
        aws.bucket.put(key, JSON.stringify({ ...kept, parts: ["0".repeat(64)] }));
        aws.bucket.put(artifacts[0].key, "another");
        assert.equal((await answered(aws, "seal", { artifacts, token: first.token })).verdict, "yes");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });
});
