import { ecsService, fleetOf, type Words } from "./fleet";

/** A gate that holds executions for hours. */
export const window = { type: "window", cron: "* * 8-16 ? * MON-THU *" };

/** A gate that looks at an alarm. */
export const alarm = (name: string) => ({ type: "alarm", name });

/** The fleet of one environment, `dev`, that says `dev` of itself. */
export const fleetWith = (dev: Words, services: Words = { orders: ecsService("orders") }) =>
    fleetOf({ environments: [{ name: "dev", ...dev }], services });

/** ARN of the check's function. */
export const checkArn = "arn:aws:lambda:eu-west-1:111111111111:function:shop--fleet--check";
