import type { ActionPlan, ApprovalPlan, FleetPlan, PipelinePlan, PipelineVariable, StagePlan } from "../blueprint/plan";
import type { OnFailure } from "../config/fleet-config";
import { allResources, fleetResources, pipelineResources } from "../blueprint/counts";
import { madePipelines, makesShared } from "../blueprint/part";
import { Names } from "../blueprint/names";
import { quotasOf, sharedMachines } from "../blueprint/quotas";
import { accountLines } from "./accounts";
import { costLines } from "./cost";
import { monitoringLines } from "./monitoring";
import { packageLines } from "./packages";
import { networkLines } from "./network";
import type { Paint } from "./paint";
import { permissionLines, roleLines } from "./permissions";
import { plural } from "./plural";
import { partText, platformLines, standingLines } from "./spread";
import { targetLines, toldLines } from "./told";

/**
 * What the stack's people read before it goes up: stages, risks, permissions, quotas, cost.
 *
 * @param unplanned - how many services of the stack are not in `fleet`, because `service` alone was asked for
 * @param full - whether what every role of its sort has, and all conditions, are spelt out. @default where `service` alone is shown
 */
export function fleetText(
    fleet: FleetPlan,
    service: string | undefined,
    warnings: readonly string[],
    paint: Paint,
    unplanned = 0,
    full = service !== undefined,
): string {
    const pipelines = madePipelines(fleet).filter(pipeline => service === undefined || pipeline.service === service);
    const services = new Set(fleet.pipelines.map(pipeline => pipeline.service)).size + unplanned;
    const { account, region } = fleet.home;
    return [
        paint.heading(
            `${fleet.prefix}, stack ${fleet.stack}: ${partText(fleet, services)} → ${fleet.environments.join(" → ")}`,
        ),
        paint.quiet(
            `account ${account}, region ${region}${pipelines.length === 0 ? "" : "; actions run from top to bottom, those joined by ┬ ├ └ at the same time"}`,
        ),
        ...pipelines.flatMap(pipeline => ["", ...pipelineLines(pipeline, fleet, full, paint)]),
        ...(service === undefined ? ["", ...fleetLines(fleet, paint)] : costLines(fleet, service, paint)),
        ...section("Warnings", warnings, paint.warning),
        ...(unplanned === 0 ? [] : ["", paint.quiet(notPlanned(unplanned))]),
        "",
    ].join("\n");
}

const notPlanned = (count: number) =>
    `${plural(count, "other service")} ${count === 1 ? "was" : "were"} read, and not planned: \`npm start\` without --service plans and checks ${count === 1 ? "it" : "them"} too`;

const section = (title: string, lines: readonly string[], paint: (text: string) => string) =>
    lines.length === 0 ? [] : ["", paint(title), ...lines.map(line => `  ${line}`)];

function pipelineLines(pipeline: PipelinePlan, fleet: FleetPlan, full: boolean, paint: Paint): string[] {
    return [
        `${paint.heading(pipeline.logicalName)}  ${paint.quiet(`pipeline ${pipeline.name}, ${plural(pipelineResources(pipeline, fleet.roles), "resource")}`)}`,
        ...pipeline.starts.map(start => `  starts  ${start}`),
        ...pipeline.variables.map(variable => `  knows   ${variableText(variable)}`),
        ...pipeline.stages.flatMap((stage, index) => stageLines(stage, index + 1)),
        ...toldLines(pipeline, fleet).map(line => `  told    ${line}`),
        ...pipeline.weakens.map(risk => `  ${paint.warning("weaker")}  ${risk}`),
        ...pipeline.prerequisites.map(condition => `  needs   ${condition}`),
        ...permissionLines(pipeline, fleet, full, paint),
    ];
}

const variableText = ({ name, default: value, description }: PipelineVariable) =>
    `#{variables.${name}} = ${JSON.stringify(shortened(value))}${description === undefined ? "" : `: ${description}`}`;

const answers: Readonly<Record<OnFailure, string>> = {
    stop: "stops on failure",
    rollback: "on failure goes back to the last release that succeeded",
    retry: "on failure tries the failed actions once more",
    "retry-all": "on failure tries the whole stage once more",
};

