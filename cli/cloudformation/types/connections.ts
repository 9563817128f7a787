import type { ConnectionArgs } from "@pulumi/aws/codeconnections";
import type { NotificationRuleArgs } from "@pulumi/aws/codestarnotifications";
import type { codestarnotifications } from "@pulumi/aws/types/input";
import { each, shape, tags, to } from "../shape";
import { refIsArn, type Mappings } from "./mapping";

/**
 * What ties pipelines to repositories and to people.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CodeConnections.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CodeStarNotifications.html
 */
export const connections: Mappings = {
    "aws:codeconnections/connection:Connection": {
        type: "AWS::CodeConnections::Connection",
        shape: shape<ConnectionArgs>(["hostArn", "providerType"], { name: to("ConnectionName"), tags }),
        outputs: { ...refIsArn, connectionStatus: "${.ConnectionStatus}" },
    },
    "aws:codestarnotifications/notificationRule:NotificationRule": {
        type: "AWS::CodeStarNotifications::NotificationRule",
        // Here tags are a map.
        shape: shape<NotificationRuleArgs>(["detailType", "eventTypeIds", "name", "resource", "status", "tags"], {
            targets: each(
                "Targets",
                shape<codestarnotifications.NotificationRuleTarget>([], {
                    address: to("TargetAddress"),
                    type: to("TargetType"),
                }),
                { TargetType: "SNS" },
            ),
        }),
        outputs: refIsArn,
    },
};
