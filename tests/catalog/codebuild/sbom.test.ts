import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { image } from "../../../catalog/builds/image";
import { sbomCommands } from "../../../catalog/codebuild/sbom";
import { at, dev, only, projectOf, read, refusals, source } from "../support/place";
import { runLines } from "../support/shell";

const settings = (yaml: string) => read(build.settings, `{ commands: [make], ${yaml} }`);
const planned = (yaml: string, environment?: typeof dev) =>
    only(build.plan(settings(yaml), at("build", [source], environment)));
const commandsOf = (yaml: string) =>
    (parse(projectOf(planned(yaml)).buildspec) as { phases: { build: { commands: string[] } } }).phases.build.commands;

const cyclonedx = { bomFormat: "CycloneDX", specVersion: "1.6", components: [{ name: "a" }] };
const spdx = { spdxVersion: "SPDX-2.3", packages: [{ name: "a" }] };

/** Runs the commands of an SBOM with `text` in its file. */
const run = (format: string, text: string | undefined, more = "", id = "1a2b") =>
    runLines({
        lines: [
            'CODEBUILD_SRC_DIR="$PWD"',
            ...sbomCommands(settings(`sbom: { format: ${format}, file: out/bom.json ${more} }`), at("build", [source])),
        ],
        variables: { PIPELINE_EXECUTION_ID: id },
        files: { "out/keep": "", ...(text !== undefined && { "out/bom.json": text }) },
        programs: { aws: "" },
    });

const kept = (ending: string) =>
    `aws [s3] [cp] [--only-show-errors] [out/bom.json] [s3://artifacts/shop--orders/sbom/1a2b/build.${ending}]`;
const none = (format: string, wants: string) => `out/bom.json is no SBOM of ${format} in JSON: expected ${wants}\n`;
const noCycloneDx = none("CycloneDX", 'bomFormat "CycloneDX", a specVersion of 1.x and components with names');
const noSpdx = none("SPDX", 'an spdxVersion of "SPDX-2.x" and packages with names');

