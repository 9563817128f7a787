/**
 * More problems than these nobody reads at once, and a file that is made to have them would take long to tell of: after them
 * reading ends.
 */
export const mostProblems = 1_000;

/** The line after {@link mostProblems}. */
export const furtherProblems = `more than ${mostProblems} problems: only the first that were found are told; mend them to see the others`;

/** More services than this are in no account: AWS allows 1,000 pipelines, and more when asked. */
export const mostServices = 2_000;

/** More environments than this no pipeline can pass: AWS allows 50 stages, and a service may skip some. */
export const mostEnvironments = 100;

/** More services in environments than this no program plans in time: two milliseconds for each. */
export const mostStages = 10_000;

/** Longest word for which a likely one is sought: no word that is known is half as long. */
export const longestMisspelt = 100;
