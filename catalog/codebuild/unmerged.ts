import type { Unmerged } from "../kind";
import type { BuildSettings } from "./settings";

/** The settings of a build or suite without what only merged code may reach: its secrets and its permissions. */
export const withoutSecrets = <S extends Pick<BuildSettings, "secrets" | "permissions">>(settings: S): Unmerged<S> => ({
    settings: { ...settings, secrets: {}, permissions: [] },
    withheld: [
        ...Object.keys(settings.secrets).map(name => `the secret ${name}`),
        ...(settings.permissions.length === 0
            ? []
            : [`the permissions ${settings.permissions.flatMap(({ actions }) => actions).join(", ")}`]),
    ],
});
