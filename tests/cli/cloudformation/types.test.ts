import * as assert from "node:assert/strict";
import type { Rendering } from "../../../cli/cloudformation/template";
import { mappings } from "../../../cli/cloudformation/types";
import { findingsOf } from "../../../cli/validate";
import { home } from "../../support/plans";
import { registered, type Registration } from "../../support/recordings";
import { rendered, renderedOf } from "./support/render";
import { rows } from "./support/rows";

/** All of them as one, so that the validator is started once. */
function together(renderings: readonly Rendering[]): Rendering {
    const templates = renderings.map(({ template }) => template);
    return {
        template: {
            ...templates[0],
            Parameters: Object.fromEntries(templates.flatMap(({ Parameters = {} }) => Object.entries(Parameters))),
            Resources: Object.fromEntries(templates.flatMap(({ Resources }) => Object.entries(Resources))),
        },
        notExpressed: [],
        origins: new Map(renderings.flatMap(({ origins }) => [...origins])),
        needs: new Map(renderings.flatMap(({ needs }) => [...needs])),
    };
}

describe("a template", function () {
    this.timeout(30_000);

    for (const [title, { make, expected, leftOut = [] }] of Object.entries(rows)) {
        it(`has ${title}`, async () => {
            const { template, notExpressed } = await rendered(make);
            assert.deepEqual(Object.values(template.Resources), expected);
            assert.deepEqual(notExpressed, leftOut);
        });
    }

    describe("of all rows", () => {
        const recorded: (readonly Registration[])[] = [];
        before(async () => {
            for (const { make } of Object.values(rows)) {
                recorded.push(await registered(make));
            }
        });

        it("has every type that is mapped", () => {
            const seen = new Set(recorded.flat().map(({ type }) => type));
            assert.deepEqual(
                Object.keys(mappings).filter(type => !seen.has(type)),
                [],
            );
        });

        it("has no property that AWS's validator does not know", () => {
            const { errors, warnings } = findingsOf(together(recorded.map(renderedOf)), recorded.flat(), home);
            assert.deepEqual([errors, warnings], [[], []]);
        });
    });
});
