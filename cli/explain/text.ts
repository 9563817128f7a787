import type { Paint } from "../paint";
import { wrapped } from "../status/words";
import type { Explanation } from "./explanation";

/** Characters of a line. */
const width = 100;

/** What words mean that cannot be left out. */
const meanings: Readonly<Record<string, string>> = {
    account: "a closed area of AWS with its own people, bill and resources; here known by its number.",
    action: "one thing that a stage does. All of its actions must succeed.",
    alarm: "watches a number, such as errors per minute, and rings when it is too high.",
    environment: "a place where the service runs, such as staging or prod.",
    gate: "a condition. Where it does not hold, the release does not go on.",
    release: "one change on its way through the pipeline.",
    role: "what somebody or something may do in AWS. People and machines put it on for a task.",
    stage: "a part of the pipeline. The next one begins when all of it has succeeded.",
};

/** An explanation, for people who know no AWS. */
export function explanationText(all: Explanation, paint: Paint): string {
    const { environment, later, service, stack, steps } = all;
    const section = (title: string, lines: readonly string[]) =>
        lines.length === 0 ? [] : ["", paint.heading(title), ...lines.flatMap(line => item(line, "  - ", "    "))];
    return [
        paint.heading(
            clean(
                `${environment === undefined ? `What happens to a change of ${service}, which is deployed nowhere` : `How a change of ${service} gets to ${environment}`} (stack ${stack})`,
            ),
        ),
        ...section("What starts it", all.starts),
        "",
        paint.heading("What happens, in this order"),
        ...steps.flatMap(({ title, says }, index) => [
            ...item(title, `${String(index + 1).padStart(3)}. `, "     "),
            ...says.flatMap(line =>
                line.startsWith("- ") ? item(line.slice(2), "       - ", "         ") : item(line, "     ", "     "),
            ),
        ]),
        ...(later.length === 0 ? [] : ["", clean(`From there it goes on to ${later.join(", then ")}.`)]),
        ...section("What can stop it", all.stops),
        ...section("What brings it back", all.back),
        ...section("Who is told", all.told),
        ...section("Which accounts and roles", all.places),
        ...section(
            "What is weaker than it could be",
            all.weaker.length === 0 ? ["Nothing of this service's own."] : all.weaker,
        ),
        ...section("What must be so before", all.needs),
        ...section(
            "Words",
            Object.entries(meanings).map(([word, meaning]) => `${word}: ${meaning}`),
        ),
        "",
    ].join("\n");
}

/** `text` without what is no character to be seen: a name must not move the cursor of whoever reads it. */
const clean = (text: string) => wrapped(text, Number.MAX_SAFE_INTEGER).join(" ");

/** `text` in lines, the first behind `mark`. */
const item = (text: string, mark: string, indent: string): string[] =>
    wrapped(text, width - mark.length).map((line, index) => `${index === 0 ? mark : indent}${line}`);
