import type { Problem } from "../problem";
import { saidRepositories, tools, type Said } from "./codeartifact";
import type { BuildSettings } from "./settings";

/** What is wrong with how a repository is named: by a key of the stack file, or by its domain and its own name. */
function whichProblems({ use, domain, domainOwner, repository }: Said): [key: string, message: string][] {
    const named = { domain, domainOwner, repository };
    if (use !== undefined) {
        return Object.entries(named).flatMap(([key, value]) =>
            value === undefined
                ? []
                : [
                      [
                          key,
                          `expected either \`use\` or \`domain\` and \`repository\`, found both: ${use} has them already`,
                      ],
                  ],
        );
    }
    return domain === undefined && repository === undefined
        ? [["use", "missing; expected a key of `packages.repositories`, or `domain` and `repository`"]]
        : (["domain", "repository"] as const).flatMap(key =>
              named[key] === undefined ? [[key, "missing; expected a name"] as [string, string]] : [],
          );
}

/** What the schema of repositories cannot say: what one login would take from another. */
export function checkCodeArtifact(settings: Pick<BuildSettings, "codeArtifact">): Problem[] {
    const all = saidRepositories(settings);
    const at = (index: number, key: string) =>
        Array.isArray(settings.codeArtifact) ? ["codeArtifact", index, key] : ["codeArtifact", key];
    const replaced = ({ tool, scope = "" }: Said) => `${tool} ${scope}`;
    // Those of the stack file are all of one domain.
    const token = ({ use, domain, domainOwner = "" }: Said) =>
        use === undefined ? `${domain} ${domainOwner}` : "packages";
    const login = ({ tool }: Said) => tools[tool].login;
    return all.flatMap((one, index) => {
        const earlier = all.slice(0, index);
        return [
            ...whichProblems(one).map(([key, message]) => ({ path: at(index, key), message })),
            ...(one.scope !== undefined && one.tool !== "npm"
                ? [{ path: at(index, "scope"), message: `is for npm alone: ${one.tool} knows no scopes` }]
                : []),
            ...(one.publish && one.tool === "pip"
                ? [{ path: at(index, "publish"), message: "pip only reads: expected `tool: twine` to publish" }]
                : []),
            ...(login(one) === "replaces" && earlier.some(other => replaced(other) === replaced(one))
                ? [
                      {
                          path: at(index, "tool"),
                          message: `logs ${one.tool} in twice: the second login would replace the first${one.tool === "npm" ? "; give each a `scope`" : ""}`,
                      },
                  ]
                : []),
            ...(login(one) === "none" && earlier.some(other => login(other) === "none" && token(other) !== token(one))
                ? [
                      {
                          path: at(index, one.use === undefined ? "domain" : "use"),
                          message: "expected one domain for Maven and Gradle: CODEARTIFACT_AUTH_TOKEN holds one token",
                      },
                  ]
                : []),
        ];
    });
}
