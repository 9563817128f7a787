import { mapOf } from "./fields";

/** Shorter texts are no credentials, and would be found in honest words. */
const shortest = 8;

/**
 * What makes a text that may be written down: the credentials that CodePipeline puts into `event` are taken out of it. AWS's
 * errors may repeat what was sent.
 */
export function redactor(event: unknown): (text: string) => string {
    const data = mapOf(mapOf(mapOf(event)?.["CodePipeline.job"])?.data);
    const { accessKeyId, secretAccessKey, sessionToken } = mapOf(data?.artifactCredentials) ?? {};
    const secrets = [accessKeyId, secretAccessKey, sessionToken].filter(
        text => typeof text === "string" && text.length >= shortest,
    ) as string[];
    return text => secrets.reduce((rest, secret) => rest.replaceAll(secret, "(not shown)"), text);
}
