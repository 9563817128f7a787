import type { PipelinePlan } from "../../../blueprint/plan";
import { ServicePipeline } from "../../../components/service-pipeline";
import { handles, home, known, planOf, reference, stackFile, terms } from "../../support/plans";

const environments = `
    - { name: dev, onFailure: retry }
    - { name: staging, approval: { notify: [release@shop.example] }, onFailure: retry-all }
    - name: prod
      account: "222222222222"
      deployRoleArn: arn:aws:iam::222222222222:role/deploy
      approval: { notify: [release@shop.example], timeoutHours: 48, instructions: Look., reviewUrl: "https://d.example" }
      before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]
      after: [{ type: alarm, name: prod-5xx, waitMinutes: 10 }]
      onFailure: rollback`;

/** The pipeline of the reference service, with an answer of each sort to a failure, a window and an alarm. */
export const orders = () =>
    planOf({ ...stackFile(`environments: ${environments}`), services: { orders: reference } }).pipelines[0];

/** A pipeline without a project, which an upload starts. */
export const drop = () =>
    planOf(
        stackFile(`
        environments: [{ name: dev, after: [{ type: alarm, name: dev-5xx }] }]
        services:
            drop: { source: { type: s3, bucket: drops, key: a.zip }, build: { type: none }, deploy: { type: s3, bucket: site } }
    `),
    ).pipelines[0];

export const stores = { [home.region]: { bucket: "artifacts", keyArn: known.artifactKey } };
export const args = { handles, home, stores, terms, tags: { fleet: "shop" } };

/** Makes the pipeline of a plan. */
export const made = (plan: PipelinePlan) => () => {
    const { pipelineName, pipelineArn } = new ServicePipeline(plan.logicalName, { ...args, plan });
    return { pipelineName, pipelineArn };
};
