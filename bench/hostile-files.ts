import { stackHead } from "./stack-head";

/** Head of a stack file whose services follow. */
const head = stackHead(`    - name: dev
    - name: staging
      approval: { notify: [release@shop.example] }
    - name: prod
      account: "222222222222"
      deployRoleArn: arn:aws:iam::222222222222:role/deploy
      approval: { notify: [release@shop.example], timeoutHours: 48, instructions: Check the staging dashboard first. }
`);

const times = (text: string, count: number) => text.repeat(count);

const rows = (count: number, row: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => row(index)).join("\n");

const services = (count: number, row: (index: number) => string) => `${head}${rows(count, row)}\n`;

/** The service that the design of this project is measured by. */
const reference = (index: number) => `    service-${index}:
      source: { repository: acme/service-${index}, paths: ["services/service-${index}/**"] }
      build:
        commands: [npm ci, npm test, npm run build]
        secrets: { NPM_TOKEN: "npm-token:token" }
        reports: { junit: reports/junit.xml, coverage: { format: cobertura, file: coverage.xml } }
      suites:
        integration: { after: deploy, environments: [dev, staging], commands: [npm run test:integration] }
      deploy: { type: ecs, cluster: "shop-{environment}", service: service-${index}, taskRoles: ["arn:aws:iam::{account}:role/service-${index}-task"] }
      environments:
        prod: { deploy: { type: ecs-blue-green, application: service-${index}, deploymentGroup: prod } }`;

const small = (index: number) =>
    `    s${index}: { source: { repository: acme/a }, build: { commands: [make] }, deploy: { type: s3, bucket: b${index} } }`;

/** Honest files, for comparison. */
const honest: Readonly<Record<string, () => string>> = {
    "1 reference service": () => services(1, reference),
    "1,000 reference services": () => services(1000, reference),
    "2,000 small services": () => services(2000, small),
};

