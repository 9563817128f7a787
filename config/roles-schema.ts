import { z } from "zod";

/**
 * How the roles of the stack are made.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (path)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html (id)
 */
export const roles = z
    .strictObject({
        path: z
            .string()
            .max(512)
            .regex(
                /^\/(?!aws-service-role\/|aws-reserved\/)([\w+=,.@-]+\/)*$/,
                'a path that begins and ends with a slash, such as "/delivery/", and is none of AWS\'s own',
            )
            .default("/")
            .describe(
                "Path of every role, and part of its ARN; another one replaces every role and changes every ARN. @default /",
            ),
        boundary: z
            .string()
            .regex(
                /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws|\{account\}):policy\/[\w+=,.@/-]+$/,
                'the ARN of a managed policy, such as "arn:aws:iam::{account}:policy/delivery-boundary"',
            )
            .optional()
            .describe(
                "Permissions boundary of every role: what a role may do at most; `{account}` is the role's own. @default none",
            ),
        organization: z
            .string()
            .regex(/^o-[a-z0-9]{10,32}$/, 'the id of an organization, such as "o-a1b2c3d4e5"')
            .optional()
            .describe(
                "The organization in AWS Organizations that all accounts of the stack are of; who is not is trusted by nobody. @default not looked at",
            ),
        existing: z
            .boolean()
            .default(false)
            .describe(
                "Whether somebody else makes all roles, by the names, trust and policies that `npm start -- --permissions` prints: `pulumi up` then writes nothing in IAM. @default false",
            ),
        sessionTags: z
            .boolean()
            .default(false)
            .describe(
                "Whether builds that assume a deploy role tag their session with service, environment and execution; its trust must then allow sts:TagSession. @default false",
            ),
    })
    .prefault({})
    .describe("How roles are made.");
