import type { ResourceType } from "./type";

/** What shows a fleet. Dashboards of an account share their names, whichever region they show. */
export const monitoring: Readonly<Record<string, ResourceType>> = {
    "aws:cloudwatch/dashboard:Dashboard": {
        name: "dashboardName",
        pattern: /^[A-Za-z0-9_-]{1,255}$/,
        unique: ["dashboardName"],
        scope: "account",
        id: "{dashboardName}",
        replace: ["dashboardName"],
        outputs: { dashboardArn: "arn:{partition}:cloudwatch::{account}:dashboard/{dashboardName}" },
    },
};
