import { ended, type Place } from "./actions";
import { order } from "./clock";
import { usualAnswer, type Answer } from "./script";
import { environmentOf, nameOf, runIn } from "./state";
import { note } from "./telling";
import { durationText, hour, minute } from "./times";

/**
 * Minutes that an approval waits for an answer where it says none: seven days.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
const usualTimeout = 7 * 24 * 60;

/**
 * Asks people, and waits for what they say: a no is a failed action, and so is no answer in time.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-approve-or-reject.html
 */
export function askPeople(place: Place): void {
    const { state, execution, stage, action } = place;
    const { clock, hours } = state;
    const environment = environmentOf(stage.plan);
    const timeout = (action.timeoutMinutes ?? usualTimeout) * minute;
    const expires = clock.now + timeout;
    const { after, answer, by } = answerTo(place, environment);
    const asked = stage.plan.approval?.notify ?? [];
    const words = { action: action.name, attempt: place.attempt };
    const where = environment ?? stage.plan.name;
    note(state, "approval-asked", place, {
        ...words,
        what: `${nameOf(execution)} waits for a yes to go to ${where}`,
        why: `${asked.length === 0 ? "nobody" : asked.join(", ")} asked by mail, ${durationText(timeout)} to answer`,
        news: { happenings: ["approval-needed"] },
    });
    clock.at(Math.max(expires - hours.approvalReminder * hour, clock.now + timeout / 2), order.reaction, () => {
        if (isAsked(place)) {
            note(state, "approval-expiring", place, {
                ...words,
                what: `${nameOf(execution)} still waits for a yes to go to ${where}`,
                why: `${durationText(expires - clock.now)} left`,
                news: { happenings: ["approval-expiring"] },
            });
        }
    });
    const answered = answer !== "none" && after < timeout;
    clock.at(answered ? clock.now + after : expires, order.people, () => {
        if (!isAsked(place)) {
            return;
        }
        const yes = answered && answer === "approve";
        note(state, yes ? "approval-given" : answered ? "approval-refused" : "approval-expired", place, {
            ...words,
            what: `${nameOf(execution)} ${yes ? "may" : answered ? "may not" : "does not"} go to ${where}`,
            why: answered
                ? `${by ?? "somebody"} says ${yes ? "yes" : "no"}`
                : `nobody has answered within ${durationText(timeout)}`,
            news: { happenings: ["approval-answered"] },
        });
        ended(place, yes ? undefined : answered ? "it was refused" : "it has expired");
    });
}

const isAsked = ({ execution, stage, action, token }: Place): boolean => {
    const run = runIn(execution, stage);
    return run.token === token && run.running.has(action.name);
};

/** The first answer of the script that is meant; without one, a yes after some minutes. */
function answerTo({ state, execution, attempt }: Place, environment: string | undefined): Omit<Answer, "environment"> {
    return (
        state.script.approvals.find(
            one =>
                (one.environment ?? environment) === environment &&
                (one.commit ?? execution.commit.id) === execution.commit.id &&
                (one.attempt ?? attempt) === attempt,
        ) ?? { after: usualAnswer, answer: "approve" }
    );
}
