import type { Unmerged } from "../kind";
import { repositoriesOf } from "./codeartifact";
import type { BuildSettings } from "./settings";

type Trusted = Pick<BuildSettings, "secrets" | "permissions" | "codeArtifact">;

/** The settings of a build or suite without what only merged code may reach: secrets, permissions and packages of one's own. */
export const withoutSecrets = <S extends Trusted>(settings: S): Unmerged<S> => ({
    settings: { ...settings, secrets: {}, permissions: [], codeArtifact: undefined },
    withheld: [
        ...Object.keys(settings.secrets).map(name => `the secret ${name}`),
        ...(settings.permissions.length === 0
            ? []
            : [`the permissions ${settings.permissions.flatMap(({ actions }) => actions).join(", ")}`]),
        ...repositoriesOf(settings).map(({ domain, repository }) => `the packages of ${domain}/${repository}`),
    ],
});