function stageLines(stage: StagePlan, number: number): string[] {
    const unless = stage.otherwise === "skip" ? "is skipped unless with" : "enters only with";
    const entry = stage.before.map(rule => `${unless} ${rule.summary}`);
    const { rollbackOn = [] } = stage;
    const alarms = rollbackOn.length === 0 ? [] : [`rolled back when the alarm ${rollbackOn.join(" or ")} rises`];
    const notes = stage.purpose === "environment" ? [...entry, answers[stage.onFailure], ...alarms] : [];
    const { approval } = stage;
    const head = approval === undefined ? notes.join("; ") : `waits for a yes${askedText(approval)}`;
    return [
        `  ${String(number).padStart(2)} ${stage.name.padEnd(18)} ${head}`.trimEnd(),
        ...actionLines(stage.actions),
        ...stage.after.map(
            rule =>
                `      then ${rule.summary}: ${stage.onFailure === "rollback" ? "else rolled back" : "else failed"}`,
        ),
    ];
}

/** What the people who are asked read and look at. */
const askedText = ({ instructions, reviewUrl }: ApprovalPlan) =>
    [
        ...(instructions === undefined ? [] : [`: ${quoted(instructions)}`]),
        ...(reviewUrl === undefined ? [] : [`; see ${reviewUrl}`]),
    ].join("");

/** One line for each action, in the order in which they run; those that run together are joined. */
function actionLines(actions: readonly ActionPlan[]): string[] {
    const orders = [...new Set(actions.map(action => action.runOrder))].sort((a, b) => a - b);
    return orders.flatMap(order => {
        const together = actions.filter(action => action.runOrder === order);
        return together.map((action, index) => {
            const mark = together.length === 1 ? " " : index === 0 ? "┬" : index === together.length - 1 ? "└" : "├";
            const region = action.region === undefined ? "" : `, in ${action.region}`;
            const role = action.roleArn === undefined ? "" : `, with the role ${action.roleArn}`;
            return `      ${mark} ${action.name.padEnd(15)} ${shortened(action.summary)}${region}${role}`;
        });
    });
}

const shortened = (text: string) => {
    const line = text.replace(/\s+/g, " ");
    return line.length > 110 ? `${line.slice(0, 109)}…` : line;
};

const quoted = (text: string) => `“${shortened(text)}”`;

/** What `npm run freeze` can close, and where the freeze is kept. */
function freezeLines({ freezable, prefix }: FleetPlan, paint: Paint): string[] {
    const names = new Names(prefix);
    return freezable.length === 0
        ? []
        : [
              paint.heading("What can be frozen"),
              ...freezable.map(
                  environment =>
                      `  ${environment.padEnd(12)} and each service in it, by the parameters ${names.freeze(environment)} and below it`,
              ),
              "",
          ];
}

/** Whose commits show what happens to them. */
function statusLines({ shared }: FleetPlan, paint: Paint): string[] {
    const { statuses } = shared.operations;
    return statuses.length === 0
        ? []
        : [
              paint.heading("Statuses of commits and pull requests"),
              ...statuses.map(
                  ({ key, token, host }) =>
                      `  ${key.padEnd(12)} set by ${host.api} (${host.provider}), with the secret ${token}`,
              ),
              "",
          ];
}

/** The functions of the stack, and what they may do. */
function functionLines(fleet: FleetPlan, paint: Paint): string[] {
    const { functions } = fleet.shared;
    return functions.length === 0
        ? []
        : [
              paint.heading("Functions"),
              ...functions.flatMap(({ description, role, logs }) => [
                  `  ${description}; logs in ${logs.group} for ${logs.days} days`,
                  ...roleLines(role, fleet, false, paint),
              ]),
              "",
          ];
}

/** Where it is kept who did what, and what that needs. */
function auditLines({ shared }: FleetPlan, paint: Paint): string[] {
    const { audit } = shared.operations;
    return [
        paint.heading("Who did what"),
        ...(audit === undefined
            ? [
                  `  ${paint.warning("weaker")}  nobody keeps who approved, started, stopped or edited what (operations.audit: false)`,
              ]
            : [
                  `  kept in ${audit.group} for ${audit.days} days; saved queries: ${audit.queries.map(({ name }) => name.split("/").at(-1)).join(", ")}`,
                  audit.trail === undefined
                      ? "  needs      a CloudTrail trail that logs management events of this account and region; without one, nothing arrives"
                      : `  needs      a policy of the bucket ${audit.trail.bucket} that lets CloudTrail write the trail ${audit.trail.name} there`,
              ]),
        "",
    ];
}

