import { z } from "zod";
import { templates } from "./placeholders";

/**
 * A key that people choose: of a service, an environment, a suite, a deploy, a connection.
 * It becomes part of physical names, joined by `--`; so it holds none, and no two names meet.
 */
export const keyPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Longest key: of a service, an environment, a suite, a deploy. Longer derived names are cut and hashed. */
export const longestKey = 32;

/** A map's key, as {@link keyPattern} and {@link longestKey} want it. */
export const key = (noun: string) =>
    z
        .string()
        .max(longestKey)
        .regex(keyPattern, `a lower-case ${noun} such as "orders-api" (letters, digits, single hyphens)`);

/** A list that may be left out. */
export const list = <T extends z.ZodType>(item: T, description: string) =>
    z.array(item).default([]).describe(description);

/** A text that says something: blanks alone are no reason for anything. */
export const text = (description: string) =>
    z.string().min(1, { abort: true }).regex(/\S/, "a text, not blanks alone").describe(description);

/** Why a safety is not wanted: no yes or no, and no blanks, which would say nothing. */
export const why = (expected: string, description: string) =>
    z
        .string({ error: expected })
        .regex(/^(?!(true|false|yes|no)$)(?=.*\S)./s, expected)
        .describe(description);

/** One line that holds more than blanks: what a block of YAML ends with would be part of a name. */
const oneLine = z
    .string()
    .min(1, { abort: true })
    .regex(/^(?=.*\S)[^\r\n]+$/, "a text of one line, not blanks alone");

/** A name, ARN or URL in which `{environment}`, `{service}`, `{account}` and `{region}` are replaced. */
export const template = (description: string, schema: z.ZodString = oneLine) =>
    schema.describe(description).register(templates, { braces: "names" });

/** One alarm of CloudWatch. */
export const alarmName = (description: string) =>
    template(
        description,
        z
            .string()
            .min(1)
            .max(255)
            .regex(/^(?!arn:)[^*?]+$/, "the name of one alarm, without `*` and `?`, and no ARN"),
    );

/** A variable's value: placeholders are replaced, other braces stay as they are. */
export const templateValue = (description: string, schema: z.ZodString = z.string()) =>
    schema.describe(description).register(templates, { braces: "values" });

/** Schemas of texts that name an artifact of the service. */
export const artifactNames = z.registry<Record<never, never>>();

/** What an artifact is called: `source`, `build`, a further source or build, a further artifact of one, or a step that hands one on. */
export const artifactName = (description: string) =>
    z.string().min(1).describe(description).register(artifactNames, {});

/** Schemas of texts that name another service of the stack. */
export const serviceNames = z.registry<Record<never, never>>();

/** Another service of the stack, by its key in `services`. */
export const serviceName = (description: string) => z.string().min(1).describe(description).register(serviceNames, {});

/** Schemas of texts that name a package repository of the stack file. */
export const packageRepositoryKeys = z.registry<Record<never, never>>();

/** The key of an entry of `packages.repositories`. */
export const packageRepositoryKey = (description: string) =>
    z.string().min(1).describe(description).register(packageRepositoryKeys, {});

/** Name of a domain of CodeArtifact. */
export const domainName = z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,48}[a-z0-9]$/, "the name of a CodeArtifact domain, such as acme");

/** Schemas of texts that name a custom action of the stack file, and what it has to be for. */
export const customActionKeys = z.registry<{ readonly category: string }>();

/** The key of an entry of `customActions`. */
export const customActionKey = (description: string, category: string) =>
    z.string().min(1).describe(description).register(customActionKeys, { category });

/** Twelve digits; quoted in YAML, which reads a number otherwise and drops leading zeros. */
export const accountId = (description: string) =>
    z
        .string()
        .regex(/^\d{12}$/, 'a quoted account id of 12 digits, such as "111111111111"')
        .describe(description);

const roleArnPattern = /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|\{account\}):role\/[\w+=,.@/{}-]+$/;

/** ARN of an IAM role; may hold placeholders. */
export const roleArn = (description: string) =>
    template(
        description,
        z
            .string()
            .max(1024)
            .regex(roleArnPattern, 'the ARN of a role, such as "arn:aws:iam::111111111111:role/deploy"'),
    );

/** Whole minutes from `min` to `max`. */
export const minutes = (min: number, max: number, description: string) =>
    z
        .int()
        .min(min)
        .max(max)
        .describe(
            description
                .replace(/(?=@default|$)/, ` Minutes, ${min} to ${max}. `)
                .replace(/\s+/g, " ")
                .trim(),
        );

/**
 * Key of an object in S3, or of a folder of them; may hold placeholders. IAM would read `*` and `?` as wildcards, and a
 * slash at an end would stand twice in the keys that are granted.
 */
export const objectKey = (description: string) =>
    template(
        description,
        z
            .string()
            .max(1024)
            .regex(
                /^(?!\/)[^*?]+(?<!\/)$/,
                'a key such as "orders/release.zip", without `*`, `?` and a slash at an end',
            ),
    );

/** Name of an S3 bucket; may hold placeholders. */
export const bucketName = (description: string) =>
    template(
        description,
        z
            .string()
            .max(63)
            .regex(/^[a-z0-9{][a-z0-9.{}-]{1,61}[a-z0-9}]$/, {
                // A role's policy is written before any build has run.
                error: ({ input }) =>
                    String(input).includes("#{")
                        ? "the bucket's own name and no variable, as the permissions are for this bucket alone"
                        : "the name of a bucket (lower case, 3 to 63 characters)",
            }),
    );

const kmsKeyArnPattern = /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9{}-]+:(?:\d{12}|\{account\}):key\/[A-Za-z0-9-]+$/;

/** ARN of a KMS key, not of an alias, which other accounts do not know; may hold placeholders. */
export const kmsKeyArn = (description: string) =>
    template(
        description,
        z
            .string()
            .regex(
                kmsKeyArnPattern,
                'the ARN of a KMS key, such as "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab" (no alias)',
            ),
    );

/** Path of a file or folder in an artifact that stands in shell commands too. */
export const artifactPath = (description: string) =>
    z
        .string()
        .regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'a path in the artifact, such as "infrastructure" (no `..`, no blanks)')
        .describe(description);

/** Names of AWS's regions. */
export const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** A region of AWS; may be `{region}`. */
export const regionName = (description: string) =>
    template(
        description,
        z.string().regex(new RegExp(`${regionPattern.source}|^\\{region\\}$`), 'a region such as "eu-west-1"'),
    );
