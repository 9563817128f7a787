/**
 * Names that are options of npm too, and that a `.npmrc` may have for its own sake: of them nobody can tell whose they are. That
 * `dry-run` is one as well does not count: without it, files would be written.
 *
 * @see https://docs.npmjs.com/cli/v11/using-npm/config
 */
const ofNpm = new Set(["all", "json", "name", "offline"]);

/**
 * The options of `names` that npm has kept for itself, as nothing told it that they are the command's: `npm start --strict` would
 * run without it.
 *
 * @param environment - that of the process: npm hands its options on as variables to what it runs
 * @see https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables
 */
export function swallowed(names: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] {
    return environment.npm_lifecycle_event === undefined
        ? []
        : names.filter(
              name => !ofNpm.has(name) && environment[`npm_config_${name.replaceAll("-", "_")}`] !== undefined,
          );
}

/** What is wrong with a command line of which npm has kept `options`, and how it is to be written. */
export function keptByNpm(options: readonly string[], { npm_lifecycle_event: script }: NodeJS.ProcessEnv): string {
    const command = script === "start" ? "npm start" : `npm run ${script}`;
    const kept = options.map(name => `--${name}`);
    return `npm took ${kept.join(" and ")} for an option of its own: expected \`--\` before the options, as in \`${command} -- ${kept[0]}\``;
}
