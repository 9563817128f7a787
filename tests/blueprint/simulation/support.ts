import { scriptOf, commitOf, type Script } from "../../../blueprint/simulation/script";
import { simulate } from "../../../blueprint/simulation/simulate";
import type { Simulation, TimelineEvent } from "../../../blueprint/simulation/simulation";
import type { PipelinePlan } from "../../../blueprint/plan";
import { minute } from "../../../blueprint/simulation/times";
import { fleetOf, pipelineOf, type Words } from "../support/fleet";

/** A pipeline of a service that is deployed to dev and prod, with `words` of the stack file. */
export const pipelineWith = (words: Words = {}, service: Words = {}): PipelinePlan =>
    pipelineOf(
        fleetOf({
            environments: [{ name: "dev" }, { name: "prod" }],
            notify: { people: ["started", "succeeded", "failed", "recovered", "rolled-back"] },
            ...words,
            services: {
                orders: {
                    source: { repository: "acme/orders" },
                    build: { commands: ["make"] },
                    deploy: { type: "s3", bucket: "orders-{environment}" },
                    ...service,
                },
            },
        }),
    );

/** Plays a script of `words` in which every action takes ten minutes unless it says otherwise. */
export const play = (plan: PipelinePlan, words: Partial<Script>): Simulation =>
    simulate(plan, scriptOf({ durations: { default: 10 * minute }, ...words }));

/** Commits at the minutes that are said, in their order. */
export const commits = (minutes: Readonly<Record<string, number>>) =>
    Object.entries(minutes).map(([id, at]) => commitOf(id, { at: at * minute }));

/** What happened, a line for each event of one of `kinds`: its minute, the commit and the stage. */
export const lines = ({ events }: Simulation, ...kinds: readonly TimelineEvent["kind"][]): string[] =>
    events
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ at, kind, commit, stage }) =>
            [at / minute, kind, commit, stage].filter(word => word !== undefined).join(" "),
        );

/** The status of each release by commit. */
export const statuses = ({ executions }: Simulation): Record<string, string> =>
    Object.fromEntries(
        executions.filter(({ type }) => type === "STANDARD").map(({ commit, status }) => [commit, status]),
    );

/** What is in `environment` at the end. */
export const thereIn = ({ environments }: Simulation, environment: string): string | undefined =>
    environments.find(one => one.environment === environment)?.deployments.at(-1)?.commit;
