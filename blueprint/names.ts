import { createHash } from "node:crypto";

/**
 * Characters of a pipeline's name that name its folder in the artifact bucket: two pipelines that share them share a folder.
 *
 * @see https://github.com/awsdocs/aws-cloudformation-user-guide/pull/733
 */
export const folderLength = 20;

/** The word that stands in a service's place in the names of what the fleet shares; no service can be called so. */
export const fleetWord = "fleet";

/** The word behind the service in the names of the pipeline that checks its pull requests, and of all that belongs to it. */
export const checkWord = "check";

const hashLength = 8;

/** Longest name of an IAM role. */
export const longestRole = 64;

/** A short stand-in for `text` that stays the same; begins with a digit, as no key does. */
function hash(text: string): string {
    const hex = createHash("sha256").update(text).digest("hex");
    return `${parseInt(hex.slice(0, 2), 16) % 10}${hex.slice(2, 2 + hashLength - 1)}`;
}

/** `name`, or where it is longer than `limit` its beginning and a hash of all of it. */
export function limited(name: string, limit: number): string {
    return name.length <= limit ? name : `${name.slice(0, limit - hashLength - 2)}--${hash(name)}`;
}

/**
 * The physical names of a fleet: `<prefix>--<service>--<suffix>`. Keys hold no `--`, so no two names meet, and
 * `<prefix>--orders--*` matches nothing of another service. A name depends on its own words alone, never on what else exists.
 */
export class Names {
    /** Those of pipelines that were asked for: each is needed by whatever stands in the pipeline, and many by a hash. */
    private readonly pipelines = new Map<string, string>();

    constructor(private readonly prefix: string) {}

    /** Every role, pipeline and project of the fleet. */
    get everything(): string {
        return `${this.prefix}--*`;
    }

    /**
     * A service's pipeline: `shop--orders`, or beside it `shop--orders--check`. Where that is longer than its folder a hash
     * comes before the service, so that the first 20 characters already tell it from every other.
     */
    pipeline(service: string, ...suffix: readonly string[]): string {
        const own = logicalName(service, ...suffix);
        const known = this.pipelines.get(own);
        if (known !== undefined) {
            return known;
        }
        const plain = `${this.prefix}--${own}`;
        const name = plain.length <= folderLength ? plain : `${this.prefix}--${hash(own)}--${own}`;
        this.pipelines.set(own, name);
        return name;
    }

    /** The pipeline's folder in the artifact bucket. */
    folder(service: string, ...suffix: readonly string[]): string {
        return this.pipeline(service, ...suffix).slice(0, folderLength);
    }

    /** Something of one service, at most `limit` characters long. */
    service(limit: number, service: string, ...suffix: readonly string[]): string {
        return limited([this.prefix, service, ...suffix].join("--"), limit);
    }

    /**
     * The role that deploys `service` to `environment`: `shop--orders--deploy-prod`. It always ends with the environment, so
     * that {@link Names.deployRoles} matches it; where it would be too long the service is cut, and hashed.
     */
    deployRole(service: string, environment: string): string {
        const end = `--deploy-${environment}`;
        const name = `${this.prefix}--${service}${end}`;
        const left = longestRole - `${this.prefix}--`.length - `--${hash(service)}${end}`.length;
        return name.length <= longestRole ? name : `${this.prefix}--${service.slice(0, left)}--${hash(service)}${end}`;
    }

    /** The deploy roles of all services of `environment`. */
    deployRoles(environment: string): string {
        return `${this.prefix}--*--deploy-${environment}`;
    }

    /**
     * An image repository of one service: `shop/orders/build`. ECR takes no two hyphens in a row; keys hold no slash, so
     * no two names meet here either, and none is longer than the 256 characters that ECR takes.
     *
     * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html
     */
    repository(service: string, ...suffix: readonly string[]): string {
        return [this.prefix, service, ...suffix].join("/");
    }

    /** Something that the fleet shares, at most `limit` characters long. */
    shared(limit: number, ...suffix: readonly string[]): string {
        return limited([this.prefix, fleetWord, ...suffix].join("--"), limit);
    }

    /**
     * A trail of CloudTrail: `shop.fleet.audit`. CloudTrail takes no two hyphens in a row; keys hold no dot, so no two names meet.
     *
     * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
     */
    trail(key: string): string {
        return [this.prefix, fleetWord, key].join(".");
    }

    /** The artifact bucket; the names of buckets are global, so account and region are part of it. */
    bucket(account: string, region: string): string {
        return `${this.shared(63, "artifacts")}-${account}-${region}`;
    }

    /**
     * What the SSM parameters of all freezes begin with. Not with the prefix: SSM keeps names that begin with `aws` or `ssm`
     * for itself.
     *
     * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
     */
    get freezes(): string {
        return `${this.folderOfStack}/freeze`;
    }

    /** The SSM parameter that closes `environment` for deploys while it exists, or `service` alone in it. */
    freeze(environment: string, service?: string): string {
        return [this.freezes, environment, ...(service === undefined ? [] : [service])].join("/");
    }

    /** What the names of log groups and parameters begin with. */
    get folderOfStack(): string {
        return `/service-pipelines/${this.prefix}`;
    }

    /** A connection; AWS allows 32 characters. */
    connection(key: string): string {
        return limited(`${this.prefix}--${key}`, 32);
    }
}

/** Logical name of something of one service: `orders--integration`. */
export function logicalName(service: string, ...suffix: readonly string[]): string {
    return [service, ...suffix].join("--");
}
