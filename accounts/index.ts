import * as pulumi from "@pulumi/pulumi";
import { rolesToMake } from "../blueprint/account";
import { planStack } from "../blueprint/stack";
import { DeployRole } from "../components/deploy-role";
import { refusal } from "../components/refusal";
import { fromFile, stackOf } from "../config/from-file";
import { problemLines } from "../config/read";

/** The deploy roles of one account, as the stack file of the fleet leads to them. */
export = function program() {
    const file = new pulumi.Config().require("stackFile");
    const [account] = new pulumi.Config("aws").requireObject<string[]>("allowedAccountIds");
    const { plan, problems } = planStack(fromFile(file, stackOf(file)));
    if (plan === undefined) {
        throw refusal(`${file} has problems:\n  ${problemLines(problems).join("\n  ")}`);
    }
    const { roles, problem } = rolesToMake(plan, account);
    if (problem !== undefined) {
        throw refusal(problem);
    }
    const made = roles.map(role => {
        const name = `${role.service}--deploy-${role.environment}`;
        return [name, new DeployRole(name, { plan: role, tags: plan.tags }).roleArn] as const;
    });
    return { deployRoles: Object.fromEntries(made) };
};
