"use strict";
// The least that a Pulumi program with these resources can do: every registration of `list.json`, parents first, without
// inputs. Plain JavaScript with the SDK alone, so that neither a compiler nor a provider's package is loaded.
const pulumi = require("@pulumi/pulumi");
const { version, list } = require("./list.json");

const made = new Map();
for (const { key, type, name, parent, custom } of list) {
    const opts = { parent: made.get(parent) };
    made.set(
        key,
        custom
            ? new pulumi.CustomResource(type, name, {}, { ...opts, version })
            : new pulumi.ComponentResource(type, name, {}, opts),
    );
}
