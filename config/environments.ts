import { partitionOf, type Location } from "../catalog/arn";
import type { Path } from "../catalog/problem";
import { keyPattern } from "../catalog/words";
import { gateProblems } from "./gates";
import { mostEnvironments } from "./limits";
import { single, filled, parse, type Report } from "./parse";
import { environment as schema } from "./environment-schema";
import { readRoutes } from "./routes";
import type { EnvironmentWords, Surroundings } from "./surroundings";
import { isMap, valueAt } from "./values";

type Environments = Pick<Surroundings, "environments" | "allEnvironments">;

/** The pipelines' own account and region, and who can be told; `guessed` where the stack file does not say them in a way that can be read. */
export type Home = Location & Pick<Surroundings, "targets"> & { readonly guessed?: boolean };

/** An environment of which nothing but the name is known. */
const unread = (name: string, { account, region }: Home, path: Path): EnvironmentWords => ({
    name,
    account,
    region,
    regions: [region],
    regionsInOrder: false,
    path,
    artifactReaders: [],
    before: [],
    after: [],
    onFailure: "stop",
    rollbackOn: [],
    freezable: false,
    notify: {},
    rawApproval: undefined,
});

/** Reads the list of environments; one that is broken stays in it by its name, so that nothing else seems to miss it. */
export function readEnvironments(raw: unknown, home: Home, report: Report): Environments {
    if (!Array.isArray(raw) || raw.length === 0) {
        report({
            path: ["environments"],
            message: `${raw === undefined ? "missing; " : ""}expected a list of at least one environment, each with a \`name\`${
                isMap(raw) ? ", found a map: its order would be lost, and the order is that of promotion" : ""
            }`,
        });
        // Services are read all the same, as if there were one.
        return { environments: [unread("environment", home, ["environments"])], allEnvironments: false };
    }
    if (raw.length > mostEnvironments) {
        const message = `expected at most ${mostEnvironments} environments, found ${raw.length}`;
        report({ path: ["environments"], message });
        return { environments: [unread("environment", home, ["environments"])], allEnvironments: false };
    }
    const first = new Map<string, number>();
    let allEnvironments = true;
    const environments = raw.flatMap((entry: unknown, index): EnvironmentWords[] => {
        const path = ["environments", index];
        const name = valueAt(entry, ["name"]);
        const known = typeof name === "string" && keyPattern.test(name);
        allEnvironments &&= known;
        if (known && first.has(name)) {
            const where = first.get(name) ?? 0;
            report({
                path: [...path, "name"],
                message: `duplicate name ${JSON.stringify(name)}: environments[${where}] has it already`,
            });
            allEnvironments = false;
            return [];
        }
        if (known) {
            first.set(name, index);
        }
        return readEnvironment(entry, path, home, report) ?? (known ? [unread(name, home, path)] : []);
    });
    return { environments, allEnvironments };
}

function readEnvironment(entry: unknown, path: Path, home: Home, report: Report): EnvironmentWords[] | undefined {
    const merged = single(entry, path);
    const read = parse(schema, merged, report);
    if (read === undefined) {
        return undefined;
    }
    for (const when of ["before", "after"] as const) {
        for (const problem of gateProblems(read[when], when)) {
            report({ ...problem, path: [...path, when, ...problem.path] });
        }
    }
    const account = read.account ?? home.account;
    const regions = read.regions ?? [home.region];
    checkRegions(regions, home, problem => report({ ...problem, path: [...path, "regions", ...problem.path] }));
    const values = { environment: read.name, account, region: regions[0] };
    const { deployRoleArn } =
        read.deployRoleArn === undefined
            ? { deployRoleArn: undefined }
            : filled(
                  schema,
                  { deployRoleArn: read.deployRoleArn },
                  { values: { ...values, service: "{service}" } },
                  report,
                  merged.origin,
              );
    const { deployRoles } = read;
    const { artifactReaders } = filled(
        schema,
        { artifactReaders: read.artifactReaders },
        { values },
        report,
        merged.origin,
    );
    artifactReaders.forEach((role, index) => {
        if (!home.guessed && accountOf(role) !== account) {
            report({
                path: [...path, "artifactReaders", index],
                message: `expected a role of the environment's account ${account}, found ${JSON.stringify(role)}`,
            });
        }
    });
    if (!home.guessed) {
        checkDeployRole({ account, home, deployRoleArn, deployRoles }, problem =>
            report({ ...problem, path: [...path, ...problem.path] }),
        );
    }
    return [
        {
            name: read.name,
            account,
            region: regions[0],
            regions,
            regionsInOrder: read.regionsInOrder,
            ...(deployRoleArn !== undefined && { deployRoleArn }),
            ...(deployRoles !== undefined && { deployRoles }),
            artifactReaders,
            path,
            before: read.before,
            after: read.after,
            onFailure: read.onFailure,
            rollbackOn: read.rollbackOn,
            freezable: read.freezable,
            notify: readRoutes(read.notify, [...path, "notify"], home, report),
            rawApproval: valueAt(entry, ["approval"]),
            ...(read.approval && { approval: read.approval }),
        },
    ];
}

/** Regions of one partition, each named once; whoever orders them needs several. */
function checkRegions(regions: readonly string[], home: Home, report: Report): void {
    for (const [index, region] of regions.entries()) {
        if (regions.indexOf(region) < index) {
            report({ path: [index], message: `names ${region} twice` });
        } else if (!home.guessed && partitionOf(region) !== partitionOf(home.region)) {
            report({
                path: [index],
                message: `expected a region of the partition ${partitionOf(home.region)}, in which ${home.region} is, found ${JSON.stringify(region)}`,
            });
        }
    }
}

/** The account of a role. */
const accountOf = (roleArn: string) => roleArn.split(":")[4];

/** Another account's resources can be reached only through a role of that account. */
function checkDeployRole(
    {
        account,
        home,
        deployRoleArn,
        deployRoles,
    }: Pick<EnvironmentWords, "account" | "deployRoleArn" | "deployRoles"> & { readonly home: Location },
    report: Report,
): void {
    if (deployRoleArn === undefined) {
        if (account !== home.account && deployRoles === undefined) {
            report({
                path: ["deployRoleArn"],
                message: `missing; the environment is in account ${account}, the pipeline in ${home.account}: expected a role of ${account}, or \`deployRoles: create\``,
            });
        }
    } else if (deployRoles !== undefined) {
        report({
            path: ["deployRoles"],
            message:
                "expected either `deployRoleArn` or `deployRoles`, found both: a role that is there already is not made",
        });
    } else if (/:role\/(.*\/)?\{service\}$/.test(deployRoleArn)) {
        report({
            path: ["deployRoleArn"],
            message:
                'expected more of a name than `{service}`, such as "{service}-deploy": key and bucket would let in every role of the account',
        });
    } else if (accountOf(deployRoleArn) !== account) {
        report({
            path: ["deployRoleArn"],
            message: `expected a role of the environment's account ${account}, found ${JSON.stringify(deployRoleArn)}`,
        });
    }
}
