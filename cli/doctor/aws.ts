import type { SSMClient } from "@aws-sdk/client-ssm";
import type { FleetPlan } from "../../blueprint/plan";
import { NoCredentials } from "../credentials";
import { checkAccount } from "../freezes";
import { notKnown, ok, toDo, type Finding } from "./finding";

/** Whose the AWS credentials are. */
export async function credentialsFinding({ home, stack }: FleetPlan, ssm: SSMClient): Promise<Finding> {
    const what = "AWS account";
    try {
        await checkAccount(home.account, ssm);
        return ok(what, `credentials of ${home.account}, which the stack ${stack} is in`);
    } catch (error) {
        if (error instanceof NoCredentials) {
            return toDo(what, error.found, error.remedy);
        }
        const { name, message } = error as Error;
        // Of a connection that fails there is a code, and of an answer of AWS what it was about.
        const other = !("code" in (error as Error)) && !("$metadata" in (error as Error));
        return name === "Error" && other
            ? toDo(what, message, `take credentials of ${home.account}, for example with AWS_PROFILE`)
            : notKnown(what, `${name}: ${message}`, "`aws sts get-caller-identity` says whose they are");
    }
}
