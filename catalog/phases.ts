/** Parts of a command's work that are timed apart. */
export const phases = ["load", "yaml", "config", "blueprint", "rules", "registration", "validation", "output"] as const;

export type Phase = (typeof phases)[number];

const spent = new Map<Phase, number>();

/** Milliseconds in each phase so far, that of a phase that comes again with what it took before. */
export const spentOn = (phase: Phase): number => spent.get(phase) ?? 0;

/** Adds `milliseconds` to a phase. */
export const spend = (phase: Phase, milliseconds: number): void => {
    spent.set(phase, spentOn(phase) + milliseconds);
};

const spentOnAll = () => [...spent.values()].reduce((sum, one) => sum + one, 0);

/**
 * What `work` returns; the time it takes, until what it promises is there, is added to `phase`, but for what phases within it
 * took.
 */
export function timed<T>(phase: Phase, work: () => T): T {
    const [start, before] = [performance.now(), spentOnAll()];
    const stop = () => spend(phase, performance.now() - start - (spentOnAll() - before));
    let result: T;
    try {
        result = work();
    } catch (error) {
        stop();
        throw error;
    }
    if (result instanceof Promise) {
        return result.finally(stop) as T;
    }
    stop();
    return result;
}
