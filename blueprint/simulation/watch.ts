import { order } from "./clock";
import { isOnItsWay, type Execution, type StageState, type State } from "./state";
import { note } from "./telling";
import { hour } from "./times";

/**
 * Tells people of `execution` when it is stuck, as functions/notify/notices/stuck.ts does: it has made no step for long, and
 * waits neither for a person nor for a gate nor behind another execution.
 */
export function watch(state: State, execution: Execution): void {
    const { clock, hours } = state;
    const limit = hours.stuck * hour;
    const lookAt = (at: number) => clock.at(at, order.reaction, look);
    const next = () => execution.started + (Math.floor((clock.now - execution.started) / limit) + 1) * limit;
    const look = (): void => {
        if (!isOnItsWay(execution)) {
            return;
        }
        const running = state.stages.filter(stage => (execution.runs.get(stage.plan.name)?.running.size ?? 0) > 0);
        const asked = running.some(stage => isAsked(stage, execution));
        const step = lastStep(state, execution);
        if (asked || (running.length === 0 && step + limit <= clock.now)) {
            lookAt(next());
        } else if (step + limit > clock.now) {
            lookAt(step + limit);
        } else {
            note(
                state,
                "execution-stuck",
                { execution },
                {
                    what: `execution ${execution.id} is stuck`,
                    why: `it has made no step for ${hours.stuck} h`,
                    news: { happenings: ["stuck"] },
                },
            );
        }
    };
    lookAt(execution.started + limit);
}

const isAsked = ({ plan }: StageState, { runs }: Execution): boolean =>
    plan.actions.some(
        ({ name, action }) => action.category === "Approval" && runs.get(plan.name)?.running.has(name) === true,
    );

/** When an action of `execution` last began or ended. */
const lastStep = ({ events }: State, { id, started }: Execution): number =>
    events.filter(({ execution, action }) => execution === id && action !== undefined).at(-1)?.at ?? started;
