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
        # Behind \`--stack=\` the word is the sign itself, and a name begins after it.
        COMPREPLY=($(compgen -W "$names" -- "\${COMP_WORDS[COMP_CWORD]#=}"))
    fi
    if [ \${#COMPREPLY[@]} -eq 0 ] && [ "\$1" != node ] && [ -n "$_service_pipelines_before" ]; then
        "$_service_pipelines_before" "$@"
    fi
}
complete -o default -F _service_pipelines npm
complete -o default -F _service_pipelines node
`;

/** What completed `npm` and `node` before is asked where there is no name. */
const zsh = (run: string) => `# Names of stacks, services and environments behind \`npm run COMMAND --\`.
(( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
typeset -gA _service_pipelines_before
for _service_pipelines_command in npm node; do
    if [[ \${_comps[$_service_pipelines_command]} != _service_pipelines ]]; then
        _service_pipelines_before[$_service_pipelines_command]=\${_comps[$_service_pipelines_command]:-_default}
    fi
done
unset _service_pipelines_command
_service_pipelines() {
    local -a names
    if [[ -f cli/run.js && -f Pulumi.yaml ]]; then
        names=("\${(@f)$(${run} "$PWD" "\${words[CURRENT]}" "\${(@)words[1,CURRENT-1]}" 2>/dev/null)}")
        names=(\${names:#})
    fi
    if (( \${#names} )); then
        compadd -a names
    else
        \${_service_pipelines_before[$service]:-_default}
    fi
}
compdef _service_pipelines npm node
`;

/** What else fish knows of `npm` stays; files are offered where there is no name. */
const fish = (run: string) => `# Names of stacks, services and environments behind \`npm run COMMAND --\`.
function __service_pipelines
    set -g __service_pipelines_names
    if test -f cli/run.js -a -f Pulumi.yaml
        set -g __service_pipelines_names (${run} "$PWD" (commandline -ct) (commandline -opc) 2>/dev/null)
    end
    test (count $__service_pipelines_names) -gt 0
end
complete -c npm -f -n __service_pipelines -a '$__service_pipelines_names'
complete -c node -f -n __service_pipelines -a '$__service_pipelines_names'
`;
