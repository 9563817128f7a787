/** Forms of well-known credentials: whose they are, and how to recognise one. */
export type Form = readonly [what: string, pattern: RegExp];

const clouds: readonly Form[] = [
    ["an AWS access key", /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
    [
        "an AWS secret access key",
        /\b(?:aws_?|AWS_?)?(?:[sS]ecret|SECRET)_?(?:[aA]ccess|ACCESS)_?(?:[kK]ey|KEY)\W{1,5}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/,
    ],
    ["a Bedrock API key", /\bABSK[A-Za-z0-9+/]{100,}/],
    ["a presigned URL", /[?&]X-Amz-Signature=[0-9a-f]{64}\b/],
    ["a Google API key", /\bAIza[\w-]{35}(?![\w-])/],
    ["a Google client secret", /\bGOCSPX-[\w-]{28}(?![\w-])/],
    ["a key of a Google service account", /"type"\s*:\s*"service_account"/],
    ["an Azure storage key", /\bAccountKey=[A-Za-z0-9+/]{86}==/],
    ["an Azure shared access signature", /[?&;]sig=[A-Za-z0-9%/+]{43,}/],
    ["an Azure client secret", /(?<![\w~.-])[A-Za-z0-9_~.]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/],
    ["an Azure DevOps token", /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/],
    ["a DigitalOcean token", /\bdo[opr]_v1_[0-9a-f]{64}\b/],
    ["a Heroku key", /\bHRKU-AA[\w-]{58}(?![\w-])/],
];

const repositories: readonly Form[] = [
    ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
    ["a GitLab token", /\b(?:gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-|GR1348941)[A-Za-z0-9_-]{20,}/],
    ["an Atlassian token", /\b(?:AT(?:ATT|CTT)3[\w=-]{60,}|ATBB[A-Za-z0-9]{32}\b)/],
    ["an npm token", /\bnpm_[A-Za-z0-9]{30,}|:_authToken=[A-Za-z0-9_-]{20,}/],
    ["a PyPI token", /\bpypi-AgE[\w-]{50,}/],
    ["a RubyGems key", /\brubygems_[0-9a-f]{48}\b/],
    ["a NuGet key", /\boy2[a-z0-9]{43}\b/],
    ["an Artifactory key", /\bAKCp[A-Za-z0-9]{69}\b/],
    ["a Docker Hub token", /\bdckr_(?:pat|oat)_[\w-]{27,}/],
    ["a SonarQube token", /\bsq[apu]_[0-9a-f]{40}\b/],
];

const tools: readonly Form[] = [
    ["a Pulumi token", /\bpul-[0-9a-f]{40}\b/],
    ["a Terraform Cloud token", /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}/],
    ["a Vault token", /\bhv[bs]\.[\w-]{24,}/],
    ["a 1Password token", /\bops_eyJ[\w+/=]{50,}/],
    ["a Doppler token", /\bdp\.(?:ct|pt|scim|sa|st)\.(?:[\w-]+\.)?[A-Za-z0-9]{40,44}\b/],
    ["a Grafana token", /\b(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}\b|glc_[A-Za-z0-9+/]{32,})/],
    ["a New Relic key", /\b(?:NRAK-[A-Z0-9]{27}|NRII-[\w-]{32}|[0-9A-Za-z]{36}NRAL)\b/],
    ["a Sentry token", /\bsntry[su]_[\w+/=]{40,}/],
    ["a Dynatrace token", /\bdt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b/],
    ["a Databricks token", /\bdapi[0-9a-f]{32}\b/],
    ["a Postman key", /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/],
    ["a PlanetScale credential", /\bpscale_(?:oauth|pw|tkn)_[\w=.-]{32,}/],
    ["a Linear key", /\blin_api_[A-Za-z0-9]{40}\b/],
    ["an OpenAI key", /\bsk-[\w-]{20,}T3BlbkFJ[\w-]{20,}/],
    ["an Anthropic key", /\bsk-ant-[a-z]+\d\d-[\w-]{80,}/],
    ["a Hugging Face token", /\bhf_[A-Za-z0-9]{34}\b/],
];

const messengers: readonly Form[] = [
    ["a Slack token", /\b(?:xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-\d-[A-Z0-9]+-\d+-[A-Za-z0-9]+)/],
    [
        "a Slack webhook",
        /hooks\.slack\.com\/(?:services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+|(?:triggers|workflows)\/[A-Za-z0-9/]{20,})/,
    ],
    ["a Teams webhook", /\b[a-z0-9-]+\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,}/],
    ["a Discord webhook", /\bdiscord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/],
    ["a Telegram token", /\b\d{8,10}:AA[\w-]{33}(?![\w-])/],
    ["a Twilio key", /\bSK[0-9a-f]{32}\b/],
    ["a SendGrid key", /\bSG\.[\w-]{16,}\.[\w-]{32,}/],
    ["a Mailgun key", /\bkey-[0-9a-f]{32}\b/],
    ["a Mailchimp key", /\b[0-9a-f]{32}-us\d{1,2}\b/],
    ["a Stripe key", /\b(?:[rs]k_(?:live|prod|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/]{32,})/],
    ["a Shopify token", /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/],
];

const anywhere: readonly Form[] = [
    ["a private key", /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/],
    ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
    ["a URL with a password", /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]+:[^\s:/@$]+@/],
    ["a connection string with a password", /;\s*(?:[pP]assword|[pP]wd|PWD|PASSWORD)\s*=\s*[^\s;"'$<{*]{4,}/],
    [
        "an authorization header",
        /\b[aA]uthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:[bB]asic|[bB]earer|[tT]oken)\s{1,4}[\w+/.~=-]{8,}/,
    ],
    [
        "a password on a command line",
        /\bcurl\s[^|;&]{0,200}?\s?(?:-u|--user)[ =]["']?[^\s:"'$]{1,100}:[^\s"'$]{4,}|\s--(?:api-key|passwd|password|token)[ =]["']?(?![$<{%-])[^\s"'$]{6,}/,
    ],
];

/**
 * Every form. They are those that the owners of the credentials say, and that scanners of repositories look for.
 *
 * @see https://github.com/gitleaks/gitleaks/tree/master/cmd/generate/config/rules
 * @see https://github.com/Yelp/detect-secrets/tree/master/detect_secrets/plugins
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
export const credentialForms: readonly Form[] = [...clouds, ...repositories, ...tools, ...messengers, ...anywhere];

/** All forms at once: nearly every text of a stack file is none of them. */
const anyForm = new RegExp(credentialForms.map(([, form]) => form.source).join("|"));

/** Shorter than every credential, and than every password that a form finds. */
const shortest = 12;

/** What is in the shape of a credential in `text`, in words. */
export const credentialIn = (text: string): string | undefined =>
    text.length >= shortest && anyForm.test(text)
        ? credentialForms.find(([, form]) => form.test(text))?.[0]
        : undefined;

/** `text` with what is in the shape of a credential left out. */
export const withoutCredentials = (text: string) => text.replace(new RegExp(anyForm, "g"), "(not shown)");
