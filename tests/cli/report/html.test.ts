import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { htmlOf } from "../../../cli/report/html";
import { signs } from "../../config/plain-text/support/signs";
import { base } from "../../config/support/base";
import { committedText, dataIn, fleetOf, hostile, payload, reported } from "./support/reports";

describe("the file of a report", function () {
    this.timeout(60_000);
    const { report } = reported(committedText("prod"), "prod");
    const html = htmlOf(report);

    it("has the whole report in it", () => {
        assert.deepEqual(dataIn(html), JSON.parse(JSON.stringify(report)));
    });

    it("is the same for the same stack file, byte by byte", () => {
        const again = htmlOf(reported(committedText("prod"), "prod").report);
        // What differs is told of the data, where it is that; the page is too long to show.
        assert.deepEqual(dataIn(again), dataIn(html));
        assert.ok(again === html, "the same data is not the same page");
    });

    it("asks for nothing outside of itself, and lets run its own script alone", () => {
        const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html) ?? [];
        const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
        const [, style] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
        const [, script] = /<script>([^]*?)<\/script>/.exec(html) ?? [];
        assert.equal(
            policy,
            `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
        );
        assert.equal(html.match(/<script/g)?.length, 2);
        assert.doesNotMatch(html, /<(link|img|iframe|object|embed|base)\b|\ssrc=|@import|url\(\s*["']?(https?:|\/\/)/i);
        assert.doesNotMatch(script, /\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|outerHTML/);
    });

    it("has the terms of what it is drawn with", () => {
        assert.match(html, /Permission is hereby granted, free of charge/);
    });

    it("is below 1 MB for 200 services", () => {
        const large = reported(fleetOf(200));
        assert.deepEqual(large.problems, []);
        assert.equal(large.report.pipelines.length, 200);
        const size = Buffer.byteLength(htmlOf(large.report));
        assert.ok(size < 1_000_000, `${size} bytes`);
    });

    it("has no value of a secret, where the engine keeps one and where one was pasted by mistake", () => {
        const form = `ghp_${signs.alnum(36)}`;
        const secure = `v1:${signs.base64(16)}:${signs.base64(40)}`;
        const sound = base.replace("config:\n", `config:\n  other:token:\n    secure: ${secure}\n`);
        for (const text of [
            sound,
            sound.replace("npm-token:token", form),
            sound.replace("LOG_LEVEL: info", `LOG_LEVEL: info, API_TOKEN: ${form}`),
            sound.replace("npm ci, npm test", `"export TOKEN=${form}", npm test`),
            sound.replace("    web:\n", `    ${form}:\n`),
            sound.replace("{ fleet: shop }", `\n    secure: ${secure}`),
        ]) {
            const words = JSON.stringify(dataIn(htmlOf(reported(text).report)));
            assert.ok(!words.includes(form) && !words.includes(secure), text);
        }
    });

    it("shows nothing of a stack file as HTML", () => {
        const bad = htmlOf(hostile(report));
        assert.ok(
            !bad.replace(/<title>[^<]*<\/title>/, "").includes("hostile"),
            "a text of the stack file stands in the file",
        );
        assert.equal(dataIn(bad).pipelines[0].name.includes(payload), true);
        assert.equal(bad.match(/<script/g)?.length, 2);
        const named = htmlOf({ ...report, stack: payload });
        const [, title] = /<title>([^]*?)<\/title>/.exec(named) ?? [];
        assert.match(title, /stack &lt;script&gt;hostile\(\)&lt;\/script&gt;&quot;/);

        assert.doesNotMatch(title, /[<>\u0000-\u001f\u2028-\u202e]/);
    });
});
