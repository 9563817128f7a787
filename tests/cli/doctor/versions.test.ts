import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loginFinding, nodeFinding, packagesFinding, pulumiFinding } from "../../../cli/doctor/versions";
import { none, says } from "./support";

/** What `look` finds in a folder with `files`, each a value of JSON. */
function inProject<T>(files: Readonly<Record<string, unknown>>, look: (folder: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), "doctor-"));
    try {
        for (const [file, value] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            writeFileSync(join(folder, file), typeof value === "string" ? value : JSON.stringify(value));
        }
        return look(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

describe("the version of Node.js", () => {
    for (const [version, engines, state] of [
        ["20.1.0", { node: ">=20" }, "ok"],
        ["24.0.0", { node: ">=20" }, "ok"],
        ["18.19.0", { node: ">=20" }, "to do"],
        ["9.0.0", { node: ">=20" }, "to do"],
        ["20.1.0", undefined, "not known"],
    ] as const) {
        it(`is ${state} with ${version} where package.json says ${JSON.stringify(engines)}`, () => {
            inProject({ "package.json": { engines } }, folder =>
                assert.equal(nodeFinding(folder, version).state, state),
            );
        });
    }

    it("says what the AWS SDK will need, where that is not there", () => {
        const found = (version: string) =>
            inProject({ "package.json": { engines: { node: ">=20" } } }, folder => nodeFinding(folder, version).found);
        assert.equal(found("20.1.0"), "20.1.0; the AWS SDK of 2027 will need 22");
        assert.equal(found("22.0.0"), "22.0.0");
    });
});

describe("the packages", () => {
    const lock = (packages: object) => ({ packages: { "": { version: "0.1.0" }, ...packages } });
    const wanted = lock({
        "node_modules/a": { version: "1.0.0" },
        "node_modules/b/node_modules/a": { version: "2.0.0" },
        "node_modules/other-machine": { version: "1.0.0", optional: true },
    });
    const found = (installed: unknown) =>
        inProject({ "package-lock.json": wanted, "node_modules/.package-lock.json": installed }, packagesFinding);

    it("are ok as the lockfile says, without those of other machines and with what else is there", () => {
        const all = {
            "node_modules/a": { version: "1.0.0" },
            "node_modules/b/node_modules/a": { version: "2.0.0" },
            "node_modules/more": { version: "3.0.0" },
        };
        assert.equal(found(lock(all)).state, "ok");
    });

    it("are to be installed where one is missing or of another version", () => {
        const { state, found: said, remedy } = found(lock({ "node_modules/a": { version: "1.0.1" } }));
        assert.deepEqual([state, said], ["to do", "2 not as package-lock.json says: a, a"]);
        assert.match(remedy ?? "", /npm ci/);
    });

    it("are to be installed where none is", () => {
        assert.equal(inProject({ "package-lock.json": wanted }, packagesFinding).state, "to do");
    });

    it("are not known without a lockfile that can be read", () => {
        assert.equal(inProject({}, packagesFinding).state, "not known");
        assert.equal(inProject({ "package-lock.json": "{" }, packagesFinding).state, "not known");
    });
});

describe("the Pulumi CLI", () => {
    const sdk = { "node_modules/@pulumi/pulumi/package.json": { version: "3.248.0" } };
    for (const [said, state] of [
        ["v3.248.0\n", "ok"],
        ["v3.256.1\n", "ok"],
        ["3.300.0-alpha.1+x", "ok"],
        ["v3.247.9", "to do"],
        ["v2.900.0", "to do"],
        ["v4.0.0", "to do"],
        ["what?", "not known"],
    ] as const) {
        it(`is ${state} where it says ${JSON.stringify(said)}`, () => {
            inProject(sdk, folder => assert.equal(pulumiFinding(folder, says(said)).state, state));
        });
    }

    it("is to be installed where there is none, and not known where it fails or the SDK is missing", () => {
        inProject(sdk, folder => {
            assert.equal(pulumiFinding(folder, none).state, "to do");
            assert.equal(pulumiFinding(folder, says("v3.256.0", 1)).state, "not known");
        });
        inProject({}, folder => assert.equal(pulumiFinding(folder, says("v3.256.0")).state, "not known"));
    });
});

describe("the login of Pulumi", () => {
    it("says who, and which backend", () => {
        const { state, found } = loginFinding(says('{"user":"kim","url":"s3://shop-state"}'));
        assert.deepEqual([state, found], ["ok", "kim, backend s3://shop-state"]);
    });

    it("is to be done where it fails, with the first line of why", () => {
        const { state, found, remedy } = loginFinding(says("", 255, "error: PULUMI_ACCESS_TOKEN must be set\nmore"));
        assert.deepEqual([state, found], ["to do", "not logged in: error: PULUMI_ACCESS_TOKEN must be set"]);
        assert.match(remedy ?? "", /pulumi login/);
    });

    it("is not known without a CLI, and where the answer cannot be read", () => {
        assert.deepEqual([loginFinding(none).state, loginFinding(says("kim")).state], ["not known", "not known"]);
    });
});
