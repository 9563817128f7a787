import type { Unmerged } from "../kind";
import { saidRepositories, type Said } from "./codeartifact";
import type { BuildSettings } from "./settings";

type Trusted = Pick<BuildSettings, "secrets" | "permissions" | "codeArtifact">;

/** What a repository gives that only merged code may have: one of another stack its packages, one of this stack the right to publish. */
const packagesOf = ({ use, domain, repository, publish }: Said): string[] =>
    use === undefined ? [`the packages of ${domain}/${repository}`] : publish ? [`publishing to ${use}`] : [];

/**
 * The settings of a build or suite without what only merged code may reach: secrets, permissions and packages of one's own.
 * Repositories of the stack file stay, to be read: without them a build would have no packages in a network without a way out.
 */
export const withoutSecrets = <S extends Trusted>(settings: S): Unmerged<S> => {
    const all = saidRepositories(settings);
    const read = all.filter(({ use }) => use !== undefined).map(one => ({ ...one, publish: false }));
    return {
        settings: {
            ...settings,
            secrets: {},
            permissions: [],
            codeArtifact: read.length === 0 ? undefined : read,
        },
        withheld: [
            ...Object.keys(settings.secrets).map(name => `the secret ${name}`),
            ...(settings.permissions.length === 0
                ? []
                : [`the permissions ${settings.permissions.flatMap(({ actions }) => actions).join(", ")}`]),
            ...all.flatMap(packagesOf),
        ],
    };
};
