import * as assert from "node:assert/strict";
import { rolesOf } from "../../blueprint/roles";
import { foreignSecrets, openSecrets } from "../../blueprint/secret-keys";
import { allow } from "../../catalog/grant";
import { problemLines } from "../../config/read";
import { ecsService, fleetOf, stackOf } from "./support/fleet";

const home = { account: "111111111111", region: "eu-west-1" };
const key = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const foreignKey = key.replace("111111111111", "333333333333");
const secret = (name: string, account = home.account) => `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}`;
const parameter = "arn:aws:ssm:eu-west-1:111111111111:parameter/npm";

const reads = [
    allow("ReadNamedSecrets", ["secretsmanager:GetSecretValue"], [secret("a-??????"), secret("b-AbCdEf")]),
    allow("ReadNamedParameters", ["ssm:GetParameters"], [parameter]),
];

describe("keys of secrets", () => {
    it("open exactly the secrets that are read, through what keeps them", () => {
        assert.deepEqual(openSecrets(reads, { secretKeys: [key] }), [
            {
                sid: "OpenSecrets",
                actions: ["kms:Decrypt"],
                resources: [key],
                conditions: {
                    StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
                    StringLike: { "kms:EncryptionContext:SecretARN": [secret("a-??????"), secret("b-AbCdEf")] },
                },
            },
            {
                sid: "OpenParameters",
                actions: ["kms:Decrypt"],
                resources: [key],
                conditions: {
                    StringEquals: { "kms:ViaService": "ssm.eu-west-1.amazonaws.com" },
                    StringLike: { "kms:EncryptionContext:PARAMETER_ARN": [parameter] },
                },
            },
        ]);
    });

    it("go through the service by either of its names in China", () => {
        const china = (named: string) => named.replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1");
        const grants = [allow("ReadNamedSecrets", ["secretsmanager:GetSecretValue"], [china(secret("a-AbCdEf"))])];
        const [opening] = openSecrets(grants, { secretKeys: [china(key)] });
        assert.deepEqual(opening.conditions?.StringEquals["kms:ViaService"], [
            "secretsmanager.cn-north-1.amazonaws.com",
            "secretsmanager.cn-north-1.amazonaws.com.cn",
        ]);
    });

    it("open nothing where nothing is read, where no key is of the secret's region, or where the stack file grants itself", () => {
        const other = key.replace("eu-west-1", "us-east-1");
        assert.deepEqual(openSecrets([allow("X", ["s3:GetObject"], ["*"])], { secretKeys: [key] }), []);
        assert.deepEqual(openSecrets(reads, { secretKeys: [other] }), []);
        assert.deepEqual(openSecrets(reads, { secretKeys: [] }), []);
        assert.deepEqual(openSecrets([{ ...reads[0], reason: "as asked for" }], { secretKeys: [key] }), []);
    });

    it("of other accounts, and secrets of others, say what their policies have to allow", () => {
        const grants = [
            allow("ReadNamedSecrets", ["secretsmanager:GetSecretValue"], [secret("a-AbCdEf", "333333333333")]),
        ];
        const role = "arn:aws:iam::111111111111:role/builds/build";
        assert.deepEqual(
            foreignSecrets(grants, "build", { roles: { path: "/builds/", home }, secretKeys: [key, foreignKey] }),
            [
                `the policy of the secret ${secret("a-AbCdEf", "333333333333")} lets ${role} do secretsmanager:GetSecretValue`,
                `the policy of the key ${foreignKey} lets ${role} do kms:Decrypt where kms:ViaService is secretsmanager.eu-west-1.amazonaws.com`,
            ],
        );
        assert.deepEqual(foreignSecrets(reads, "build", { roles: { path: "/", home }, secretKeys: [key] }), []);
    });

    const words = (secrets: object, more: object = {}) => ({
        environments: [{ name: "dev" }],
        services: { orders: { ...ecsService("orders"), build: { commands: ["npm ci"], secrets } } },
        ...more,
    });

    it("are of the role of the build that reads, and of no other", () => {
        const fleet = fleetOf(words({ TOKEN: "npm:token" }, { secretKeys: [key.replace("eu-west-1", "{region}")] }));
        const roles = rolesOf(fleet.pipelines[0], fleet);
        const opening = roles.filter(({ statements }) => statements.some(({ Sid }) => Sid === "OpenSecrets"));
        assert.deepEqual(
            opening.map(({ name }) => name),
            ["shop--orders--build"],
        );
        assert.deepEqual(
            fleet.pipelines[0].prerequisites.filter(text => text.includes("policy of")),
            [],
        );
    });

    it("are of the role of the function that tells, too", () => {
        const fleet = fleetOf(
            words({}, { secretKeys: [foreignKey], targets: { people: { type: "slack", webhook: "hooks:chat" } } }),
        );
        const notify = fleet.shared.functions.find(one => one.key === "notify");
        assert.deepEqual(notify?.role.statements.find(({ Sid }) => Sid === "OpenSecrets")?.Condition?.StringLike, {
            "kms:EncryptionContext:SecretARN": [secret("hooks-??????")],
        });
        assert.equal(fleet.shared.operations.targets[0].prerequisites?.length, 1);
    });

    it("add nothing where none is named", () => {
        const fleet = fleetOf(words({ TOKEN: "npm:token" }));
        const actions = rolesOf(fleet.pipelines[0], fleet)
            .filter(({ name }) => name.endsWith("build"))
            .flatMap(({ statements }) => statements.map(({ Sid }) => Sid));
        assert.ok(actions.includes("ReadNamedSecrets") && !actions.includes("OpenSecrets"));
    });

    it("let a build read what another account keeps; without one that fails", () => {
        const secrets = { TOKEN: `${secret("npm-AbCdEf", "333333333333")}:token` };
        const message =
            "reads arn:aws:secretsmanager:eu-west-1:333333333333:secret:npm-AbCdEf, which is of another account than the pipelines: one that AWS's own key encrypts is never read from there; encrypt it with a key of yours, and name that in `secretKeys`";
        assert.deepEqual(
            problemLines(stackOf(words(secrets)).problems).map(line => line.slice(line.indexOf("services.orders"))),
            [`services.orders: ${message}`],
        );
        assert.equal(fleetOf(words(secrets, { secretKeys: [foreignKey] })).pipelines[0].prerequisites.length > 0, true);
    });
});
