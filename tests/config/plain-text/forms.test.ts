import * as assert from "node:assert/strict";
import { credentialForms, credentialIn, withoutCredentials } from "../../../config/plain-text/forms";
import { signs } from "./support/signs";

const { alnum, base64, hex, lower, upper, url } = signs;

/** What each form is called, an example that no one was ever given, and what is nearly one. */
const rows: readonly (readonly [what: string, example: string, nearMiss: string])[] = [
    ["an AWS access key", `AKIA${upper(16)}`, `AKIA${upper(15)}`],
    ["an AWS access key", `ASIA${upper(16)}`, `AROA${upper(16)}`],
    ["an AWS secret access key", `aws_secret_access_key = ${base64(40)}`, "aws_secret_access_key = $SECRET_ACCESS_KEY"],
    ["an AWS secret access key", `{"SecretAccessKey":"${base64(40)}"}`, `{"SecretAccessKey":"${base64(39)}"}`],
    ["a Bedrock API key", `ABSK${base64(120)}`, `ABSK${base64(40)}`],
    [
        "a presigned URL",
        `https://b.example/o?X-Amz-Date=1&X-Amz-Signature=${hex(64)}`,
        "https://b.example/o?X-Amz-Date=1",
    ],
    ["a Google API key", `AIza${url(35)}`, `AIza${url(20)}`],
    ["a Google client secret", `GOCSPX-${url(28)}`, `GOCSPX-${url(10)}`],
    ["a key of a Google service account", '{ "type": "service_account" }', '{ "type": "user_account" }'],
    ["an Azure storage key", `AccountName=shop;AccountKey=${base64(86)}==`, `AccountKey=${base64(20)}==`],
    [
        "an Azure shared access signature",
        `https://x.example/c?sv=1&sig=${base64(43)}`,
        "https://x.example/c?sv=1&sig=off",
    ],
    ["an Azure client secret", `${alnum(3)}8Q~${alnum(31)}`, `${alnum(3)}8Q~${alnum(10)}`],
    ["an Azure DevOps token", `${alnum(76)}AZDO${alnum(4)}`, `${alnum(20)}AZDO${alnum(4)}`],
    ["a DigitalOcean token", `dop_v1_${hex(64)}`, `dop_v1_${hex(20)}`],
    ["a Heroku key", `HRKU-AA${url(58)}`, `HRKU-AA${url(20)}`],
    ["a GitHub token", `ghp_${alnum(36)}`, `ghp_${alnum(12)}`],
    ["a GitHub token", `github_pat_${alnum(22)}_${alnum(59)}`, "github_pat_name"],
    ["a GitLab token", `glpat-${alnum(20)}`, `glpat-${alnum(8)}`],
    ["a GitLab token", `glrt-${alnum(20)}`, `glxx-${alnum(20)}`],
    ["an Atlassian token", `ATATT3${alnum(180)}`, `ATATT3${alnum(20)}`],
    ["an Atlassian token", `ATBB${alnum(32)}`, `ATBB${alnum(12)}`],
    ["an npm token", `npm_${alnum(36)}`, "npm_config_registry"],
    ["an npm token", `//registry.npmjs.org/:_authToken=${hex(36)}`, "//registry.npmjs.org/:_authToken=$NPM_TOKEN"],
    ["a PyPI token", `pypi-AgEIcHlwaS5vcmc${alnum(60)}`, "pypi-AgEnt"],
    ["a RubyGems key", `rubygems_${hex(48)}`, `rubygems_${hex(20)}`],
    ["a NuGet key", `oy2${lower(43)}`, `oy2${lower(20)}`],
    ["an Artifactory key", `AKCp${alnum(69)}`, `AKCp${alnum(30)}`],
    ["a Docker Hub token", `dckr_pat_${url(27)}`, `dckr_pat_${url(8)}`],
    ["a SonarQube token", `squ_${hex(40)}`, `squ_${hex(12)}`],
    ["a Pulumi token", `pul-${hex(40)}`, `pul-${hex(12)}`],
    ["a Terraform Cloud token", `${alnum(14)}.atlasv1.${alnum(67)}`, `${alnum(14)}.atlasv1.${alnum(8)}`],
    ["a Vault token", `hvs.${url(90)}`, "hvs.example"],
    ["a 1Password token", `ops_eyJ${base64(200)}`, "ops_eyJ"],
    ["a Doppler token", `dp.pt.${alnum(43)}`, `dp.pt.${alnum(8)}`],
    ["a Grafana token", `glsa_${alnum(32)}_${hex(8)}`, `glsa_${alnum(8)}_${hex(8)}`],
    ["a New Relic key", `NRAK-${upper(27)}`, `NRAK-${upper(8)}`],
    ["a New Relic key", `${hex(36)}NRAL`, `${hex(12)}NRAL`],
    ["a Sentry token", `sntrys_eyJ${base64(60)}`, "sntrys_x"],
    ["a Dynatrace token", `dt0c01.${upper(24)}.${upper(64)}`, `dt0c01.${upper(24)}`],
    ["a Databricks token", `dapi${hex(32)}`, `dapi${hex(12)}`],
    ["a Postman key", `PMAK-${hex(24)}-${hex(34)}`, `PMAK-${hex(24)}`],
    ["a PlanetScale credential", `pscale_tkn_${alnum(43)}`, "pscale_tkn_name"],
    ["a Linear key", `lin_api_${alnum(40)}`, "lin_api_name"],
    ["an OpenAI key", `sk-${alnum(20)}T3BlbkFJ${alnum(20)}`, `sk-${alnum(10)}`],
    ["an Anthropic key", `sk-ant-api03-${url(93)}`, "sk-ant-api03-name"],
    ["a Hugging Face token", `hf_${alnum(34)}`, "hf_model_name"],
    ["a Slack token", "xoxb-1234567890-abc", "xoxb-1"],
    ["a Slack token", `xapp-1-A0${upper(8)}-1234567890-${hex(20)}`, "xapp-1"],
    ["a Slack webhook", "https://hooks.slack.com/services/T0/B0/abc", "https://hooks.slack.com/services"],
    [
        "a Slack webhook",
        `https://hooks.slack.com/triggers/T0/1234567890/${alnum(24)}`,
        "https://hooks.slack.com/triggers/",
    ],
    [
        "a Teams webhook",
        `https://acme.webhook.office.com/webhookb2/${hex(32)}`,
        "https://acme.webhook.office.com/webhookb2/",
    ],
    [
        "a Discord webhook",
        `https://discord.com/api/webhooks/123456/${alnum(60)}`,
        "https://discord.com/api/webhooks/123456/",
    ],
    ["a Telegram token", `1234567890:AA${url(33)}`, "1234567890:AAA"],
    ["a Twilio key", `SK${hex(32)}`, `SK${hex(31)}`],
    ["a SendGrid key", `SG.${url(22)}.${url(43)}`, `SG.${url(22)}`],
    ["a Mailgun key", `key-${hex(32)}`, `key-${hex(12)}`],
    ["a Mailchimp key", `${hex(32)}-us12`, `${hex(12)}-us12`],
    ["a Stripe key", `sk_live_${alnum(24)}`, `pk_live_${alnum(24)}`],
    ["a Stripe key", `whsec_${alnum(32)}`, "whsec_name"],
    ["a Shopify token", `shpat_${hex(32)}`, `shpat_${hex(12)}`],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----"],
    ["a private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----", "-----BEGIN PGP PUBLIC KEY BLOCK-----"],
    ["a private key", `AGE-SECRET-KEY-1${upper(58)}`, `age1${lower(58)}`],
    ["a JSON web token", "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF", "eyJhbGciOiJIUzI1.eyJzdWIi"],
    ["a URL with a password", "postgres://app:hunter2@db.example/shop", "https://user:$TOKEN@x.example"],
    [
        "a connection string with a password",
        "Server=db;User=app;Password=hunter2hunter2;",
        "Server=db;Password=${PASSWORD};",
    ],
    [
        "an authorization header",
        `curl -H "Authorization: Bearer ${alnum(24)}"`,
        'curl -H "Authorization: Bearer $TOKEN"',
    ],
    ["an authorization header", `Authorization: Basic ${base64(16)}==`, "Authorization: Basic ${AUTH}"],
    [
        "a password on a command line",
        "curl -u bob:hunter2hunter2 https://x.example",
        'curl -u "$USER:$PASSWORD" https://x.example',
    ],
    ["a password on a command line", "helm login --password hunter2hunter2", "docker login --password-stdin"],
    ["a password on a command line", "tool --token=hunter2hunter2", 'tool --token "$TOKEN" --api-key ${KEY}'],
];

describe("the form of a known credential", () => {
    for (const [index, [what, example, nearMiss]] of rows.entries()) {
        it(`is known: ${what} (${index + 1})`, () => {
            assert.equal(credentialIn(`x ${example} y`), what);
            assert.equal(credentialIn(example), what);
            assert.ok(!withoutCredentials(`x ${example} y`).includes(example));
        });

        it(`is not taken from what is nearly ${what} (${index + 1})`, () => {
            assert.equal(credentialIn(nearMiss), undefined);
            assert.equal(withoutCredentials(nearMiss), nearMiss);
        });
    }

    it("has a row here for each", () => {
        assert.deepEqual(
            credentialForms.map(([what]) => what).filter(what => !rows.some(([known]) => known === what)),
            [],
        );
    });

    it("is none in ordinary words", () => {
        for (const words of [
            "npm ci",
            "arn:aws:iam::111111111111:role/x",
            "https://x.example/a:b@c",
            "npm-token:token",
            "docker buildx build --secret id=NPM_TOKEN,env=NPM_TOKEN .",
            "aws secretsmanager get-secret-value --secret-id orders/db",
        ]) {
            assert.equal(credentialIn(words), undefined, words);
        }
    });
});
