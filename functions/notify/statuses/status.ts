import type { SecretText } from "../../lib/secrets";

/** Hosts of repositories that take statuses of commits. */
export type StatusProvider = "AzureDevOps" | "Bitbucket" | "GitHub" | "GitLab";

/** Where statuses are set of commits that come through one connection. */
export interface StatusHost {
    /** ARN of the connection. */
    readonly connection: string;
    readonly provider: StatusProvider;
    /** Base URL of its API, without a slash at its end. */
    readonly api: string;
    readonly token: SecretText;
}

/** A commit of a repository at a host. */
export interface Source {
    /** ARN of the connection that it came through. */
    readonly connection: string;
    /** `acme/orders`. */
    readonly repository: string;
    readonly commit: string;
}

/** What is said of a commit under one name; what is said later under the same name takes its place. */
export interface Status {
    /** `shop/orders/build`. */
    readonly context: string;
    readonly state: "error" | "failure" | "pending" | "success";
    /** One line. */
    readonly description: string;
    /** Where to look. */
    readonly url: string;
}

/** A request that sets a status. All hosts take a POST of JSON. */
export interface StatusRequest {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: object;
}

/** How statuses are set at one host. */
export interface StatusApi {
    request(host: StatusHost, token: string, source: Source, status: Status): StatusRequest;
    /** An answer of the host as HTTP means it, where the host means something else by it. @default the answer */
    meant?(response: Response, status: Status): Response | Promise<Response>;
}
