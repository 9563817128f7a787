import { Malformed, Misconfigured, together } from "../lib/errors";
import { allWaiting, forgetWaiting, type Waiting } from "./kept/approvals";
import type { Kept } from "./kept/item";
import { dueMoments, forgetMoment, noteMoment, type Moment } from "./kept/moments";
import { measured } from "./measures";
import { expiring, runOf } from "./notices/approval";
import { lookAt, type Finding } from "./notices/stuck";
import { tell } from "./tell";
import type { World } from "./world";

/** How many things are looked at side by side: CodePipeline's API is shared with the pipelines themselves. */
const abreast = 5;

/** An answer may be on its way for so long, in milliseconds; until then its approval is believed to wait. */
const grace = 10 * 60 * 1000;

/** How long a moment that fails is tried again, in milliseconds. */
const patience = 24 * 60 * 60 * 1000;

/** Looks at all whose time has come, and measures what waits. Nothing of it keeps the rest from being done. */
export const tick = (world: World): Promise<void> =>
    together([
        async () => inTurns(await dueMoments(world.table, world.now()), moment => settle(moment, world)),
        () => measure(world),
    ]);

/** Does `deed` for all `items`, a few at a time, whatever becomes of each; what has failed is thrown at the end. */
function inTurns<T>(items: readonly T[], deed: (item: T) => Promise<void>): Promise<void> {
    const lanes = Array<Promise<unknown>>(abreast).fill(Promise.resolve());
    const runs = items.map((item, index) => {
        const run = lanes[index % abreast].then(() => deed(item));
        lanes[index % abreast] = run.catch(() => undefined);
        return run;
    });
    return together(runs.map(run => () => run));
}

/**
 * A moment that fails comes again with the next tick, so the tick itself need not. Given up, it is told of as a dead letter:
 * where somebody has to mend something first, or after a day.
 */
async function settle(kept: Kept<Moment>, world: World): Promise<void> {
    try {
        await look(kept, world);
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : "something was thrown";
        const hopeless = error instanceof Malformed || error instanceof Misconfigured;
        if (!hopeless && world.now() < Date.parse(kept.value.due) + patience) {
            console.error(JSON.stringify({ moment: kept.sk, reason }));
            return;
        }
        await forgetMoment(world.table, kept.sk);
        throw new Misconfigured(`given up: the moment ${kept.sk}: ${reason}`);
    }
}

/** A moment is forgotten when all is told of it, or when it is put off. */
async function look({ sk, value: moment }: Kept<Moment>, world: World): Promise<void> {
    const finding = await findingOf(moment, `moment#${sk}`, world);
    if ("lookAgain" in finding && moment.kind === "stuck") {
        await noteMoment(world.table, { ...moment, due: finding.lookAgain });
    }
    if ("draft" in finding) {
        await tell(finding.draft, world);
    }
    await forgetMoment(world.table, sk);
}

async function findingOf(moment: Moment, id: string, world: World): Promise<Finding> {
    if (moment.kind === "stuck") {
        return lookAt(moment, id, world);
    }
    return (await stillWaits(moment, world)) ? { draft: expiring(moment, id, world.now(), world) } : { over: true };
}

const stillWaits = async (
    approval: Parameters<typeof runOf>[0] & Pick<Waiting, "pipeline" | "execution">,
    world: World,
) => runOf(approval, await world.facts.actions(approval.pipeline, approval.execution))?.status === "InProgress";

/** Writes how many approvals wait, and how long. One whose answer was never told of is found here. */
async function measure(world: World): Promise<void> {
    const waiting: Waiting[] = [];
    await inTurns(await allWaiting(world.table), async ({ value: approval }) => {
        if (await waitsFor(approval, world)) {
            waiting.push(approval);
        } else {
            await forgetWaiting(world.table, approval);
        }
    });
    measured(waiting, world).forEach(line => world.write(line));
}

/** Whether an approval waits, as far as can be found out: what cannot be asked is believed. */
async function waitsFor(approval: Waiting, world: World): Promise<boolean> {
    if (world.now() - Date.parse(approval.since) < grace) {
        return true;
    }
    try {
        return await stillWaits(approval, world);
    } catch (error) {
        console.warn(JSON.stringify({ reason: `whether an approval still waits is not known: ${String(error)}` }));
        return true;
    }
}
