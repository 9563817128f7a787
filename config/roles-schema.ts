import { z } from "zod";

/**
 * How the roles of the stack are made.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html (id)
 */
export const roles = z
    .strictObject({
        organization: z
            .string()
            .regex(/^o-[a-z0-9]{10,32}$/, 'the id of an organization, such as "o-a1b2c3d4e5"')
            .optional()
            .describe(
                "The organization in AWS Organizations that all accounts of the stack are of; who is not is trusted by nobody. @default not looked at",
            ),
    })
    .prefault({})
    .describe("How roles are made.");
