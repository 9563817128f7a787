import type { LocatedProblem, StackSource } from "../../config/source";
import { roleOf, spread, type StackFiles } from "../../config/spread";
import { awsKeys } from "../../config/schema";
import { once } from "./once";
import { placeOf, type StackSummary } from "./summary";

/** One job: a stack that is previewed, or brought up. */
export interface StackJob extends Pick<StackSummary, "stack" | "role" | "platform"> {
    /** Account that the stack is in. */
    readonly account: string;
    readonly region: string;
}

/** Jobs as GitHub Actions takes them for `strategy.matrix`. */
export interface JobMatrix {
    readonly include: readonly StackJob[];
}

/**
 * The stacks of a folder by what they wait for: those of {@link Matrix.services} for their platforms, the others for nothing. Stacks of one
 * list know nothing of each other, so they can be brought up at the same time.
 */
export interface Matrix {
    /** How many there are: a matrix of none is an error of GitHub Actions, so its job is skipped. */
    readonly counts: { readonly platforms: number; readonly services: number; readonly both: number };
    readonly platforms: JobMatrix;
    readonly services: JobMatrix;
    readonly both: JobMatrix;
}

/**
 * More jobs than these no matrix has.
 *
 * @see https://docs.github.com/en/actions/reference/limits
 */
const mostJobs = 256;

/** The matrix of the stacks of `files`, read and not planned; and what is wrong with it. */
export function matrixOf(files: StackFiles): { readonly matrix: Matrix; readonly problems: readonly LocatedProblem[] } {
    const sources = files.stacks().flatMap(stack => files.read(stack) ?? []);
    const jobs = sources.map(source => jobOf(source));
    const list = (role: StackJob["role"]): JobMatrix => ({ include: jobs.filter(job => job.role === role) });
    const [platforms, services, both] = [list("platform"), list("services"), list("both")];
    const counts = {
        platforms: platforms.include.length,
        services: services.include.length,
        both: both.include.length,
    };
    const problems = sources.flatMap(source => [...spread(source, files).problems, ...nowhere(source)]);
    const tooMany = Object.entries(counts)
        .filter(([, count]) => count > mostJobs)
        .map(([name, count]) => ({
            path: [],
            message: `${count} stacks in the list ${name}, and GitHub Actions makes at most ${mostJobs} jobs of one matrix: put services of several stacks into one`,
        }));
    return { matrix: { counts, platforms, services, both }, problems: once([...problems, ...tooMany]) };
}

function jobOf(source: StackSource): StackJob {
    const { stack, values } = source;
    const role = roleOf(values);
    const { account = "", region = "" } = placeOf(source);
    return {
        stack,
        role,
        ...(role === "services" && { platform: String(values.platform) }),
        account,
        region,
    };
}

/** That it cannot be known where a stack is. */
function nowhere(source: StackSource): LocatedProblem[] {
    const { account, region } = placeOf(source);
    return source.problems.length > 0
        ? []
        : awsKeys
              .filter(key => (key === "aws:region" ? region : account) === undefined)
              .map(key => ({
                  path: [key],
                  message: `expected ${key === "aws:region" ? "a region" : "exactly one account id"}, which the stack's job takes its credentials for`,
                  ...place(source, key),
              }));
}

function place(source: StackSource, key: string): Pick<LocatedProblem, "position"> {
    const position = source.locate([key]);
    return position === undefined ? {} : { position };
}
