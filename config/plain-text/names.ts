/** `name` with its words apart: `dbPassword` and `db-password` as `db_Password` and `db_password`. */
const apart = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[-.]/g, "_");

/** Names of variables that hold secrets. */
const secretName =
    /(^|_)(PASSWORD|PASSWD|PASSCODE|PWD|SECRET|TOKEN|(API|ACCESS|AUTH|MASTER|PRIVATE|SECRET|SIGNING)_?KEY|CREDENTIALS?|PASSPHRASE)$/i;

/** Whether a variable or a parameter `name`, in capitals or not, holds a secret: `DB_PASSWORD`, `dbPassword`, `db-password`. */
export const isSecretName = (name: string) => secretName.test(apart(name));

/** Names that say that what they hold is long and strange, and no secret: an id, a sum, what something is called. */
export const isStrangeName = (name: string) =>
    /(^|_)(ARN|CHECKSUM|COMMIT|DIGEST|DSN|ETAG|FINGERPRINT|HASH|ID|INTEGRITY|MD5|REVISION|SHA|SHA1|SHA256|SHA512|VERSION)S?$/i.test(
        apart(name),
    );

/** Texts that name a secret, or are filled in when the pipeline runs, and are none themselves. */
export const isReference = (text: string) => /^$|^arn:|^\/|^ssm:|\{\{resolve:|#\{|^\$\./.test(text);

/** Dynamic references of CloudFormation to secrets. */
const dynamicReference = /\{\{resolve:(secretsmanager|ssm-secure):([^{}]+)\}\}/g;

/**
 * Whether a dynamic reference in `text` is to one version of a secret.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
 */
export const pinsVersion = (text: string): boolean =>
    text.includes("{{resolve:") &&
    [...text.matchAll(dynamicReference)].some(([, service, words]) => {
        // secret-id:SecretString:json-key:version-stage:version-id, or name:version
        const parts = words.split(":").slice(words.startsWith("arn:") ? 7 : 1);
        return service === "ssm-secure"
            ? parts.some(part => part !== "")
            : (parts[3] ?? "") !== "" || ["AWSPREVIOUS", "AWSPENDING"].includes(parts[2] ?? "");
    });