describe("the SBOM of a build", () => {
    for (const [format, content, ending] of [
        ["cyclonedx", cyclonedx, "cdx.json"],
        ["spdx", spdx, "spdx.json"],
    ] as const) {
        it(`is kept by the execution's id: ${format}`, () => {
            const { failed, stderr, calls } = run(format, JSON.stringify(content));
            assert.deepEqual([failed, stderr, calls], [false, "", [kept(ending)]]);
        });
    }

    for (const [title, format, text, message] of [
        [
            "no file",
            "cyclonedx",
            undefined,
            "the SBOM out/bom.json is not there, or is empty: write it in the commands of the build or of its sbom\n",
        ],
        [
            "an empty file",
            "spdx",
            "",
            "the SBOM out/bom.json is not there, or is empty: write it in the commands of the build or of its sbom\n",
        ],
        ["another format", "cyclonedx", JSON.stringify(spdx), noCycloneDx],
        ["the other format", "spdx", JSON.stringify(cyclonedx), noSpdx],
        ["no version", "cyclonedx", JSON.stringify({ ...cyclonedx, specVersion: undefined }), noCycloneDx],
        ["a version that is none", "cyclonedx", JSON.stringify({ ...cyclonedx, specVersion: "1x6" }), noCycloneDx],
        ["no components", "cyclonedx", JSON.stringify({ ...cyclonedx, components: [] }), noCycloneDx],
        ["a component without a name", "cyclonedx", JSON.stringify({ ...cyclonedx, components: [{}] }), noCycloneDx],
        ["components that are no list", "cyclonedx", JSON.stringify({ ...cyclonedx, components: "a" }), noCycloneDx],
        ["no packages", "spdx", JSON.stringify({ ...spdx, packages: [] }), noSpdx],
        ["a version 3", "spdx", JSON.stringify({ ...spdx, spdxVersion: "SPDX-3.0" }), noSpdx],
        ["two documents", "spdx", JSON.stringify(spdx).repeat(2), noSpdx],
        ["a list", "spdx", "[]", noSpdx],
    ] as const) {
        it(`fails on ${title}`, () => {
            const { failed, stderr, calls } = run(format, text);
            assert.deepEqual([failed, calls], [true, []]);
            assert.ok(stderr.endsWith(message), stderr);
        });
    }

    it("fails on a file that is no JSON", () => {
        const { failed, stderr, calls } = run("cyclonedx", "<bom/>");
        assert.deepEqual([failed, calls], [true, []]);
        assert.ok(stderr.endsWith(noCycloneDx), stderr);
    });

    it("fails outside a pipeline", () => assert.deepEqual(run("spdx", JSON.stringify(spdx), "", "").calls, []));

    it("is written by commands of its own, wherever they end, and fails with them", () => {
        const made = run(
            "spdx",
            undefined,
            `, commands: [cd out, "echo '${JSON.stringify(spdx).replaceAll('"', '\\"')}' > bom.json"]`,
        );
        assert.deepEqual([made.failed, made.calls], [false, [kept("spdx.json")]]);
        const broken = run("spdx", JSON.stringify(spdx), ', commands: ["false"]');
        assert.deepEqual([broken.failed, broken.calls], [true, []]);
    });

    it("comes after the commands of a build, which is told of its execution, and needs no further grant", () => {
        const yaml = "sbom: { format: spdx, file: bom.json, commands: [npm sbom] }";
        const [own, ...after] = commandsOf(yaml);
        assert.equal(own, "make");
        assert.deepEqual(after, sbomCommands(settings(yaml), at("build", [source])));
        assert.deepEqual(JSON.parse(planned(yaml).configuration.EnvironmentVariables as string), [
            { name: "PIPELINE_EXECUTION_ID", value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" },
        ]);
        assert.equal(
            planned(yaml).summary,
            "make in aws/codebuild/amazonlinux-aarch64-standard:3.0, SBOM in artifacts/shop--orders/sbom/<execution>/build.spdx.json",
        );
        assert.deepEqual(projectOf(planned(yaml)).grants, projectOf(planned("")).grants);
        const [{ sid, resources, actions }] = projectOf(planned(yaml)).grants;
        assert.deepEqual([sid, resources], ["UseArtifacts", ["arn:aws:s3:::artifacts/shop--orders/*"]]);
        assert.ok(actions.includes("s3:PutObject"));
    });

    it("is one for each environment of a build that is made anew in it", () =>
        assert.match(
            planned("sbom: { format: cyclonedx, file: bom.json }", dev).summary,
            /sbom\/<execution>\/build--dev\.cdx\.json$/,
        ));

    it("follows the push of an image, which its commands can look at", () => {
        const own = read(image.settings, '{ sbom: { format: spdx, file: bom.json, commands: ["syft $IMAGE_URI"] } }');
        const { needs = [] } = only(image.plan(own, at("build", [source])));
        const [project] = needs;
        assert.ok(project.component === "BuildProject");
        const { commands } = (parse(project.buildspec) as { phases: { build: { commands: string[] } } }).phases.build;
        assert.ok(commands.indexOf("syft $IMAGE_URI") > commands.findIndex(line => line.startsWith("docker push")));
    });

    it("adds nothing where none is asked for", () => {
        assert.deepEqual(commandsOf(""), ["make"]);
        assert.equal(planned("").configuration.EnvironmentVariables, undefined);
    });

    for (const [title, yaml, path, message] of [
        [
            "a batch",
            "commands: [make], batch: { matrix: { A: [a, b] } }",
            "sbom",
            "expected no `sbom` beside `batch`: its builds would write over each other's",
        ],
        [
            "a buildspec",
            "buildspec: buildspec.yml",
            "sbom",
            "expected no `sbom` beside `buildspec`: write commands, to which its check is added",
        ],
        [
            "a variable of its own name",
            "commands: [make], environment: { PIPELINE_EXECUTION_ID: a }",
            "environment.PIPELINE_EXECUTION_ID",
            "is set by the pipeline; choose another name",
        ],
    ] as const) {
        it(`fails beside ${title}`, () =>
            assert.deepEqual(
                build
                    .check?.(read(build.settings, `{ sbom: { format: spdx, file: bom.json }, ${yaml} }`))
                    .map(problem => [problem.path.join("."), problem.message]),
                [[path, message]],
            ));
    }

    for (const yaml of ["{ format: swid, file: bom.json }", "{ format: spdx }", '{ format: spdx, file: "a; rm" }']) {
        it(`fails as ${yaml}`, () =>
            assert.ok(refusals(build.settings, `{ commands: [make], sbom: ${yaml} }`).length > 0));
    }
});
