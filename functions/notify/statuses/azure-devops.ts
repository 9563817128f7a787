import { cut } from "../../lib/text";
import type { Status, StatusApi } from "./status";

const states = {
    pending: "pending",
    success: "succeeded",
    failure: "failed",
    error: "error",
} as const satisfies Record<Status["state"], string>;

/** Longest description; no page names a limit, and this much is shown. */
const longest = 255;

/**
 * Statuses of commits in Azure Repos. A personal access token needs "Code (status)".
 *
 * No page of AWS says how a connection writes a repository of Azure DevOps. Its last word is taken for the repository, and what
 * comes before for the path to it: organization and project, or the project alone where the base URL names the organization.
 *
 * To a token that has expired Azure DevOps shows a page to sign in, as 203 or a redirection to it.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/azure/devops/git/statuses/create
 * @see https://learn.microsoft.com/en-us/azure/devops/integrate/concepts/rate-limits
 * @see https://learn.microsoft.com/en-us/azure/devops/integrate/get-started/rest/samples (Basic, with an empty name)
 */
export const azureDevops: StatusApi = {
    request({ api }, token, { repository, commit }, { context, state, description, url }) {
        const words = repository.split("/").map(encodeURIComponent);
        const path = [
            ...words.slice(0, -1),
            "_apis/git/repositories",
            words.at(-1),
            "commits",
            encodeURIComponent(commit),
        ];
        const cutAt = context.lastIndexOf("/");
        return {
            url: `${api}/${path.join("/")}/statuses?api-version=7.1`,
            headers: { authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` },
            body: {
                context: { genre: context.slice(0, cutAt), name: context.slice(cutAt + 1) },
                state: states[state],
                description: cut(description, longest),
                targetUrl: url,
            },
        };
    },
    meant: response => (response.status === 203 ? new Response(null, { status: 401 }) : response),
};
