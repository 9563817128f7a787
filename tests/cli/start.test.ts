import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";

/** Runs the command as `npm start` does, and says what it printed. */
function start(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["-r", "ts-node/register", "cli/start.ts", ...args],
        {
            cwd: projectFolder,
            encoding: "utf8",
            env: { ...process.env, FORCE_COLOR: "1", PULUMI_CONFIG: "{}" },
        },
    );
    return { code: status, stdout, stderr };
}

describe("npm start", function () {
    // Each test starts a process of its own.
    this.timeout(120_000);
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** A copy of the dev stack's file with one word replaced. */
    const broken = (name: string, from: string, to: string) => {
        const file = join(folder, `Pulumi.${name}.yaml`);
        const text = readFileSync(join(projectFolder, "Pulumi.dev.yaml"), "utf8");
        assert.ok(text.includes(from), from);
        writeFileSync(file, text.replace(from, to));
        return file;
    };

    it("shows how long releases take, and refuses durations that are none with one line and 1, a file that is not there with 2", () => {
        const shown = start("--release-time", "--service", "orders");
        assert.deepEqual([shown.code, shown.stderr], [0, ""]);
        assert.match(shown.stdout, /^orders of shop-dev, stack dev: [\d.]+ min of machines for a release\n/);
        const bad = start("--release-time", "--durations", "package.json");
        assert.deepEqual([bad.code, bad.stdout], [1, ""]);
        assert.match(bad.stderr, /^package\.json: no durations[^\n]*\n$/);
        const pipeline = (service: string) => ({ service, executions: 0, stages: {}, approvals: {} });
        const measured = (...services: string[]) => {
            const file = join(folder, "durations.json");
            const pipelines = Object.fromEntries(services.map(name => [`shop-dev--${name}`, pipeline(name)]));
            const place = { stack: "dev", account: "111111111111", region: "eu-west-1", at: "2026-11-24T10:00:00Z" };
            writeFileSync(file, JSON.stringify({ version: 1, ...place, executions: 20, pipelines }));
            return ["--release-time", "--service", "orders", "--durations", file] as const;
        };
        const neighbour = start(...measured("orders", "web"));
        assert.equal(neighbour.code, 0);
        assert.doesNotMatch(neighbour.stdout, /^stale/m);
        const old = measured("orders", "old");
        assert.match(start(...old).stdout, /^stale {2}pipeline shop-dev--old is not in the stack$/m);
        assert.deepEqual([start(...old).code, start(...old, "--strict").code], [0, 1]);
        const none = start("--release-time", "--durations", "nowhere.json");
        assert.equal(none.code, 2);
        assert.match(none.stderr, /^--durations: no file "nowhere\.json"[^\n]*\n--help tells the usage\n$/);
    });

    it("shows the dev fleet, without colours where there is no terminal, and exits with 0", () => {
        const { code, stdout, stderr } = start();
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^shop-dev, stack dev: 6 services → dev → qa\n/);
        assert.ok(!stdout.includes("\u001b"));
    });

    it("prints permissions in place of all else, and marks what grows against another file", () => {
        const less = broken("less", "retention", "retention");
        const plain = start("--permissions", "--config", less, "--compare", join(projectFolder, "Pulumi.dev.yaml"));
        assert.deepEqual([plain.code, plain.stderr], [0, ""]);
        assert.match(plain.stdout, /^Against \S+: no permission changes\n\nRoles: who may become them/);
        const boundary = '{ boundary: "arn:aws:iam::{account}:policy/most" }';
        const key = "service-pipelines:tags:";
        const more = broken("more", key, `service-pipelines:roles: ${boundary}\n  ${key}`);
        const back = ["--permissions", "--json", "--strict", "--config", less, "--compare", more];
        const { code, stdout } = start(...back);
        const { change } = JSON.parse(stdout) as { change: { broader: boolean; changes: { broader: boolean }[] } };
        assert.deepEqual([code, change.broader], [1, true]);
        assert.ok(change.changes.length > 10 && change.changes.every(({ broader }) => broader));
        assert.equal(start(...back.filter(word => word !== "--strict")).code, 0);
        const told = start(...back.filter(word => word !== "--json"));
        assert.match(told.stdout, /^Against \S+\n {2}changed {2}role /);
        assert.match(
            told.stderr,
            /^\d+ roles are broader than in \S+: shop-dev--\S+, .*, which --strict does not let pass\n$/,
        );
    });

    it("prints one JSON object, with every resource, and the same bytes each time", () => {
        const { code, stdout, stderr } = start("--json", "--stack", "prod");
        assert.deepEqual([code, stderr], [0, ""]);
        const shown = JSON.parse(stdout) as Record<string, unknown[]>;
        assert.deepEqual(Object.keys(shown), [
            "stack",
            "spread",
            "problems",
            "warnings",
            "pipelines",
            "resources",
            "network",
            "cost",
            "quotas",
        ]);
        assert.equal(shown.pipelines.length, 6);
        assert.equal(start("--json", "--stack", "prod").stdout, stdout);
    });

    it("says what a month comes to, as text and JSON, and exits with 2 for what it cannot be asked", () => {
        assert.match(
            start("--what-if", "releases=2").stdout,
            /^shop-dev, stack dev: about \$\d+\.\d\d a month with 2 releases/,
        );
        const { code, stdout } = start("--what-if", "releases=2", "--service", "orders", "--json");
        const { whatIf } = JSON.parse(stdout) as { whatIf: { services: number; byService: { service: string }[] } };
        assert.deepEqual([code, whatIf.services, whatIf.byService[0].service], [0, 1, "orders"]);
        const wrong = start("--what-if", "relases=2");
        assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
        assert.match(wrong.stderr, /unknown key "relases"; did you mean "releases"\?/);
    });

    it("shows one service, and its resources alone", () => {
        const text = start("--service", "orders").stdout;
        assert.ok(text.includes("\norders  pipeline shop-dev--orders") && !text.includes("\ncatalog "));
        assert.match(text, /\n\d other services were read, and not planned: .*\n+$/);
        for (const option of ["--validate", "--compare=HEAD", "--permissions"]) {
            const whole = start("--service", "orders", option).stdout;
            assert.ok(whole.includes("role shop-dev--orders") && !whole.includes("not planned"), option);
        }
        const { resources } = JSON.parse(start("--json", "--service", "orders").stdout) as {
            resources: { urn: string }[];
        };
        assert.equal(resources.length, 12);
        assert.ok(resources.every(({ urn }) => /::orders(--|-|$)/.test(urn)));
    });

    it("exits with 1 and prints every problem with its place, and nothing else, when the file has problems", () => {
        const file = broken("broken", "cluster: ", "clutser: ");
        const { code, stdout, stderr } = start("--config", file);
        assert.deepEqual([code, stdout], [1, ""]);
        const lines = stderr.trim().split("\n");
        assert.match(
            lines[0],
            /^Pulumi\.broken\.yaml:\d+:\d+ services\.orders\.deploy\.clutser: unknown key; did you mean "cluster"\?$/,
        );
        assert.ok(!stderr.includes("    at "), "a stack trace");
    });

    it("puts the problems into the JSON object too", () => {
        const { code, stdout, stderr } = start("--json", "--config", broken("broken", "cluster: ", "clutser: "));
        const { problems, resources } = JSON.parse(stdout) as {
            problems: Record<string, unknown>[];
            resources: unknown[];
        };
        assert.deepEqual([code, resources], [1, []]);
        assert.equal(problems[0].path, "services.orders.deploy.clutser");
        assert.deepEqual(
            problems.map(({ file, line, column }) => `${String(file)}:${String(line)}:${String(column)}`),
            stderr
                .split("\n")
                .filter(line => line.startsWith("Pulumi."))
                .map(line => line.split(" ")[0]),
        );
    });

    it("writes the stack as a CloudFormation template, tells what is not in it, and writes the same bytes each time", () => {
        const [one, other] = ["one", "other"].map(name => join(folder, `${name}.template.json`));
        const { code, stdout, stderr } = start("--stack", "prod", "--cloudformation", one);
        const text = readFileSync(one, "utf8");
        const { Resources, Metadata } = JSON.parse(text) as {
            Resources: object;
            Metadata: { ServicePipelines: { notExpressed: string[] } };
        };
        assert.equal(code, 0);
        assert.ok(stdout.startsWith(`${Object.keys(Resources).length} resources written to ${one}; `), stdout);
        assert.deepEqual(
            stderr.trimEnd().split("\n"),
            Metadata.ServicePipelines.notExpressed.map(line => `not in the template: ${line}`),
        );
        assert.match(stderr, /^not in the template: network-vpc \(awsx:ec2:Vpc\): .* parameters: NetworkVpc/m);
        start("--stack", "prod", "--cloudformation", other);
        assert.equal(readFileSync(other, "utf8"), text);
    });

    it("asks AWS's validator where that is wanted, and says that it has", () => {
        const { code, stdout, stderr } = start("--validate", "--strict");
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /\nAWS's CloudFormation validator [\d.]+ has looked at \d+ resources\n$/);
    });

    /** A stack in a VPC whose id is none, of whose approvals nobody is told. */
    const doubtful = () => {
        const file = join(folder, "Pulumi.doubtful.yaml");
        const text = [
            "config:",
            "  aws:region: eu-west-1",
            '  aws:allowedAccountIds: ["111111111111"]',
            "  service-pipelines:prefix: shop",
            "  service-pipelines:network: { existing: { vpcId: vpc-1, subnetIds: [subnet-0123456789abcdef0] } }",
            "  service-pipelines:connections: { github: { provider: GitHub } }",
            "  service-pipelines:environments: [{ name: dev, approval: {} }]",
            "  service-pipelines:services:",
            "    web:",
            "      source: { type: connection, connection: github, repository: acme/web, branch: main }",
            "      build: { type: none }",
            "      deploy: { type: s3, bucket: site }",
            "  service-pipelines:targets: { people: { type: sns, emails: [on-call@shop.example] } }",
            "  service-pipelines:notify: { people: [failed, alarm] }",
        ];
        writeFileSync(file, `${text.join("\n")}\n`);
        return file;
    };
    const untold = "Pulumi.doubtful.yaml:7:3 environments: nobody is told";
    const noVpc = "Pulumi.doubtful.yaml:5:3 network: network-builds (AWS::EC2::SecurityGroup) VpcId: 'vpc-1'";

    it("exits with 1 where AWS's validator finds an error, and writes no template", () => {
        const target = join(folder, "doubtful.template.json");
        const { code, stdout, stderr } = start("--config", doubtful(), "--validate", "--cloudformation", target);
        assert.deepEqual([code, stdout, existsSync(target)], [1, "", false]);
        assert.ok(stderr.startsWith(noVpc), stderr);
        assert.match(stderr, /\n1 problem; nothing was done\n$/);
    });

    it("puts what AWS's validator finds into the JSON object too", () => {
        const { code, stdout, stderr } = start("--config", doubtful(), "--validate", "--json");
        const { problems, resources } = JSON.parse(stdout) as { problems: object[]; resources: object[] };
        assert.deepEqual([code, problems.length, resources], [1, 1, []]);
        assert.ok(stderr.startsWith(noVpc), stderr);
    });

    it("warns and goes on, but with --strict exits with 1 on the same line, and does nothing else", () => {
        const plain = start("--config", doubtful());
        assert.equal(plain.code, 0);
        assert.ok(plain.stdout.includes(`\nWarnings\n  ${untold}`), plain.stdout);
        const { code, stdout, stderr } = start("--config", doubtful(), "--strict", "--validate");
        assert.deepEqual([code, stdout], [1, ""]);
        assert.ok(stderr.startsWith(untold) && !stderr.includes(noVpc), stderr);
        const target = join(folder, "warned.template.json");
        const written = start("--config", doubtful(), "--cloudformation", target);
        assert.equal(written.code, 0);
        assert.ok(written.stderr.startsWith(untold), written.stderr);
    });

    for (const [title, args, message] of [
        ["an unknown option", ["--stak"], /--stak/],
        [
            "a service that is not there",
            ["--service", "oders"],
            /no service "oders" in the stack dev; did you mean "orders"\?/,
        ],
    ] as const) {
        it(`exits with 2 on ${title}`, () => {
            const { code, stdout, stderr } = start(...args);
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, message);
        });
    }

    it("prints nothing but the object through npm too, whether the file is valid or not", () => {
        const npm = (...args: string[]) => {
            const { status, stdout } = spawnSync("npm", ["start", "--", "--json", ...args], {
                cwd: projectFolder,
                encoding: "utf8",
            });
            return { status, problems: (JSON.parse(stdout) as { problems: unknown[] }).problems.length };
        };
        assert.deepEqual(npm(), { status: 0, problems: 0 });
        assert.equal(npm("--config", broken("npm", "cluster: ", "clutser: ")).status, 1);
    });

    it("ends quietly when its reader has seen enough", () => {
        const { stdout, stderr } = spawnSync(
            "sh",
            ["-c", `${process.execPath} -r ts-node/register cli/start.ts --json | head -c 10`],
            { cwd: projectFolder, encoding: "utf8" },
        );
        assert.deepEqual([stdout.length, stderr], [10, ""]);
    });

    it("tells its usage", () => {
        const { code, stdout } = start("--help");
        assert.equal(code, 0);
        for (const option of ["stack", "config", "service", "json", "cloudformation", "validate", "strict"]) {
            assert.ok(stdout.includes(`\n  --${option} `), option);
        }
    });
});
