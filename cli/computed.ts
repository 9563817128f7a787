import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import { arn, iamArn, s3Arn, type Location } from "../catalog/arn";

/** Stands in a recording for a secret value, so that none can be printed. */
export const SECRET = "[secret]";

/** Stands in a recording for a value that only a deployment can know. */
export const UNKNOWN = "[unknown]";

/** A resource whose outputs are to be invented, and where it is: a `region` of its own goes before. */
export interface Subject extends Location {
    /** Type token, for example `aws:iam/role:Role`. */
    readonly type: string;

    /** Logical name. */
    readonly name: string;

    /** What AWS would choose at random is derived from the URN. */
    readonly urn: string;

    /** Inputs as plain values. */
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** What AWS would answer. */
export interface Computed {
    readonly id: string;

    /** The outputs that are no inputs. */
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** A {@link Subject} with what the rows of the table share. */
interface Row extends Subject {
    /** Physical name: `name` (of a bucket, `bucket`) among the inputs, or else the logical name. */
    readonly physical: string;

    /** An id as EC2 makes them, for example `sg-0f3a…`; `salt` tells several of one resource apart. */
    ec2Id(prefix: string, salt?: string): string;

    readonly uuid: string;
}

/** A row's answer: without `id`, the id is `<logical name>-id`. */
type Outputs = Record<string, unknown> & { readonly id?: string };

/** The id is the physical name. */
const named = (row: Row, arn: string): Outputs => ({ arn, name: row.physical, id: row.physical });

/** The id is the ARN. */
const addressed = (row: Row, arn: string): Outputs => ({ arn, name: row.physical, id: arn });

const path = (row: Row) => text(row.inputs.path) ?? "/";

/** Add a row when a component reads an output of another type. */
const table: Readonly<Record<string, (row: Row) => Outputs>> = {
    "aws:cloudwatch/eventRule:EventRule": row => named(row, arn("events", `rule/${row.physical}`, row)),
    "aws:cloudwatch/logGroup:LogGroup": row => named(row, arn("logs", `log-group:${row.physical}`, row)),
    "aws:cloudwatch/metricAlarm:MetricAlarm": row => named(row, arn("cloudwatch", `alarm:${row.physical}`, row)),
    "aws:codeartifact/domain:Domain": row => {
        const address = arn("codeartifact", `domain/${String(row.inputs.domain)}`, row);
        return { arn: address, id: address };
    },
    "aws:codeartifact/repository:Repository": row => {
        const { domain, domainOwner, repository } = row.inputs;
        const owner = { ...row, account: text(domainOwner) ?? row.account };
        const address = arn("codeartifact", `repository/${String(domain)}/${String(repository)}`, owner);
        return { arn: address, id: address };
    },
    "aws:codebuild/project:Project": row => addressed(row, arn("codebuild", `project/${row.physical}`, row)),
    "aws:codebuild/reportGroup:ReportGroup": row =>
        addressed(row, arn("codebuild", `report-group/${row.physical}`, row)),
    "aws:codeconnections/connection:Connection": row => ({
        ...addressed(row, arn("codeconnections", `connection/${row.uuid}`, row)),
        connectionStatus: "PENDING",
    }),
    "aws:codepipeline/customActionType:CustomActionType": row => {
        const { category, providerName, version } = row.inputs;
        const id = [category, providerName, version].map(String).join(":");
        return {
            arn: arn("codepipeline", `actiontype:Custom/${id.replaceAll(":", "/")}`, row),
            id,
        };
    },
    "aws:codepipeline/pipeline:Pipeline": row => named(row, arn("codepipeline", row.physical, row)),
    "aws:codestarnotifications/notificationRule:NotificationRule": row =>
        addressed(row, arn("codestar-notifications", `notificationrule/${row.uuid}`, row)),
    "aws:ec2/securityGroup:SecurityGroup": row => {
        const id = row.ec2Id("sg");
        return { arn: arn("ec2", `security-group/${id}`, row), name: row.physical, id };
    },
    "aws:iam/policy:Policy": row => addressed(row, iamArn(`policy${path(row)}${row.physical}`, row)),
    "aws:iam/role:Role": row => named(row, iamArn(`role${path(row)}${row.physical}`, row)),
    "aws:kms/alias:Alias": row => named(row, arn("kms", row.physical, row)),
    "aws:kms/key:Key": row => ({ arn: arn("kms", `key/${row.uuid}`, row), keyId: row.uuid, id: row.uuid }),
    "aws:cloudtrail/trail:Trail": row => named(row, arn("cloudtrail", `trail/${row.physical}`, row)),
    "aws:dynamodb/table:Table": row => named(row, arn("dynamodb", `table/${row.physical}`, row)),
    "aws:lambda/function:Function": row => named(row, arn("lambda", `function:${row.physical}`, row)),
    "aws:s3/bucket:Bucket": row => ({ arn: s3Arn(row.physical, row.region), bucket: row.physical, id: row.physical }),
    "aws:scheduler/schedule:Schedule": row => ({
        arn: arn("scheduler", `schedule/default/${row.physical}`, row),
        name: row.physical,
        id: `default/${row.physical}`,
    }),
    "aws:sns/topic:Topic": row => addressed(row, arn("sns", row.physical, row)),
    "aws:sqs/queue:Queue": row => {
        const url = `https://sqs.${row.region}.amazonaws.com/${row.account}/${row.physical}`;
        return { arn: arn("sqs", row.physical, row), name: row.physical, url, id: url };
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": row => ({
        id: row.ec2Id("vpce"),
        ...(row.inputs.vpcEndpointType === "Gateway" && { prefixListId: row.ec2Id("pl") }),
    }),
    "awsx:ecr:Repository": row => ({
        url: `${row.account}.dkr.ecr.${row.region}.amazonaws.com/${row.physical}`,
    }),
    "awsx:ec2:Vpc": row => {
        const zoneNames = row.inputs.availabilityZoneNames;
        const zones = row.inputs.numberOfAvailabilityZones ?? (Array.isArray(zoneNames) ? zoneNames.length : 3);
        const { subnetSpecs = [{ type: "Public" }, { type: "Private" }] } = row.inputs;
        const specs = subnetSpecs as readonly { readonly type: string }[];
        const subnets = specs.flatMap(({ type }, spec) =>
            Array.from({ length: Number(zones) }, (_, zone) => ({ type, key: `${type}/${spec}/${zone}` })),
        );
        const ids = (type: string) =>
            subnets.filter(subnet => subnet.type === type).map(subnet => row.ec2Id("subnet", subnet.key));
        return {
            vpcId: row.ec2Id("vpc"),
            publicSubnetIds: ids("Public"),
            privateSubnetIds: ids("Private"),
            isolatedSubnetIds: ids("Isolated"),
            routeTables: subnets.map(subnet => ({ id: row.ec2Id("rtb", subnet.key) })),
        };
    },
};

/**
 * Invents id and outputs of a resource: in AWS's own form, and the same in every run.
 *
 * A type that the table does not hold has an id and no outputs beside its inputs.
 */
export function computed(subject: Subject): Computed {
    const { type, name, urn, inputs } = subject;
    const hash = (salt: string) => createHash("sha256").update(`${urn} ${salt}`).digest("hex");
    const { id = `${name}-id`, ...outputs } =
        table[type]?.({
            ...subject,
            region: text(inputs.region) ?? subject.region,
            physical: text(inputs.name) ?? text(inputs.bucket) ?? name,
            ec2Id: (prefix, salt = "") => `${prefix}-0${hash(prefix + salt).slice(0, 16)}`,
            uuid: hash("uuid").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5"),
        }) ?? {};
    return { id, outputs };
}

function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

/**
 * Shows `value`, as the SDK sends it, in plain JSON: with {@link SECRET} or {@link UNKNOWN} where there is one, and the
 * content of an asset as its length and hash, also in an archive; of a file that is not there, its path.
 */
export function plain(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (!isRecord(value)) {
        return value === runtime.unknownValue ? UNKNOWN : value;
    }
    const { [runtime.specialSigKey]: signature, ...rest } = value;
    if (signature === runtime.specialSecretSig) {
        return SECRET;
    }
    const content = signature === runtime.specialAssetSig ? contentOf(rest) : undefined;
    if (content !== undefined) {
        return { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
    }
    if (signature === runtime.specialArchiveSig && isRecord(rest.assets)) {
        // The engine adds a hash of all of them; those of the parts say as much.
        return { assets: plain(rest.assets) };
    }
    const entries = Object.entries(rest).filter(([key]) => !key.startsWith("__pulumi"));
    return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

function contentOf({ text, path }: Record<string, unknown>): Buffer | undefined {
    if (typeof text === "string") {
        return Buffer.from(text);
    }
    return typeof path === "string" && existsSync(path) ? readFileSync(path) : undefined;
}

/** `value`, as the SDK sends it, with the id or else the URN of each resource in its place, as providers get it. */
export function dereferenced(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(dereferenced);
    }
    if (!isRecord(value)) {
        return value;
    }
    return value[runtime.specialSigKey] === runtime.specialResourceSig
        ? value.id || value.urn
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dereferenced(inner)]));
}

/** Whether `value` has keys of its own: it is an object, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
