import { z } from "zod";
import { arn, type Location } from "../arn";
import { allow, type Grant } from "../grant";
import type { Variable } from "../plan";
import { template } from "../words";

/**
 * A reference to a secret: Secrets Manager by name or ARN, or a parameter of SSM. An ARN ends with the six characters that
 * Secrets Manager added: IAM compares with the whole, so without them the build could not read it.
 */
export const secretPattern =
    /^(ssm:[\w./{}-]+|arn:aws(-[a-z]+)*:secretsmanager:[\w{}-]+:[\d{}a-z]+:secret:[\w/+=.@{}-]+-[A-Za-z0-9]{6}(:[\w.-]*){0,3}|(?!arn:)[\w/+=.@{}-]+(:[\w.-]*){0,3})$/;

/** What {@link secretPattern} wants, for messages. */
export const secretForms = '"secret-id:json-key", a full Secrets Manager ARN, or "ssm:/path"';

/** What is expected instead of `text`, where it has a form that {@link secretPattern} takes or nearly does. */
function unlasting(text: string): string | undefined {
    if (text.startsWith("/")) {
        return `${secretForms}; a name that begins with a slash is mostly that of a parameter: write "ssm:" before it, or the whole ARN of a secret that is called so`;
    }
    const [stage = "", version = ""] = text.split(":").slice(text.startsWith("arn:") ? 8 : 2);
    if (version !== "" || /^ssm:[^:]+:./.test(text)) {
        return "a reference to what is valid when the build starts, without a version: one that is pinned stays what it is when the secret is rotated";
    }
    return ["AWSPREVIOUS", "AWSPENDING"].includes(stage)
        ? `a reference to what is valid when the build starts, without the stage ${stage}: it names what is valid no more, or not yet`
        : undefined;
}

/**
 * Where a secret is kept, for what CodeBuild reads when it starts: always what is valid then.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version (stages of versions)
 */
export const secretPlace = (description: string) =>
    template(
        description,
        z
            .string()
            .regex(secretPattern, { error: ({ input }) => unlasting(String(input)) ?? `a reference: ${secretForms}` })
            .refine(text => unlasting(text) === undefined, { error: ({ input }) => unlasting(String(input)) }),
    );

interface SecretReference {
    readonly type: "SECRETS_MANAGER" | "PARAMETER_STORE";
    /** As CodeBuild reads it. */
    readonly value: string;
    /** What the build must be allowed to read. */
    readonly arn: string;
}

/**
 * Reads one reference of the stack file.
 *
 * A name without ARN is granted with the six characters that Secrets Manager adds to it, and nothing longer.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html env/secrets-manager
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
export function secretReference(text: string, at: Location): SecretReference {
    if (text.startsWith("ssm:")) {
        const name = text.slice("ssm:".length);
        return { type: "PARAMETER_STORE", value: name, arn: arn("ssm", `parameter/${name.replace(/^\//, "")}`, at) };
    }
    if (text.startsWith("arn:")) {
        return { type: "SECRETS_MANAGER", value: text, arn: text.split(":").slice(0, 7).join(":") };
    }
    const [id] = text.split(":");
    return { type: "SECRETS_MANAGER", value: text, arn: arn("secretsmanager", `secret:${id}-??????`, at) };
}

/** The variable `name` that CodeBuild fills from the secret when the build starts. */
export function secretVariable(name: string, text: string, at: Location): Variable {
    const { type, value } = secretReference(text, at);
    return { name, type, value };
}

/** Reading exactly the secrets of `texts`. */
export function secretGrants(texts: readonly string[], at: Location): Grant[] {
    const references = texts.map(text => secretReference(text, at));
    const arns = (type: SecretReference["type"]) => [
        ...new Set(references.filter(reference => reference.type === type).map(reference => reference.arn)),
    ];
    return [
        allow("ReadNamedSecrets", ["secretsmanager:GetSecretValue"], arns("SECRETS_MANAGER")),
        allow("ReadNamedParameters", ["ssm:GetParameters"], arns("PARAMETER_STORE")),
    ].filter(grant => grant.resources.length > 0);
}
