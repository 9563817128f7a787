import { approval as approvalSchema } from "../catalog/approval";
import type { When } from "../catalog/kind";
import { fill } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import { rollbackOn } from "./environment-schema";
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
    parts: Pick<ServiceEnvironment, "builds" | "deploys" | "elsewhere" | "notify" | "steps">,
    report: Report,
): ServiceEnvironment {
    const { name, account, region, regionsInOrder, deployRoleArn, deployRoles } = environment;
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
    const alarms = rollbackAlarms(environment, exception, path, values, report);
    const approval = approvalOf(environment, exception, path, values, report);
    return {
        name,
        account,
        region,
        ...(deployRoleArn !== undefined && { deployRoleArn: fill(deployRoleArn, { service }) }),
        ...(deployRoles !== undefined && { deployRoles }),
        ...(approval && { approval }),
        before: gates("before"),
        after: gates("after"),
        onFailure: exception?.onFailure ?? environment.onFailure,
        rollbackOn: alarms.all,
        freezable: environment.freezable,
        ...parts,
        regionsInOrder,
        weakens: [...(exception?.weakens ?? []), ...alarms.weakens],
        ...(exception?.skipVerification !== undefined && { skipVerification: exception.skipVerification }),
        ...(exception?.mutableImages !== undefined && { mutableImages: exception.mutableImages }),
    };
}

/** The alarms that roll the stage back: the service's own list, or else the environment's; each is named once. */
function rollbackAlarms(
    environment: EnvironmentWords,
    exception: Exception | undefined,
    path: Path,
    values: Parameters<typeof filled>[2]["values"],
    report: Report,
): { readonly all: readonly string[]; readonly weakens: readonly string[] } {
    const read = (names: readonly string[], base: Path): readonly string[] => {
        const origin = (below: Path): Path => [...base, "rollbackOn", ...below];
        const all = filled(rollbackOn, names, { values }, report, origin);
        all.forEach((name, index) => {
            if (all.indexOf(name) < index) {
                report({ path: origin([index]), message: `names the alarm ${name} twice` });
            }
        });
        return all;
    };
    const common = read(environment.rollbackOn, environment.path);
    if (exception?.rollbackOn === undefined) {
        return { all: common, weakens: [] };
    }
    const all = read(exception.rollbackOn, path);
    const lost = common.filter(name => !all.includes(name));
    return {
        all,
        weakens: lost.map(name => `${environment.name} is not rolled back when the alarm ${name} rises`),
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
