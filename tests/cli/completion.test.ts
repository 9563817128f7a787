import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { completion, commandIn } from "../../cli/completion";
import { shells } from "../../cli/completion/scripts";
import { projectFolder, UsageError } from "../../cli/options";
import { inFolder } from "../support/stack-files";

const installed = (program: string) => spawnSync(program, ["-c", "exit 0"]).status === 0;

const files = {
    dev: { environments: [{ name: "dev" }, { name: "qa" }], services: { web: {}, "web-api": {}, orders: {} } },
    prod: { environments: [{ name: "prod" }], services: { pay: {} } },
    broken: "config: [",
};

/** What the last of `words` can become in a folder with `stacks`. */
const names = (stacks: Parameters<typeof inFolder>[0], ...words: readonly string[]) =>
    inFolder(stacks, folder =>
        completion(["--names", folder, words.at(-1) ?? "", ...words.slice(0, -1)])
            .split("\n")
            .filter(name => name !== ""),
    );

/** What bash has for the last of `words`, typed in the folder of this project. */
function bash(words: readonly string[], before = "") {
    const script = `${before}
        eval "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        f=$(complete -p "$1" | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
        "$f" "$1" "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ["--norc", "-c", script, "bash", completion(["bash"]), ...words];
    const { stdout, stderr } = spawnSync("bash", args, { cwd: projectFolder, encoding: "utf8" });
    assert.equal(stderr, "");
    return stdout.split("\n").filter(name => name !== "");
}

/** What stands on the line after `typed` and the tabulator key, in a zsh of its own in which `before` was read. */
function zsh(typed: string, before = "") {
    const script = `
        zmodload zsh/zpty
        read_until() { local part; while [[ $out != *"$1"* ]]; do zpty -r shell part || break; out+=$part; done }
        zpty shell "cd $(printf %q "$1"); exec zsh -f -i"
        zpty -w shell 'PS1=; autoload -Uz compinit; compinit -D -u; bindkey "^I" complete-word'
        zpty -w shell 'show() { print -r -- "[[\$BUFFER]]"; BUFFER=; zle accept-line }; zle -N show; bindkey "^O" show'
        zpty -w shell "$2"; zpty -w shell 'eval "$COMPLETION"; print rea""dy'
        out=; read_until ready; out=
        zpty -w -n shell "$3"$'\t'$'\x0f'; read_until ']]'
        print -r -- "$out"`;
    const { stdout } = spawnSync("zsh", ["-f", "-c", script, "zsh", projectFolder, before, typed], {
        encoding: "utf8",
        env: { ...process.env, COMPLETION: completion(["zsh"]), TERM: "dumb" },
        timeout: 20_000,
    });
    return /\[\[(.*)\]\]/.exec(stdout)?.[1];
}

/** What fish has for the last word of `typed`, typed in the folder of this project. */
function fish(typed: string) {
    const args = ["--no-config", "-c", `${completion(["fish"])}\ncomplete -C ${JSON.stringify(typed)}`];
    const { stdout, stderr } = spawnSync("fish", args, { cwd: projectFolder, encoding: "utf8" });
    assert.equal(stderr, "");
    return stdout.split("\n").filter(name => name !== "");
}

/** A test that is skipped where its shell is not installed. */
function inShell(shell: "zsh" | "fish", title: string, test: () => void) {
    it(title, function () {
        if (!installed(shell)) {
            this.skip();
        }
        test();
    });
}

describe("npm run completion", function () {
    this.timeout(60_000);

    for (const [line, wanted] of [
        ["npm start -- --stack ", ["broken", "dev", "prod"]],
        ["npm start -- --stack p", ["prod"]],
        ["npm start -- --service ", ["orders", "pay", "web", "web-api"]],
        ["npm start -- --stack dev --service w", ["web", "web-api"]],
        ["npm run freeze -- --stack prod --environment ", ["prod"]],
        ["npm run status -- --stack nowhere --service pa", ["pay"]],
        ["node cli/run.js freeze --environment ", ["dev", "prod", "qa"]],
        ["npm run explain -- ", ["orders", "pay", "web", "web-api"]],
        ["npm run explain -- --stack prod ", ["pay"]],
        ["npm run explain -- orders q", ["qa"]],
        ["npm run explain -- orders qa ", []],
        ["npm start -- --mermaid w", ["web", "web-api"]],
        ["npm start -- --stack=p", ["--stack=prod"]],
        ["npm start -- --stack=dev --service=w", ["--service=web", "--service=web-api"]],
        ["npm start -- --stack = p", ["prod"]],
        ["npm start -- --stack =", ["broken", "dev", "prod"]],
        ["npm start -- --strict=p", []],
        ["npm run simulate -- p", ["pay"]],
        ["npm run status -- ", []],
        ["npm run add -- --repository ", []],
        ["npm install --stack ", []],
        ["node other.js --stack ", []],
    ] as const) {
        it(`has ${wanted.length === 0 ? "nothing" : wanted.join(", ")} for \`${line}\``, () => {
            assert.deepEqual(names(files, ...line.split(" ")), wanted);
        });
    }

    it("offers nothing that a shell would act on", () => {
        const hostile = ["$(touch x)", "`id`", "a b", "-rf", "a;b", "<script>", "\u001b[31m", "x".repeat(101), "*"];
        const services = Object.fromEntries([...hostile, "fine"].map(name => [name, {}]));
        assert.deepEqual(names({ dev: { services } }, "npm", "start", "--", "--service", ""), ["fine"]);
    });

    it("knows a command of this project from others", () => {
        assert.deepEqual(commandIn(["/usr/bin/npm", "run", "freeze", "--", "x"]), ["freeze", "--", "x"]);
        assert.deepEqual(commandIn(["npm", "start"]), ["start"]);
        assert.equal(commandIn(["npm", "ci"]), undefined);
        assert.equal(commandIn([]), undefined);
    });

    it("completes in bash", () => {
        assert.deepEqual(bash(["npm", "run", "freeze", "--", "--service", "pa"]), ["payments"]);
        assert.deepEqual(bash(["node", "cli/run.js", "start", "--stack", "p"]), ["prod"]);
        assert.deepEqual(bash(["npm", "start", "--", "--stack", "=", "p"]), ["prod"]);
        assert.deepEqual(bash(["npm", "start", "--", "--stack", "="]), ["dev", "prod"]);
    });

    it("leaves to npm's own completion what is no name, also when the script is read twice", () => {
        const before = `own() { COMPREPLY=(install); }; complete -o default -F own npm; eval "$1"`;
        assert.deepEqual(bash(["npm", "ins"], before), ["install"]);
        assert.deepEqual(bash(["npm", "start", "--", "--stack", "d"], before), ["dev"]);
    });

    inShell("zsh", "completes in zsh", () => {
        assert.equal(zsh("npm run freeze -- --service pa"), "npm run freeze -- --service payments ");
        assert.equal(zsh("node cli/run.js start --stack=p"), "node cli/run.js start --stack=prod ");
    });

    inShell("zsh", "leaves to what completed npm in zsh before what is no name", () => {
        const before = `own() { compadd install }; compdef own npm; eval \"$COMPLETION\"`;
        assert.equal(zsh("npm ins", before), "npm install ");
        assert.equal(zsh("npm start -- --stack d", before), "npm start -- --stack dev ");
    });

    inShell("fish", "completes in fish, and offers no files beside names", () => {
        assert.deepEqual(fish("npm run freeze -- --service pa"), ["payments"]);
        assert.deepEqual(fish("npm start -- --stack p"), ["prod"]);
        assert.deepEqual(fish("npm start -- --stack=p"), ["--stack=prod"]);
    });

    inShell("fish", "offers files in fish where there is no name", () => {
        assert.deepEqual(fish("node tsconfig.j"), ["tsconfig.json"]);
    });

    for (const shell of shells) {
        it(`prints a script that ${shell} can read`, function () {
            const script = completion([shell]);
            assert.match(script, /completion --names/);
            if (!installed(shell)) {
                this.skip();
            }
            assert.equal(spawnSync(shell, ["-n", "-c", script]).status, 0);
        });
    }

    for (const args of [[], ["bsh"], ["bash", "zsh"], ["--shell", "bash"]]) {
        it(`refuses ${JSON.stringify(args)}`, () => {
            assert.throws(() => completion(args), UsageError);
        });
    }

    it("has its usage", () => {
        assert.match(completion(["--help"]), /^Usage: npm run completion/);
    });
});
