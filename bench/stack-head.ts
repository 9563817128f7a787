/**
 * Head of a stack file whose services follow.
 *
 * @param environments - the items of `environments`, each with a line's end
 */
export const stackHead = (environments: string): string => `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["111111111111"]
  service-pipelines:prefix: shop
  service-pipelines:connections:
    github: { provider: GitHub }
  service-pipelines:network:
    create: { cidrBlock: 10.20.0.0/16, availabilityZones: 2, natGateways: Single, endpoints: [s3, logs, secretsmanager] }
  service-pipelines:environments:
${environments}\
  service-pipelines:defaults:
    source: { type: connection, connection: github, branch: main }
    build: { image: aws/codebuild/amazonlinux2-aarch64-standard:3.0, compute: small }
  service-pipelines:services:
`;
