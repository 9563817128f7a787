import { cut } from "../../lib/text";
import type { Status, StatusApi } from "./status";

const states = {
    pending: "running",
    success: "success",
    failure: "failed",
    error: "canceled",
} as const satisfies Record<Status["state"], string>;

/** Longest name and description; GitLab keeps both in columns of this size. */
const longest = 255;

/**
 * Commit statuses of GitLab. The token needs the scope `api`.
 *
 * A commit that is running cannot be set to running again; GitLab says 400 then, and nothing is lost.
 *
 * @see https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 * @see https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 * @see https://gitlab.com/gitlab-org/gitlab-foss/-/issues/25807 (Cannot transition status)
 */
export const gitlab: StatusApi = {
    request: ({ api }, token, { repository, commit }, { context, state, description, url }) => ({
        url: `${api}/projects/${encodeURIComponent(repository)}/statuses/${encodeURIComponent(commit)}`,
        headers: { "private-token": token },
        body: {
            name: cut(context, longest),
            state: states[state],
            description: cut(description, longest),
            target_url: url,
        },
    }),
    async meant(response, { state }) {
        const repeated =
            response.status === 400 &&
            state === "pending" &&
            /cannot transition status/i.test(await response.clone().text());
        return repeated ? new Response(null, { status: 204 }) : response;
    },
};
