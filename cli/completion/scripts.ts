/** The shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** `text` as one word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The script that completes names in `shell`, by the program in `folder`. */
export function completionScript(shell: Shell, folder: string): string {
    const run = `node ${quoted(`${folder}/cli/run.js`)} completion --names`;
    switch (shell) {
        case "bash":
            return bash(run);
        case "zsh":
            return zsh(run);
        case "fish":
            return fish(run);
    }
}

/** What completed `npm` before is asked where there is no name. */
const bash = (run: string) => `# Names of stacks, services and environments behind \`npm run COMMAND --\`.
_service_pipelines_found=$(complete -p npm 2>/dev/null | sed -n 's/.* -F \\([^ ]*\\) .*/\\1/p')
if [ "$_service_pipelines_found" != _service_pipelines ]; then
    _service_pipelines_before=$_service_pipelines_found
fi
_service_pipelines() {
    local names
    COMPREPLY=()
    if [ -f cli/run.js ] && [ -f Pulumi.yaml ]; then
        names=$(${run} "$PWD" "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[@]:0:COMP_CWORD}" 2>/dev/null)
        COMPREPLY=($(compgen -W "$names" -- "\${COMP_WORDS[COMP_CWORD]}"))
    fi
    if [ \${#COMPREPLY[@]} -eq 0 ] && [ "\$1" != node ] && [ -n "$_service_pipelines_before" ]; then
        "$_service_pipelines_before" "$@"
    fi
}
complete -o default -F _service_pipelines npm
complete -o default -F _service_pipelines node
`;

const zsh = (run: string) => `# Names of stacks, services and environments behind \`npm run COMMAND --\`.
_service_pipelines() {
    local -a names
    names=("\${(@f)$(${run} "$PWD" "\${words[CURRENT]}" "\${(@)words[1,CURRENT-1]}" 2>/dev/null)}")
    names=(\${names:#})
    if (( \${#names} )); then
        compadd -a names
    else
        _default
    fi
}
compdef _service_pipelines npm node
`;

const fish = (run: string) => `# Names of stacks, services and environments behind \`npm run COMMAND --\`.
function __service_pipelines
    set -l words (commandline -opc)
    ${run} "$PWD" (commandline -ct) $words 2>/dev/null
end
complete -c npm -a '(__service_pipelines)'
complete -c node -a '(__service_pipelines)'
`;
