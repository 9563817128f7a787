import * as assert from "node:assert/strict";
import { join } from "node:path";
import { options, projectFolder, stacksIn, UsageError } from "../../cli/options";

const read = (...args: string[]) => options(args, projectFolder);

describe("options of npm start", () => {
    it("reads the dev stack when nothing is said", () => {
        assert.deepEqual(read(), {
            stack: "dev",
            file: join(projectFolder, "Pulumi.dev.yaml"),
            json: false,
            help: false,
        });
    });

    it("takes a stack, a service and --json", () => {
        assert.deepEqual(read("--stack", "prod", "--service", "orders", "--json"), {
            stack: "prod",
            file: join(projectFolder, "Pulumi.prod.yaml"),
            service: "orders",
            json: true,
            help: false,
        });
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
        ["an unknown option", ["--stak", "dev"], /--stak/],
        ["an option without its value", ["--stack"], /--stack/],
        ["a word that is no option", ["prod"], /prod/],
        ["both --stack and --config", ["--stack", "dev", "--config", "Pulumi.dev.yaml"], /either --stack or --config/],
        [
            "a stack without a file, with the nearest one",
            ["--stack", "prd"],
            /no stack file Pulumi\.prd\.yaml; did you mean "prod"\?/,
        ],
        ["a folder", ["--config", "tests"], /no stack file tests/],
        ["a file that is not there", ["--config", "nowhere.yaml"], /no stack file nowhere\.yaml/],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.throws(
                () => read(...args),
                (error: unknown) => error instanceof UsageError && message.test(error.message),
            );
        });
    }

    it("gives help without a stack file", () => {
        assert.equal(read("--help", "--stack", "nowhere").help, true);
    });

    it("finds the stacks of the project by their files", () => {
        assert.deepEqual(stacksIn(projectFolder), ["dev", "prod"]);
    });
});
