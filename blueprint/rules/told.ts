import type { Problem } from "../../catalog/problem";
import type { Happening } from "../../functions/lib/happenings";
import type { FleetPlan, PipelinePlan } from "../plan";
import { isTold } from "../told";
import type { FleetRule } from "./rule";

/** What one environment has of pipelines of which something is not told. */
export interface Silence {
    readonly environment: string;
    /** The services that nobody is told of; undefined where it is all that there are. */
    readonly services?: readonly string[];
}

/**
 * Where nobody is told of `what`, by environment in their order.
 *
 * @param concerned - whether it can happen to a pipeline in an environment
 */
export function silences(
    { pipelines, environments }: FleetPlan,
    what: Happening,
    concerned: (pipeline: PipelinePlan, environment: string) => boolean,
): Silence[] {
    return environments.flatMap(environment => {
        const all = pipelines.filter(pipeline => concerned(pipeline, environment));
        const silent = all.filter(({ told }) => !isTold(told, environment, what));
        const services = silent.map(({ service }) => service);
        return silent.length === 0 ? [] : [{ environment, ...(silent.length < all.length && { services }) }];
    });
}

/** A problem for each silence: of the environment, or of each of its services that is different from the others. */
export const silenceProblems = (
    all: readonly Silence[],
    message: (environment: string, service?: string) => string,
): Problem[] =>
    all.flatMap(({ environment, services }) =>
        services === undefined
            ? [{ path: ["environments"], message: message(environment) }]
            : services.map(service => ({ path: ["services", service], message: message(environment, service) })),
    );

const isDeployedTo = ({ stages }: PipelinePlan, environment: string) =>
    stages.some(stage => stage.purpose === "environment" && stage.environment === environment);

/** Pipelines of which everything is told but what fails before any environment. */
function earlySilences({ pipelines, environments }: FleetPlan): Problem[] {
    const all = pipelines.filter(({ purpose }) => purpose === "release");
    const silent = all.filter(
        pipeline =>
            !Object.values(pipeline.told.everywhere).some(words => words.includes("failed")) &&
            environments.every(name => !isDeployedTo(pipeline, name) || isTold(pipeline.told, name, "failed")),
    );
    const message = (what: string) =>
        `nobody is told that ${what} fails before its first environment, in a build or a suite: name a target for \`failed\` in \`notify\``;
    return silent.length > 0 && silent.length === all.length
        ? [{ path: ["notify"], message: message("a pipeline") }]
        : silent.map(({ service }) => ({ path: ["services", service], message: message(service) }));
}

/** What opens an alert of a pager, and what of the same target closes it. */
const closing: readonly (readonly [Happening, readonly Happening[]])[] = [
    ["failed", ["succeeded", "recovered"]],
    ["rolled-back", ["succeeded"]],
    ["stuck", ["succeeded"]],
    ["approval-needed", ["approval-answered"]],
    ["approval-expiring", ["approval-answered"]],
];

/** Pagers that are told of trouble somewhere, and not of its end. */
const openAlerts = ({ shared, pipelines }: FleetPlan): Problem[] =>
    shared.operations.targets
        .filter(({ type }) => type === "pager-duty")
        .flatMap(({ key }) => {
            const heard = pipelines.flatMap(({ told }) =>
                Object.values(told.environments).map(routes => routes[key] ?? []),
            );
            const [open] = closing.filter(([what, ends]) =>
                heard.some(words => words.includes(what) && !ends.some(end => words.includes(end))),
            );
            return open === undefined
                ? []
                : [
                      {
                          path: ["targets", key],
                          message: `is told \`${open[0]}\` where it is not told \`${open[1][0]}\`, so that alerts stay open: tell it both`,
                      },
                  ];
        });

/** Who hears of nothing, and of what nobody hears. */
export const toldRules: readonly FleetRule[] = [
    {
        name: "failure-nobody-hears-of",
        severity: "warning",
        source: "ours: a release that fails in silence is found by customers",
        together: true,
        check: fleet => [
            ...silenceProblems(
                silences(fleet, "failed", isDeployedTo),
                (environment, service) =>
                    `nobody is told that ${service === undefined ? `a stage of ${environment} fails` : `${service} fails in ${environment}`}: name a target for \`failed\` in \`notify\``,
            ),
            ...earlySilences(fleet),
        ],
    },
    {
        name: "alarm-nobody-hears-of",
        severity: "warning",
        source: "ours: dead letters are what people were not told",
        check: ({ shared }) =>
            shared.operations.alarmTopics.length > 0
                ? []
                : [
                      {
                          path: ["notify"],
                          message:
                              "nobody is told when telling itself fails: name a target of type sns for `alarm` in the stack's `notify`",
                      },
                  ],
    },
    {
        name: "target-nobody-uses",
        severity: "warning",
        source: "ours: a target that is told nothing was mostly meant to be told something",
        together: true,
        check: ({ shared, pipelines }) => {
            const layers = [
                shared.operations.notify,
                ...pipelines.flatMap(({ told }) => [told.everywhere, ...Object.values(told.environments)]),
            ];
            const used = new Set(
                layers.flatMap(layer => Object.entries(layer).flatMap(([key, words]) => (words.length > 0 ? key : []))),
            );
            return shared.operations.targets
                .filter(({ key }) => !used.has(key))
                .map(({ key }) => ({
                    path: ["targets", key],
                    message: `is told nothing: no \`notify\` names ${key}`,
                }));
        },
    },
    {
        name: "pager-alerts-stay-open",
        severity: "warning",
        source: "https://developer.pagerduty.com/docs/send-alert-event (an alert is open until it is resolved)",
        check: openAlerts,
    },
    {
        name: "tags-of-pipelines",
        severity: "error",
        source: "API model of codepipeline 2015-07-09 (Tag: keys 1–128, values 0–256, at most 50); https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html (127 and 255, the shortest of all)",
        check: ({ pipelines, tags }) =>
            pipelines.flatMap(({ service, logicalName, tags: own }) => {
                const path = ["services", service];
                // One more says which service it is.
                const count = Object.keys(tags).length + 1 + Object.keys(own).length;
                return [
                    ...(count <= 50
                        ? []
                        : [
                              {
                                  path,
                                  message: `the pipeline ${logicalName} would have ${count} tags, of at most 50: each target of its \`notify\` is one, in each environment; say less in \`notify\`, or in \`tags\``,
                              },
                          ]),
                    ...Object.entries(own)
                        .filter(([key, value]) => key.length > 127 || value.length > 255)
                        .map(([key]) => ({
                            path,
                            message: `the tag ${key} of the pipeline ${logicalName} would be longer than the 127 and 255 characters that AWS takes`,
                        })),
                ];
            }),
    },
];
