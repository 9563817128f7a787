import type { CheckInput } from "../../../functions/check/input";

export const jobId = "c0d76431-b0e7-4a5b-97e3-e8ee786eb6f6";

/** Stands in the event for what must never be printed. */
export const credential = "6CGtmAa3lzWtV7a";

/**
 * An event of CodePipeline as AWS documents it, with `parameters` as UserParameters.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-codepipeline.html
 */
export const eventOf = (parameters?: string) => ({
    "CodePipeline.job": {
        id: jobId,
        accountId: "111111111111",
        data: {
            actionConfiguration: {
                configuration: {
                    FunctionName: "shop--fleet--check",
                    ...(parameters !== undefined && { UserParameters: parameters }),
                },
            },
            inputArtifacts: [],
            outputArtifacts: [],
            artifactCredentials: {
                accessKeyId: "ASIAIOSFODNN7EXAMPLE",
                secretAccessKey: credential,
                sessionToken: "IQoJb3JpZ2luX2VjEA",
                expirationTime: 1575493418000,
            },
        },
    },
});

/** A question about orders in prod, which may be frozen and has an alarm. */
export const question: CheckInput = {
    pipeline: "shop--orders",
    execution: "11111111-1111-4111-8111-111111111111",
    stage: "prod",
    action: "check",
    freezes: { prod: "/f/prod", "orders in prod": "/f/prod/orders" },
    alarms: ["orders-5xx"],
};
