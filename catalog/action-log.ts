import { arn, type Location } from "./arn";
import { allow, type Grant } from "./grant";

/**
 * What an action that CodePipeline performs on compute of its own needs for its log: the log group has the pipeline's
 * name, and stands in the account of the role that performs the action. CodePipeline makes it, so it is made by this role.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html#action-reference-EKS-service-role
 */
export function writeActionLog(pipelineArn: string, where: Location, folders: readonly string[] = ["aws"]): Grant {
    const pipeline = pipelineArn.split(":").slice(-1)[0];
    return allow(
        "WriteActionLog",
        ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        folders.flatMap(folder => {
            const group = arn("logs", `log-group:/${folder}/codepipeline/${pipeline}`, where);
            return [group, `${group}:*`];
        }),
    );
}
