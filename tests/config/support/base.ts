/** The services of {@link base}. */
export const services = `  service-pipelines:services:
    orders:
      source: { repository: acme/orders }
      build:
        commands: [npm ci, npm test]
        secrets: { NPM_TOKEN: "npm-token:token" }
        environment: { LOG_LEVEL: info }
        timeoutMinutes: 30
        reports: { junit: reports/junit.xml }
      suites:
        integration:
          after: deploy
          environments: [staging]
          commands: [npm run test:integration]
        smoke: { after: deploy, commands: [npm run smoke], needs: [] }
      deploy:
        type: ecs
        cluster: "shop-{environment}"
        service: orders
        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]
      environments:
        prod: { approval: { timeoutHours: 24 } }
    web:
      source: { repository: acme/web, paths: ["web/**"] }
      build: { commands: [npm run build], artifacts: [dist/**] }
      deploys:
        api: { type: s3, bucket: "shop-api-{environment}" }
        site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }
    drop:
      source: { type: s3, bucket: shop-drops, key: drop/release.zip }
      build: { type: none }
      deploy:
        type: cloudformation
        stack: "drop-{environment}"
        executionRoleArn: "arn:aws:iam::{account}:role/drop"
`;

/** A small valid stack file: every broken one of the tests is an edit of it. */
export const base = `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["111111111111"]
  service-pipelines:prefix: shop
  service-pipelines:connections:
    github: { provider: GitHub }
  service-pipelines:network:
    create: { cidrBlock: 10.20.0.0/16, natGateways: Single, endpoints: [s3] }
  service-pipelines:retention: { artifactDays: 30, logDays: 30 }
  service-pipelines:protect: true
  service-pipelines:tags: { fleet: shop }
  service-pipelines:environments:
    - name: dev
    - name: staging
      approval: { notify: [release@shop.example] }
      onFailure: retry
    - name: prod
      account: "222222222222"
      deployRoleArn: arn:aws:iam::222222222222:role/deploy
      approval: { notify: [release@shop.example], timeoutHours: 48 }
      before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]
      after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]
      onFailure: rollback
  service-pipelines:defaults:
    source: { type: connection, connection: github, branch: main }
    build: { compute: small }
${services}`;