/** Much of one thing. */
const many: Readonly<Record<string, () => string>> = {
    "20,000 unknown top keys": () => `${head}    {}\n${rows(20_000, index => `k${index}: 1`)}`,
    "20,000 unknown keys of config": () =>
        head.replace("config:\n", `config:\n${rows(20_000, index => `  service-pipelines:k${index}: 1`)}\n`),
    "20,000 keys of config with no namespace": () =>
        head.replace("config:\n", `config:\n${rows(20_000, index => `  k${index}: 1`)}\n`),
    "20,000 unknown keys of a service": () => `${head}    a:\n${rows(20_000, index => `      k${index}: 1`)}`,
    "20,000 unknown keys of a build": () =>
        `${head}    a:\n      build:\n${rows(20_000, index => `        k${index}: 1`)}`,
    "20,000 unknown keys of a deploy": () =>
        `${head}    a:\n      deploy:\n        type: ecs\n${rows(20_000, index => `        k${index}: 1`)}`,
    "20,000 unknown environments of a service": () =>
        `${head}    a:\n      environments:\n${rows(20_000, index => `        k${index}: {}`)}`,
    "20,000 services": () => services(20_000, index => `    s${index}: {}`),
    "5,000 services with a typo": () => services(5000, index => `    s${index}: { bild: {} }`),
    "2,000 services with a typo": () => services(2000, index => `    s${index}: { bild: {}, sorce: {}, depoy: 1 }`),
    "2,000 services of wrong names": () => services(2000, index => `    S_${index}: {}`),
    "2,000 services that trigger unknown ones": () =>
        services(
            2000,
            index =>
                `    s${index}: { source: { repository: acme/a }, build: { type: none }, deploys: { a: { type: pipeline, service: t${index} } } }`,
        ),
    "1,000 environments": () =>
        head.replace("    - name: dev\n", `${rows(1000, index => `    - name: e${index}`)}\n`) + small(1),
    "20,000 environments": () =>
        head.replace("    - name: dev\n", `${rows(20_000, index => `    - name: e${index}`)}\n`) + small(1),
    "100 environments for 500 services": () =>
        head.replace("    - name: dev\n", `${rows(100, index => `    - name: e${index}`)}\n`) + rows(500, small),
    "2,000 suites of a service": () =>
        `${head}    a:\n      source: { repository: a/a }\n      build: { commands: [a] }\n      suites:\n${rows(2000, index => `        t${index}: { after: build, commands: [a], needs: [t${index - 1}] }`)}\n      deploy: { type: s3, bucket: b }`,
    "2,000 deploys of a service": () =>
        `${head}    a:\n      source: { repository: a/a }\n      build: { commands: [a] }\n      deploys:\n${rows(2000, index => `        t${index}: { type: s3, bucket: b${index}, needs: [t${(index + 1) % 2000}] }`)}`,
    "2,000 needs of 20 deploys": () =>
        `${head}    a:\n      source: { repository: a/a }\n      build: { commands: [a] }\n      deploys:\n${rows(
            20,
            index =>
                `        t${index}: { type: s3, bucket: b${index}, needs: [${rows(2000, other => `x${other}`)
                    .split("\n")
                    .join(", ")}] }`,
        )}`,
    "10,000 connections": () =>
        head.replace("    github:", `${rows(10_000, index => `    c${index}: { provider: GitHub }`)}\n    github:`) +
        small(1),
    "10,000 custom actions": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:customActions:\n${rows(10_000, index => `    a${index}: { x: 1 }`)}\n  service-pipelines:network:`,
        ) + small(1),
    "10,000 targets": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:targets:\n${rows(10_000, index => `    a${index}: { type: slak }`)}\n  service-pipelines:network:`,
        ) + small(1),
    "50,000 tags": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:tags:\n${rows(50_000, index => `    t${index}: v`)}\n  service-pipelines:network:`,
        ) + small(1),
    "50,000 numbers as tags": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:tags:\n${rows(50_000, index => `    t${index}: 1`)}\n  service-pipelines:network:`,
        ) + small(1),
    "50,000 duplicate keys": () => `${head}${times("    a: 1\n", 50_000)}`,
    "50,000 duplicate services": () => `${head}${times("    a: {}\n", 50_000)}`,
    "100,000 commands": () => `${head}    a: { build: { commands: [${times("a, ", 100_000)}a] } }`,
    "100,000 numbers as commands": () => `${head}    a: { build: { commands: [${times("1, ", 100_000)}1] } }`,
    "100,000 question marks in brackets": () => `${head}    a: { build: { commands: [${times("a?, ", 100_000)}a] } }`,
    "20,000 variables": () =>
        `${head}    a:\n      build:\n        commands: [a]\n        environment:\n${rows(20_000, index => `          V${index}: x`)}`,
    "20,000 secrets in plain text": () =>
        `${head}    a:\n      build:\n        commands: [a]\n        environment:\n${rows(20_000, index => `          TOKEN_${index}: hunter2`)}`,
    "20,000 allowedPlainText": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:allowedPlainText:\n${rows(20_000, index => `    - { path: services.a${index}.x, reason: because it is none }`)}\n  service-pipelines:network:`,
        ) + small(1),
    "3,000 allowed for 3,000 secrets": () =>
        `${head.replace("  service-pipelines:network:", `  service-pipelines:allowedPlainText:\n${rows(3000, index => `    - { path: services.a.build.environment.TOKEN_${index}x, reason: because it is none }`)}\n  service-pipelines:network:`)}    a:\n      source: { repository: a/a }\n      deploy: { type: s3, bucket: b }\n      build:\n        commands: [a]\n        environment:\n${rows(3000, index => `          TOKEN_${index}: "${"Zq9xK2".repeat(3)}vP8${index}"`)}`,
    "20,000 secretKeys": () =>
        head.replace(
            "  service-pipelines:network:",
            `  service-pipelines:secretKeys:\n${rows(20_000, index => `    - a${index}`)}\n  service-pipelines:network:`,
        ) + small(1),
    "200 services that inherit 200 variables": () =>
        head.replace(
            "compute: small }",
            `compute: small, environment: { ${rows(200, index => `V${index}: "x{environment}"`)
                .split("\n")
                .join(", ")} } }`,
        ) + rows(200, small),
    "2,000 services that inherit a mistake": () =>
        head.replace("compute: small }", "compute: 1, environmant: {} }") + rows(2000, small),
    "1,999 aliases of 150 commands": () =>
        `${head}    a: { build: { commands: &c [${times("a, ", 150)}] } }\n${rows(1999, index => `    b${index}: { build: { commands: *c } }`)}`,
    "merge keys, each of 1,000 keys": () =>
        `x: &x\n${rows(1000, index => `  k${index}: 1`)}\n${head}${rows(900, index => `    b${index}: { <<: *x }`)}`,
    "merge keys, lists of 1,000": () =>
        `x: &x { bild: 1 }\n${head}${rows(1000, index => `    b${index}: { <<: [*x, *x, *x, *x] }`)}`,
    "merge keys in merge keys, 90 deep, in services": () =>
        `x0: &x0 { bild: 1 }\n${rows(90, index => `x${index + 1}: &x${index + 1} { <<: *x${index} }`)}\n${head}${rows(1900, index => `    b${index}: { <<: *x90 }`)}`,
};

/** Long texts. */
const long: Readonly<Record<string, () => string>> = {
    "10 MB of one line": () => `a: ${times("x", 10_000_000)}`,
    "10 MB of line ends": () => times("\n", 10_000_000),
    "500 KB of line ends": () => times("\n", 500_000),
    "500 KB of carriage returns": () => times("\r", 500_000),
    "one text of 400 KB": () => `${head}    a: { build: { commands: ["${times("x", 400_000)}"] } }`,
    "one text of 400 KB in folds": () =>
        `${head}    a: { build: { commands: ["${times("x\n\n          ", 35_000)}"] } }`,
    "one text of 400 KB of backslashes": () => `${head}    a: { build: { commands: ["${times("\\\\", 200_000)}"] } }`,
    "one text of 400 KB of quotes": () => `${head}    a: { build: { commands: ['${times("''", 200_000)}'] } }`,
    "one text of 400 KB of braces": () => `${head}    a: { deploy: { type: s3, bucket: "${times("{", 400_000)}" } }`,
    "one text of 400 KB of placeholders": () =>
        `${head}    a: { deploy: { type: s3, bucket: "${times("{x}", 130_000)}" } }`,
    "one text of 400 KB of slashes": () => `${head}    a: { build: { commands: ["${times("/a", 200_000)}"] } }`,
    "one text of 400 KB of equal signs": () => `${head}    a: { build: { commands: ["${times("a=", 200_000)}"] } }`,
    "one text of 400 KB of URLs": () => `${head}    a: { build: { commands: ["${times("https://a:", 40_000)}"] } }`,
    "one text of 400 KB of `ghp_`": () => `${head}    a: { build: { commands: ["${times("ghp_", 100_000)}"] } }`,
    "one text of 400 KB of `eyJ`": () => `${head}    a: { build: { commands: ["${times("eyJhbGci", 50_000)}"] } }`,
    "one text of 400 KB of `-----BEGIN`": () =>
        `${head}    a: { build: { commands: ["${times("-----BEGIN ", 40_000)}"] } }`,
    "one text of 400 KB of `AKIA`": () => `${head}    a: { build: { commands: ["${times("AKIA", 100_000)}"] } }`,
    "one text of 400 KB of `{{resolve:`": () =>
        `${head}    a: { build: { commands: ["${times("{{resolve:secretsmanager:a:", 15_000)}"] } }`,
    "one text of 400 KB of hash signs": () => `${head}    a: { build: { commands: ["${times("#{", 200_000)}"] } }`,
    "one text of 400 KB of letters of chance": () =>
        `${head}    a: { build: { commands: ["${times("Zq9xK2vP8w ", 40_000)}"] } }`,
    "one text of 400 KB of digits": () =>
        `${head}    a: { build: { commands: ["${times("0123456789abcdef", 25_000)}"] } }`,
    "one text of 400 KB of stars": () => `${head}    a: { source: { paths: ["${times("*", 400_000)}"] } }`,
    "one text of 400 KB of dots": () => `${head}    a: { source: { repository: "${times("a.", 200_000)}" } }`,
    "a cron of 400 KB": () =>
        `${head.replace("    - name: staging\n", `    - name: staging\n      before: [{ type: window, cron: "${times("* ", 200_000)}", timeZone: Europe/Berlin }]\n`)}${small(1)}`,
    "an ARN of 400 KB": () =>
        `${head}    a: { deploy: { type: ecs, cluster: c, service: s, taskRoles: ["arn:aws:iam::${times("1:", 200_000)}"] } }`,
    "a key of 400 KB": () => `${head}    ${times("k", 400_000)}: {}`,
    "a top key of 400 KB": () => `${times("k", 400_000)}: {}\n${head}`,
    "a word of 400 KB as compute": () => `${head}    a: { build: { compute: ${times("k", 400_000)} } }`,
    "a word of 400 KB as type": () => `${head}    a: { deploy: { type: ${times("k", 400_000)} } }`,
    "a key of 400 KB in a build": () => `${head}    a: { build: { ? ${times("k", 400_000)} : 1 } }`,
    "100 keys of 4 KB in a build": () =>
        `${head}    a:\n      build:\n${rows(100, index => `        ? ${times("k", 4000)}${index}\n        : 1`)}`,
    "2,000 keys of 200 bytes in a build": () =>
        `${head}    a:\n      build:\n${rows(2000, index => `        ${times("k", 200)}${index}: 1`)}`,
    "a block of 400 KB": () =>
        `${head}    a:\n      build:\n        commands:\n          - |\n${times("            x\n", 30_000)}`,
    "a folded block of 400 KB": () =>
        `${head}    a:\n      build:\n        commands:\n          - >-\n${times("            x\n\n", 30_000)}`,
    "digits of 400 KB": () => `${head}    a: ${times("9", 400_000)}`,
    "digits and underscores of 400 KB": () => `${head}    a: ${times("1_", 200_000)}`,
    "signs of 400 KB": () => `${head}    a: ${times("+", 400_000)}`,
    "an alias of 400 KB": () => `${head}    a: *${times("a", 400_000)}`,
    "a tag of 400 KB": () => `${head}    a: !${times("a", 400_000)} x`,
    "a comment of 400 KB": () => `${head}    a: # ${times("a", 400_000)}`,
};

/** Odd syntax. */
const odd: Readonly<Record<string, () => string>> = {
    "quotes that never end": () => times(`"`, 400_001),
    "single quotes that never end": () => times(`'`, 400_001),
    "400,000 pipes": () => times("|", 400_000),
    "pipes in a list": () => times("- |\n", 100_000),
    "100,000 documents": () => times("---\n", 100_000),
    "100,000 ends of documents": () => times("...\n", 100_000),
    "40,000 documents of a map": () => times("--- {a: 1}\n", 40_000),
    "complex keys in complex keys": () => times("? ", 100_000),
    "complex keys of lists": () => times("? [a]\n: b\n", 40_000),
    "complex keys that are maps": () => times("? {a: 1}\n", 40_000),
    "100,000 brackets": () => times("[", 100_000),
    "100,000 braces": () => times("{", 100_000),
    "100,000 brackets and their ends": () => times("[", 100_000) + times("]", 100_000),
    "100,000 braces in keys": () => times("{a: ", 100_000) + times("}", 100_000),
    "100,000 ends of brackets": () => times("]", 100_000),
    "100,000 braces in brackets": () => times("[{", 100_000),
    "100,000 dashes": () => times("- ", 100_000),
    "900 maps, each deeper": () => rows(900, index => `${times(" ", index)}a:`),
    "anchors in keys": () => `${head}${rows(20_000, index => `    &a${index} s${index}: {}`)}`,
    "aliases as keys": () => `x: &x a\n${head}${rows(20_000, () => "    *x : {}")}`,
    "100,000 anchors on one": () => times("&a ", 100_000),
    "20,000 anchors of one name": () => `${head}${rows(20_000, index => `    s${index}: &a {}`)}`,
    "a merge key of itself": () => `${head}    a: &a { <<: *a }`,
    "merge keys in a circle": () => `x: &x { <<: *y }\ny: &y { <<: *x }\n${head}`,
    "a merge key of a text": () => `x: &x a\n${head}    a: { <<: *x }`,
    "a merge key of a list of texts": () => `${head}    a: { <<: [a, b] }`,
    "20,000 merge keys": () => `x: &x { a: 1 }\n${head}    a:\n${times("      <<: { b: 1 }\n", 20_000)}`,
    "40,000 %YAML": () => times("%YAML 1.2\n", 40_000),
    "20,000 %TAG": () => `${rows(20_000, index => `%TAG !e${index}! tag:x,${index}:`)}\n---\na: 1`,
    "a directive of chance": () => "%YAML 9.9\n---\na: 1\n",
    "a directive and no document": () => "%YAML 1.1\n",
    tabs: () => times("\t", 400_000),
    "tabs as indentation": () => head.replace(/^ +/gm, "\t"),
    "tabs between": () => `${head}    a:\t\t{\tbuild\t:\t{\t}\t}`,
    "half signs": () => times("\ud800", 100_000),
    "half signs in quotes": () => `${head}    "${times("\\ud800", 50_000)}": {}`,
    NUL: () => times("\0", 400_000),
    "NUL in a key": () => `${head}    a\0b: {}`,
    "marks of byte order in the middle": () => times("\ufeff", 100_000),
    "a mark of byte order in a key": () => `${head}    \ufeffa: {}`,
    "carriage returns alone": () => head.replaceAll("\n", "\r"),
    "line separators": () => head.replaceAll("\n", "\u2028"),
    "next lines": () => head.replaceAll("\n", "\u0085"),
    "bytes of chance": () =>
        Buffer.from(
            Array.from({ length: 400_000 }, (_, index) => (index * 7919 + (index >> 3) * 104_729) % 256),
        ).toString("utf8"),
    "the beginning of a zip": () => `PK\u0003\u0004${times("\u0000\ufffd", 1000)}`,
    nothing: () => "",
    "a comment": () => "# a",
    "a text": () => "a",
    "a list": () => "- a",
    "a number": () => "1",
    null: () => "null",
    "config is a list": () => "config: [a]",
    "config is null": () => "config:",
    "merge key at the top": () => "<<: { config: {} }",
    commas: () => `[${times(",", 100_000)}]`,
    colons: () => times(":", 100_000),
    "colons and blanks": () => times(": ", 100_000),
    "keys without values in braces": () => `{${times("a,", 100_000)}}`,
    ampersands: () => times("&", 100_000),
    "exclamation marks": () => times("!", 100_000),
    "tags in tags": () => times("!a ", 100_000),
    sets: () => `${head}    a: !!set { b, c }`,
    "ordered maps": () => `${head}    a: !!omap [ b: 1, c: 2 ]`,
    bytes: () => `${head}    a: !!binary "${times("AAAA", 90_000)}"`,
    "a time": () => `${head}    a: !!timestamp 2020-01-01`,
    "a float of a text": () => `${head}    a: !!float x`,
    "a null of a map": () => `${head}    a: !!null { a: 1 }`,
    "an int beyond all": () => `${head}    a: 0x${times("f", 100_000)}`,
    "escapes that are none": () => `${head}    a: "${times("\\q", 100_000)}"`,
    "escapes of 32 bits": () => `${head}    a: "${times("\\UFFFFFFFF", 30_000)}"`,
};

/** Texts of stack files by what they are: honest ones, and those made to break or to slow what reads them. */
export const files: Readonly<Record<string, () => string>> = { ...honest, ...many, ...long, ...odd };
