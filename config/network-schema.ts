import { z } from "zod";
import { endpointNames } from "../catalog/endpoints";
import { list, why } from "../catalog/words";

const cidr = z.cidrv4({ error: "an IPv4 range such as 10.20.0.0/16" });

/** The network that builds run in. */
export const network = z
    .strictObject({
        create: z
            .strictObject({
                cidrBlock: cidr.default("10.0.0.0/16").describe("Addresses of the VPC. @default 10.0.0.0/16"),
                availabilityZones: z
                    .int()
                    .min(1)
                    .max(6)
                    .default(2)
                    .describe("Zones with a private subnet each, 1 to 6. @default 2"),
                natGateways: z
                    .enum(["None", "Single", "OnePerAz"])
                    .default("Single")
                    .describe("The way to the internet; about $36 a month each. @default Single"),
                endpoints: z
                    .union([z.array(z.enum(endpointNames)), z.literal("auto")])
                    .optional()
                    .describe(
                        "VPC endpoints; `auto`: those that the builds of the stack need. Interfaces cost about $7 a month in each zone, s3 and dynamodb nothing. @default auto where natGateways is None, else none",
                    ),
                flowLogs: z
                    .enum(["all", "rejected"])
                    .default("all")
                    .describe(
                        "Which traffic of the VPC is logged, as long as the logs of builds are kept: who connected where, or only what security groups refused. @default all",
                    ),
                skipFlowLogs: why(
                    "why nobody logs where builds connect to, as a text",
                    "Why nobody logs which addresses builds connect to; printed in the preview. @default it is logged",
                ).optional(),
            })
            .optional()
            .describe("A VPC of this stack's own. @default none: `existing` names one"),
        existing: z
            .strictObject({
                vpcId: z
                    .string()
                    .regex(/^vpc-[0-9a-f]+$/, 'the id of a VPC, such as "vpc-0a1b2c3d"')
                    .describe("The VPC that builds run in."),
                subnetIds: z
                    .array(z.string().regex(/^subnet-[0-9a-f]+$/, 'the id of a subnet, such as "subnet-0a1b2c3d"'))
                    .min(1)
                    .max(16)
                    .describe("Private subnets with a way to the internet or to the endpoints that builds need."),
            })
            .optional()
            .describe("A VPC that is there already. @default none: `create` makes one"),
        extraEgress: list(
            z.strictObject({
                port: z.int().min(1).max(65535).describe("The port that builds connect to."),
                cidrBlock: cidr.describe("The addresses that builds connect to."),
                reason: z
                    .string()
                    .regex(
                        /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
                        "a reason of letters, digits and common signs, at most 255",
                    )
                    .describe("Why builds connect there; shown in the preview and in the console."),
            }),
            "Where builds may connect to beside port 443; the preview prints it. @default nowhere",
        ),
    })
    .describe("The network that builds run in: one of `create` and `existing`.");
