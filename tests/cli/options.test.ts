import * as assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { options, projectFolder, UsageError } from "../../cli/options";
import { stacksIn } from "../../config/from-file";

const read = (...args: string[]) => options(args, projectFolder);

describe("options of npm start", () => {
    it("reads the dev stack when nothing is said", () => {
        assert.deepEqual(read(), {
            stack: "dev",
            file: join(projectFolder, "Pulumi.dev.yaml"),
            json: false,
            validate: false,
            permissions: false,
            releaseTime: false,
            strict: false,
            help: false,
        });
    });

    it("takes a stack, a service and --json", () => {
        assert.deepEqual(read("--stack", "prod", "--service", "orders", "--json"), {
            stack: "prod",
            file: join(projectFolder, "Pulumi.prod.yaml"),
            service: "orders",
            json: true,
            validate: false,
            permissions: false,
            releaseTime: false,
            strict: false,
            help: false,
        });
    });

    it("takes --validate, --strict and a template that is new, or replaces one", () => {
        for (const target of [join(tmpdir(), "new-template.json"), join(projectFolder, "package.json")]) {
            assert.deepEqual(read("--validate", "--strict", "--cloudformation", target), {
                stack: "dev",
                file: join(projectFolder, "Pulumi.dev.yaml"),
                cloudformation: target,
                json: false,
                validate: true,
                permissions: false,
                releaseTime: false,
                strict: true,
                help: false,
            });
        }
    });

    for (const [file, stack] of [
        ["Pulumi.prod.yaml", "prod"],
        ["./Pulumi.dev.yaml", "dev"],
        ["package.json", "package.json"],
    ] as const) {
        it(`calls the stack of --config ${file} ${stack}`, () => {
            assert.equal(read("--config", join(projectFolder, file)).stack, stack);
        });
    }

    for (const [title, args, message] of [
        ["an unknown option", ["--stak", "dev"], /^unknown option "--stak"; did you mean "--stack"\?$/],
        ["an option without its value", ["--stack"], /--stack/],
        ["a word that is no option", ["prod"], /prod/],
        ["a report without a name", ["--html"], /--html/],
        ["a report that is a folder", ["--html", "tests"], /--html: expected the name of a file, found "tests"/],
        ["a report in no folder", ["--html", "nowhere/r.html"], /--html: no folder nowhere$/],
        [
            "a report in the stack file's place",
            ["--html", join(projectFolder, "Pulumi.dev.yaml")],
            /--html: .*Pulumi\.dev\.yaml is the stack file/,
        ],
        ["a report and --json", ["--html", "r.html", "--json"], /either --html or --json/],
        ["a report and --permissions", ["--html", "r.html", "--permissions"], /either --permissions or --html/],
        ["a report and a template", ["--html", "r.html", "--cloudformation", "t"], /either --cloudformation or --html/],
        ["a template without a name", ["--cloudformation"], /--cloudformation/],
        ["another option for the name of a template", ["--cloudformation", "--validate"], /--cloudformation/],
        ["a template that is a folder", ["--cloudformation", "tests"], /the name of a file, found "tests"/],
        ["a template with an empty name", ["--cloudformation", ""], /the name of a file, found ""/],
        ["a template in no folder", ["--cloudformation", "nowhere/t.json"], /--cloudformation: no folder nowhere$/],
        [
            "a template in the stack file's place",
            ["--cloudformation", join(projectFolder, "Pulumi.dev.yaml")],
            /Pulumi\.dev\.yaml is the stack file, which it would replace/,
        ],
        ["a template and --json", ["--cloudformation", "t.json", "--json"], /either --cloudformation or --json/],
        [
            "a template of one service",
            ["--cloudformation", "t.json", "--service", "orders"],
            /either --cloudformation or --service/,
        ],
        [
            "permissions and a template",
            ["--permissions", "--cloudformation", "t.json"],
            /--permissions or --cloudformation/,
        ],
        [
            "permissions and --validate",
            ["--permissions", "--validate"],
            /either --permissions or --validate, found both/,
        ],
        ["times and permissions", ["--release-time", "--permissions"], /either --release-time or --permissions/],
        ["times of another file", ["--release-time", "--compare", "HEAD"], /either --release-time or --compare/],
        ["durations of nothing", ["--durations", "d.json"], /expected --release-time beside --durations/],
        ["both --stack and --config", ["--stack", "dev", "--config", "Pulumi.dev.yaml"], /either --stack or --config/],
        [
            "a stack without a file, with the nearest one",
            ["--stack", "prd"],
            /no stack file Pulumi\.prd\.yaml; did you mean "prod"\?/,
        ],
        ["a folder", ["--config", "tests"], /no stack file "tests", which is a folder$/],
        ["a file that is not there", ["--config", "nowhere.yaml"], /no stack file "nowhere\.yaml"$/],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.throws(
                () => read(...args),
                (error: unknown) => error instanceof UsageError && message.test(error.message),
            );
        });
    }

    it("takes --release-time with a service and durations", () => {
        const { releaseTime, service, durations, json } = read(
            ...["--release-time", "--service", "orders", "--durations", "d.json", "--json"],
        );
        assert.deepEqual([releaseTime, service, durations, json], [true, "orders", "d.json", true]);
    });

    it("gives help without a stack file", () => {
        assert.equal(read("--help", "--stack", "nowhere", "--cloudformation", "nowhere/t.json").help, true);
    });

    it("finds the stacks of the project by their files", () => {
        assert.deepEqual(stacksIn(projectFolder), ["dev", "prod"]);
    });
});
