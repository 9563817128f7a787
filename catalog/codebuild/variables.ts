import { fill, variesByEnvironment } from "../placeholders";
import type { Environment, Place } from "../kind";
import type { Variable } from "../plan";
import { secretVariable } from "./secrets";
import type { BuildSettings } from "./settings";

/**
 * Whether the action gives a variable its value, not the project: it differs between environments, or from one
 * execution to the next, as `#{variables.TARGET}` does.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const givenByAction = (value: string) => variesByEnvironment(value) || value.includes("#{");

const placeholders = (environment: Environment) => ({
    environment: environment.name,
    account: environment.account,
    region: environment.region,
});

/** `text` with the placeholders of the environment of `at` filled, where it has one. */
export const filledAt = (text: string, { environment }: Pick<Place, "environment">) =>
    environment === undefined ? text : fill(text, placeholders(environment));

/** `values` with those placeholders filled. */
export const filledAll = (values: Readonly<Record<string, string>>, at: Pick<Place, "environment">) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filledAt(value, at)]));

const given = (values: Readonly<Record<string, string>>, at: Pick<Place, "environment">) =>
    Object.entries(values).flatMap(([name, value]) =>
        givenByAction(value) ? [[name, filledAt(value, at)] as const] : [],
    );

/** References of the secrets that the action names. */
export const secretsGivenByAction = ({ secrets }: Pick<BuildSettings, "secrets">, at: Pick<Place, "environment">) =>
    given(secrets, at).map(([, value]) => value);

/** The variables that the action gives to a project's run. */
export const variablesGivenByAction = (
    { environment, secrets }: Pick<BuildSettings, "environment" | "secrets">,
    at: Pick<Place, "environment" | "home">,
): Variable[] => [
    ...given(environment, at).map(([name, value]) => ({ name, value, type: "PLAINTEXT" as const })),
    ...given(secrets, at).map(([name, value]) => secretVariable(name, value, at.home)),
];

/** The namespace of an action whose project exports variables: without one, later actions cannot read them. */
export const exportedAs = (
    { exportedVariables }: Pick<BuildSettings, "exportedVariables">,
    { namespace }: Pick<Place, "namespace">,
) => (exportedVariables.length > 0 ? { namespace } : {});