/** Where it is logged who reads artifacts; of further regions the region is said. */
const accessLogLines = ({ store, stores }: FleetPlan["shared"], paint: Paint): string[] =>
    [store, ...stores].map(({ region, accessLogs }) => {
        const where = region === store.region ? "" : ` in ${region}`;
        return accessLogs === undefined
            ? `  ${paint.warning("weaker")}  nobody logs who reads the artifacts${where} (accessLogs names no bucket)`
            : `  who reads the artifacts${where} is logged to ${accessLogs.bucket}`;
    });

function fleetLines(fleet: FleetPlan, paint: Paint): string[] {
    return [
        ...standingLines(fleet, paint),
        ...platformLines(fleet, paint),
        ...(makesShared(fleet) ? sharedLines(fleet, paint) : accountLines(fleet, paint)),
        paint.heading(makesShared(fleet) ? "Quotas" : "Quotas, with the services of this stack alone"),
        ...quotasOf(fleet)
            .filter(({ used }) => used > 0)
            .map(
                ({ what, used, limit, adjustable }) =>
                    `  ${String(used).padStart(5)} of ${String(limit).padEnd(5)} ${what}${adjustable ? " (can be raised)" : ""}`,
            ),
        ...sharedMachines(fleet).map(line => `        of ?     ${line}`),
        "",
        ...costLines(fleet, undefined, paint),
        paint.heading(`${allResources(fleet)} resources: ${resourcesText(fleet)}`),
        ...(makesShared(fleet) ? riskLines(fleet, paint) : []),
    ];
}

/** How many resources are whose. */
function resourcesText(fleet: FleetPlan): string {
    return [
        `${fleetResources(fleet)} ${makesShared(fleet) ? "shared" : "of the fleet"}`,
        ...madePipelines(fleet).map(pipeline => `${pipelineResources(pipeline, fleet.roles)} ${pipeline.logicalName}`),
    ].join(", ");
}

/** What all services share. */
function sharedLines(fleet: FleetPlan, paint: Paint): string[] {
    const { shared } = fleet;
    return [
        paint.heading("Who may answer approvals"),
        ...(shared.approvals.length === 0
            ? ["  nobody is asked: no environment has an approval"]
            : shared.approvals.map(
                  ({ environment, notify, policyName }) =>
                      `  ${environment.padEnd(12)} holders of the policy ${policyName}; told: ${notify.length === 0 ? "nobody" : notify.join(", ")}`,
              )),
        "",
        paint.heading("Who can be told"),
        ...targetLines(fleet),
        "",
        ...accountLines(fleet, paint),
        ...freezeLines(fleet, paint),
        ...statusLines(fleet, paint),
        ...packageLines(fleet, paint),
        ...functionLines(fleet, paint),
        ...auditLines(fleet, paint),
        ...monitoringLines(fleet, paint),
        ...networkLines(fleet, paint),
    ];
}

/** What is protected, and what weakens all services. */
function riskLines(fleet: FleetPlan, paint: Paint): string[] {
    const { shared } = fleet;
    return [
        ...(fleet.protect
            ? [
                  ...(fleet.spread.role === "platform"
                      ? ["  `pulumi destroy` of this stack is refused: other stacks stand on it (protect)"]
                      : []),
                  `  the artifact key and bucket, the signing key, the build logs, the connections${shared.packages === undefined ? "" : ", the packages"} and the network are protected from deletion`,
              ]
            : [`  ${paint.warning("nothing is protected from deletion")} (protect: false)`]),
        ...accessLogLines(shared, paint),
        ...fleet.allowedPlainText.map(
            ({ path, sha256 = "", reason }) =>
                `  ${paint.warning("weaker")}  ${path ?? `the text with the SHA-256 ${sha256.slice(0, 12)}…`} is taken for no secret: ${reason}`,
        ),
        ...shared.network.extraEgress.map(
            ({ port, cidrBlock, reason }) =>
                `  ${paint.warning("weaker")}  builds may connect to ${cidrBlock} port ${port}: ${reason}`,
        ),
    ];
}
