import { cut } from "../../lib/text";
import type { StatusApi } from "./status";

/** Longest description; beyond it GitHub refuses the status. */
const longestDescription = 140;

/**
 * Commit statuses of GitHub. A classic token needs the scope `repo:status`, a fine-grained one "Commit statuses: write".
 *
 * No page says that a description has at most 140 characters; a longer one is refused with 422 and these words.
 *
 * @see https://docs.github.com/en/rest/commits/statuses#create-a-commit-status
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export const github: StatusApi = {
    request: ({ api }, token, { repository, commit }, { context, state, description, url }) => ({
        url: `${api}/repos/${repository.split("/").map(encodeURIComponent).join("/")}/statuses/${encodeURIComponent(commit)}`,
        headers: {
            accept: "application/vnd.github+json",
            authorization: `Bearer ${token}`,
            "x-github-api-version": "2022-11-28",
        },
        body: { context, state, description: cut(description, longestDescription), target_url: url },
    }),
    // A limit may be told as 403, by its headers or by the message alone.
    async meant(response) {
        if (response.status !== 403) {
            return response;
        }
        const { headers } = response;
        const limited =
            headers.has("retry-after") ||
            headers.get("x-ratelimit-remaining") === "0" ||
            /rate limit/i.test(await response.text());
        return new Response(null, { status: limited ? 429 : 403, headers });
    },
};
