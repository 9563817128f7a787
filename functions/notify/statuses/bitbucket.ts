import { createHash } from "node:crypto";
import { cut } from "../../lib/text";
import type { Status, StatusApi } from "./status";

const states = {
    pending: "INPROGRESS",
    success: "SUCCESSFUL",
    failure: "FAILED",
    error: "STOPPED",
} as const satisfies Record<Status["state"], string>;

/** Longest name and description that are shown whole. */
const longest = 255;

/**
 * Build statuses of Bitbucket Cloud. An access token of the repository or the workspace needs `repository:write`.
 *
 * A key has at most 40 characters: so it is the hash of the name, which always has 40.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/
 * @see https://github.com/buildbot/buildbot/issues/7049 (at most 40 characters)
 */
export const bitbucket: StatusApi = {
    request: ({ api }, token, { repository, commit }, { context, state, description, url }) => ({
        url: `${api}/repositories/${repository.split("/").map(encodeURIComponent).join("/")}/commit/${encodeURIComponent(commit)}/statuses/build`,
        headers: { authorization: `Bearer ${token}` },
        body: {
            key: createHash("sha1").update(context).digest("hex"),
            name: cut(context, longest),
            state: states[state],
            description: cut(description, longest),
            url,
        },
    }),
};
