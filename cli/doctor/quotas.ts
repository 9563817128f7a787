import type { FleetPlan } from "../../blueprint/plan";
import { machinesOf, quotasOf, type Quota, type SharedMachines } from "../../blueprint/quotas";
import { headroom } from "../../blueprint/rules/quotas";
import type { QuotaOfPlace } from "../../blueprint/stacks/quotas";
import type { AwsCli } from "./aws-cli";
import { notKnown, ok, toDo, type Finding } from "./finding";
import { buildsAtOnce, codeOf, machineName, regionOf, type QuotaCode } from "./quota-codes";

const what = "quotas";

/** What the stack takes of a quota, together with the stacks beside it. */
interface Need extends Pick<Quota, "what" | "used" | "limit" | "adjustable" | "most"> {
    /** Other stacks that take of it. */
    readonly others: readonly string[];
}

/** The value that a quota has. */
interface Value {
    readonly limit: number;
    /** Whether it is the account's own; else AWS's default, of accounts for which AWS tells none or does not say. */
    readonly own: boolean;
    readonly code: string;
}

/** Asks for the values of one service's quotas. */
type Values = (quota: Pick<QuotaCode, "service">) => ReturnType<AwsCli>;

/**
 * What the stack, and the others in the same folder, take of the account's quotas; what else is in the account is not counted.
 *
 * @param all - what all stacks of the folder take, of every account
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
export function quotaFindings(plan: FleetPlan, all: readonly QuotaOfPlace[], aws: AwsCli): Finding[] {
    const { region } = plan.home;
    const answers = new Map<string, ReturnType<AwsCli>>();
    const values: Values = ({ service }) => {
        const known = answers.get(service);
        const place = regionOf({ service }, region);
        const said =
            known ?? aws(["service-quotas", "list-service-quotas", "--service-code", service], place, "Quotas");
        answers.set(service, said);
        return said;
    };
    const needs = needsOf(plan, all).map(need => ({ ...need, ...valueOf(need, values) }));
    const near = needs.filter(({ used, limit }) => used >= headroom * limit);
    const machines = machinesOf(plan).map(machine => machineFinding(machine, values, region));
    return [
        ...near.map(need => toDo(what, taken(need), remedyOf(need, region))),
        ...(near.length === 0 ? [roomFinding(needs)] : []),
        ...machines,
        ...unansweredFindings(answers, region),
    ];
}

function needsOf(plan: FleetPlan, all: readonly QuotaOfPlace[]): Need[] {
    const { account, region } = plan.home;
    const here = all.filter(place => place.account === account && (place.region ?? region) === region);
    return quotasOf(plan)
        .map(quota => {
            const place = quota.scope === "stack" ? undefined : here.find(one => one.what === quota.what);
            return {
                ...quota,
                used: Math.max(quota.used, place?.used ?? 0),
                others: (place?.stacks ?? []).map(({ stack }) => stack).filter(stack => stack !== plan.stack),
            };
        })
        .filter(({ used }) => used > 0);
}

function valueOf({ what: name, limit, adjustable }: Need, values: Values): Value {
    const quota = adjustable ? codeOf(name) : undefined;
    if (quota === undefined) {
        return { limit, own: true, code: "" };
    }
    const said = values(quota);
    const listed = "why" in said ? undefined : said.items.find(({ QuotaCode }) => QuotaCode === quota.code);
    const value = numberOf(listed?.Value);
    // A quota of which AWS tells no value of the account's own has its default.
    return { limit: value ?? limit, own: value !== undefined, code: quota.code };
}

/** A number that a quota can be. */
const numberOf = (value: unknown): number | undefined =>
    typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;

const taken = ({ used, limit, own, what: name, others }: Need & Value): string =>
    `${used} of ${limit}${own ? "" : " (AWS's default)"} ${name}${
        others.length === 0 ? "" : `, with ${others.slice(0, 3).join(", ")}${others.length > 3 ? ", …" : ""}`
    }`;

const spreadOut = "spread the services over several stacks and accounts";

function remedyOf({ what: name, used, limit, adjustable, most = Infinity }: Need & Value, region: string): string {
    const quota = codeOf(name);
    if (!adjustable || limit >= most || quota === undefined) {
        return `AWS raises it ${adjustable ? "no further" : "for nobody"}: ${spreadOut}`;
    }
    const desired = Math.min(most, Math.max(2 * used, limit + 1));
    return `${request(quota, regionOf(quota, region), desired)}, which takes days, or ${spreadOut}`;
}

const request = ({ service, code }: QuotaCode, region: string, desired: number): string =>
    `ask AWS for more: \`aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${desired}\``;

function roomFinding(needs: readonly (Need & Value)[]): Finding {
    const [most] = [...needs].sort((a, b) => b.used / b.limit - a.used / a.limit);
    return ok(
        what,
        most === undefined
            ? "the stack takes nothing that is limited"
            : `all below 80 % of ${needs.every(({ own }) => own) ? "the account's quotas" : needs.some(({ own, code }) => own && code !== "") ? "the account's quotas, or of AWS's defaults where it has none" : "AWS's defaults"}; nearest: ${taken(most)}`,
    );
}

/**
 * How many builds the account runs at once; five times as many wait, and what is started beside them fails.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/builds-working.html
 */
function machineFinding(machines: SharedMachines, values: Values, region: string): Finding {
    const name = machineName(machines);
    const projects = machines.projects === 1 ? "one project" : `${machines.projects} projects`;
    const said = values({ service: "codebuild" });
    const listed = "why" in said ? undefined : said.items.find(one => one.QuotaName === buildsAtOnce(name));
    const value = numberOf(listed?.Value);
    if (value === undefined) {
        return notKnown(
            what,
            `how many builds the account runs at once on ${name}, for ${projects}: as few as 1 in a new account`,
            `${list("codebuild", region)} says it: ${buildsAtOnce(name)}`,
        );
    }
    const found = `${value} builds at once on ${name}, for ${projects}`;
    return machines.projects > 6 * value
        ? toDo(
              what,
              `${found}${value === 0 ? ": none runs" : `; ${5 * value} wait, and what starts beside them fails`}`,
              isCode(listed?.QuotaCode)
                  ? request({ service: "codebuild", code: listed.QuotaCode }, region, machines.projects)
                  : `ask AWS for more in Service Quotas: ${buildsAtOnce(name)}`,
          )
        : ok(what, found);
}

/** Whether it is a code of a quota: it is shown in a command that somebody runs. */
const isCode = (code: unknown): code is string => typeof code === "string" && /^[A-Za-z][\w-]{1,127}$/.test(code);

const list = (service: string, region: string): string =>
    `\`aws service-quotas list-service-quotas --service-code ${service} --region ${regionOf({ service }, region)}\``;

/** What AWS was asked for and did not say, those with the same reason together. */
function unansweredFindings(answers: ReadonlyMap<string, ReturnType<AwsCli>>, region: string): Finding[] {
    const reasons = new Map<string, { readonly services: string[]; readonly remedy?: string }>();
    for (const [service, said] of answers) {
        if ("why" in said) {
            const { services, remedy } = reasons.get(said.why) ?? { services: [], remedy: said.remedy };
            reasons.set(said.why, { services: [...services, service], ...(remedy !== undefined && { remedy }) });
        }
    }
    return [...reasons].map(([why, { services, remedy }]) =>
        notKnown(
            what,
            `the account's own values of ${services.join(", ")} (${why})`,
            `${remedy === undefined ? "" : `${remedy}; `}${list(services[0], region)} tells them`,
        ),
    );
}
