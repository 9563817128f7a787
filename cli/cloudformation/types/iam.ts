import type { PolicyArgs, RoleArgs, RolePolicyArgs } from "@pulumi/aws/iam";
import { document, named, shape, tags, to } from "../shape";
import { namedWithArn, refIsArn, type Mappings } from "./mapping";

/**
 * Roles and policies.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 */
export const iam: Mappings = {
    "aws:iam/role:Role": {
        type: "AWS::IAM::Role",
        shape: shape<RoleArgs>(
            ["description", "managedPolicyArns", "maxSessionDuration", "path", "permissionsBoundary"],
            { assumeRolePolicy: document("AssumeRolePolicyDocument"), name: to("RoleName"), tags },
        ),
        outputs: namedWithArn,
    },
    "aws:iam/rolePolicy:RolePolicy": {
        type: "AWS::IAM::RolePolicy",
        shape: shape<RolePolicyArgs>([], {
            name: to("PolicyName"),
            policy: document("PolicyDocument"),
            role: named("RoleName", "aws:iam/role:Role"),
        }),
        outputs: {},
    },
    // Its tags have no place in the template.
    "aws:iam/policy:Policy": {
        type: "AWS::IAM::ManagedPolicy",
        shape: shape<PolicyArgs>(["description", "path"], {
            name: to("ManagedPolicyName"),
            policy: document("PolicyDocument"),
        }),
        outputs: refIsArn,
    },
};
