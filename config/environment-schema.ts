import { z } from "zod";
import { approval } from "../catalog/approval";
import { gates } from "../catalog/gates";
import { union } from "../catalog/kind";
import { accountId, alarmName, key, list, regionPattern, roleArn } from "../catalog/words";
import { routes } from "./notify-schema";

const gate = union(gates);

/** What happens when a stage of an environment fails. */
export const onFailure = z
    .enum(["stop", "rollback", "retry", "retry-all"])
    .describe(
        "What follows a failed stage: stop, rollback (to the last execution that succeeded), retry (the failed actions once), retry-all (the whole stage once). @default stop",
    );

/** Most alarms that one stage is rolled back by. */
const mostAlarms = 5;

/** What rolls a stage back after the release. */
export const rollbackOn = z
    .array(alarmName("Name of an alarm, in the pipeline's own account and region."))
    .max(mostAlarms)
    .describe(
        "Alarms that roll the stage back to the release before when one of them rises after a release: at most 5. @default none",
    );

/** An entry of `environments`: their order is the order of promotion. */
export const environment = z.strictObject({
    name: key("name of an environment").describe("Its name, which overrides, placeholders and stages go by."),
    account: accountId("The account it is in. @default the pipeline's").optional(),
    regions: z
        .array(z.string().regex(regionPattern, 'a region such as "eu-west-1"'))
        .min(1)
        .optional()
        .describe(
            "The regions that services are deployed to; the steps run in the first of them. @default the pipeline's region",
        ),
    regionsInOrder: z
        .boolean()
        .default(false)
        .describe(
            "Whether a region is deployed to only after the one before it in the list. @default false: all at once",
        ),
    deployRoleArn: roleArn(
        "The role that deploys there, perhaps one for each `{service}`; in another account, this or `deployRoles`. @default the pipeline's role",
    ).optional(),
    deployRoles: z
        .literal("create")
        .optional()
        .describe(
            "`create`: each service that is deployed there has a deploy role of its own, which `pulumi up` in accounts/ makes in the environment's account. @default none",
        ),
    artifactReaders: list(
        roleArn("A role of the environment's account."),
        "Roles beside the deploy role that may open artifacts: those of instances, which fetch what is deployed to them themselves. @default none",
    ),
    approval: approval.optional().describe("Asks for a yes before the environment's stage. @default nobody is asked"),
    before: list(gate, "Gates on entry to the stage; all must pass."),
    after: list(gate, "Gates after the stage's tests; all must pass."),
    onFailure: onFailure.default("stop"),
    rollbackOn: rollbackOn.default([]),
    notify: routes("Who is told of this environment, in place of what the fleet says of the same target."),
    freezable: z
        .boolean()
        .default(false)
        .describe(
            "Whether it, or a service in it, can be closed for deploys with a reason, by `npm run freeze`. @default false",
        ),
});
