import { approval as approvalSchema } from "../catalog/approval";
import type { When } from "../catalog/kind";
import type { Path } from "../catalog/problem";
import { skipsAll, type Exception } from "./exceptions";
import type { GateSettings, Part, ServiceEnvironment } from "./fleet-config";
import { merge } from "./layers";
import { filled, parse, type Report } from "./parse";
import { gateSort } from "./sorts";
import type { EnvironmentWords } from "./surroundings";

/** `environment` as `service` has it: the service's own exceptions over the environment's words, placeholders filled. */
export function serviceEnvironment(
    service: string,
    environment: EnvironmentWords,
    exception: Exception | undefined,
    parts: Pick<ServiceEnvironment, "builds" | "deploys" | "elsewhere" | "steps">,
    report: Report,
): ServiceEnvironment {
    const { name, account, region, regionsInOrder, deployRoleArn } = environment;
    const values = { environment: name, service, account, region };
    const path = ["services", service, "environments", name];
    const gates = (when: When): Part<GateSettings>[] => {
        const own = exception?.[when];
        const base: Path = own === undefined ? [...environment.path, when] : [...path, when];
        const list = own ?? (exception !== undefined && skipsAll(exception) ? [] : environment[when]);
        return list.map((settings, index) => {
            const origin = (below: Path): Path => [...base, index, ...below];
            return { settings: filled(gateSort.schema, settings, { values }, report, origin), origin };
        });
    };
    const approval = approvalOf(environment, exception, path, values, report);
    return {
        name,
        account,
        region,
        ...(deployRoleArn !== undefined && { deployRoleArn }),
        ...(approval && { approval }),
        before: gates("before"),
        after: gates("after"),
        onFailure: exception?.onFailure ?? environment.onFailure,
        freezable: environment.freezable,
        ...parts,
        regionsInOrder,
        weakens: exception?.weakens ?? [],
    };
}

function approvalOf(
    environment: EnvironmentWords,
    exception: Exception | undefined,
    path: Path,
    values: Parameters<typeof filled>[2]["values"],
    report: Report,
): ServiceEnvironment["approval"] {
    if (exception?.skipApproval !== undefined) {
        return undefined;
    }
    const merged = merge([
        { path: [...environment.path, "approval"], value: environment.rawApproval, common: true },
        { path: [...path, "approval"], value: exception?.approval },
    ]);
    const settings = exception?.approval === undefined ? environment.approval : parse(approvalSchema, merged, report);
    return (
        settings && {
            settings: filled(approvalSchema, settings, { values }, report, below => merged.origin(below)),
            origin: below => merged.origin(below),
        }
    );
}
