import * as assert from "node:assert/strict";
import { join } from "node:path";
import { permissionsOf } from "../../../blueprint/permissions/view";
import { reasonOf, reasons } from "../../../blueprint/permissions/reasons";
import { bareSid } from "../../../blueprint/permissions/sid";
import { planStack } from "../../../blueprint/stack";
import { projectFolder } from "../../../cli/options";
import { fromFile } from "../../../config/from-file";
import { stackFiles } from "../../support/stacks";

/** Every `Sid` that a stack file of the repository makes. */
const sids = new Set(
    Object.entries(stackFiles).flatMap(([file, stack]) => {
        const { plan } = planStack(fromFile(join(projectFolder, file), stack));
        assert.ok(plan, file);
        return permissionsOf(plan).flatMap(({ trust, statements }) =>
            [...trust, ...statements].map(({ Sid }) => bareSid(Sid)),
        );
    }),
);

describe("reasons of permissions", () => {
    it("are told of every statement that a stack file of the repository makes: a new Sid needs a sentence", () =>
        assert.deepEqual(
            [...sids].filter(sid => !(sid in reasons)),
            [],
        ));

    it("are short sentences without a full stop", () => {
        for (const [sid, reason] of Object.entries(reasons)) {
            assert.match(sid, /^[A-Z][A-Za-z]+$/);
            assert.match(reason, /^.{15,120}[^.]$/, sid);
        }
    });

    it("put the statement's own words behind", () => {
        const sentence = "the build logs in to the registry of images";
        assert.equal(reasonOf({ Sid: "LogInToRegistry" }), sentence);
        assert.equal(reasonOf({ Sid: "LogInToRegistry2", reason: "why" }), `${sentence} (why)`);
        assert.equal(reasonOf({ Sid: "SomethingNew2" }), "something new 2");
    });
});
