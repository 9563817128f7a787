import { dirname } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { planStacks } from "../blueprint/stacks/plan";
import { filesIn, fromFile } from "../config/from-file";
import { credentialsFinding } from "./doctor/aws";
import { awsCli, unasked } from "./doctor/aws-cli";
import { connectionFindings } from "./doctor/connections";
import { generatedFinding, matrixFinding } from "./doctor/files";
import { findingsText, notKnown, ok, toDo, type Finding } from "./doctor/finding";
import { quotaFindings } from "./doctor/quotas";
import { patience, runWithin } from "./doctor/run";
import { look, namedBy, secretFindings } from "./doctor/secrets";
import { loginFinding, nodeFinding, packagesFinding, pulumiFinding, type Run } from "./doctor/versions";
import { cliActions, doctorOptions, doctorUsage } from "./doctor-options";
import { projectFolder } from "./options";
import { paintFor, type Paint } from "./paint";
import { plural } from "./plural";
import { clients } from "./reading";
import { asCommand } from "./command";

/** What the command looks at, and where it asks. */
export interface Surroundings {
    /** Folder of the project. */
    readonly folder: string;
    /** Version of Node.js. */
    readonly node: string;
    readonly run: Run;
    readonly ssm: (region: string) => SSMClient;
    readonly secrets: (region: string) => SecretsManagerClient;
    /** Whether generated files are as they should be. */
    readonly generated: () => Finding;
    readonly print: (text: string) => void;
    readonly paint: Paint;
}

const real: Surroundings = {
    folder: projectFolder,
    node: process.versions.node,
    run: runWithin(patience),
    ssm: clients.ssm,
    secrets: region => new SecretsManagerClient({ region }),
    generated: () => generatedFinding(projectFolder),
    print: text => process.stdout.write(`${text}\n`),
    paint: paintFor(process.stdout),
};

/**
 * Looks at everything, and says what to do.
 *
 * @returns whether nothing is to be done
 * @throws UsageError for wrong usage
 */
export async function doctor(args: readonly string[], surroundings: Surroundings): Promise<boolean> {
    const { folder, node, run, generated, print, paint } = surroundings;
    const { stack, file, offline, help } = doctorOptions(args, folder);
    if (help) {
        print(doctorUsage);
        return true;
    }
    const { plan, problems, warnings } = planStack(fromFile(file, stack));
    const findings = [
        nodeFinding(folder, node),
        packagesFinding(folder),
        pulumiFinding(folder, run),
        offline
            ? notKnown("Pulumi login", "not looked at (--offline)", "`pulumi whoami --verbose` says it")
            : loginFinding(run),
        plan === undefined
            ? toDo(
                  "stack file",
                  `${stack} has ${plural(problems.length, "problem")}`,
                  `\`npm start -- --config ${file}\` says which`,
              )
            : ok(
                  "stack file",
                  `${stack} has no problem${warnings.length === 0 ? "" : `, and ${plural(warnings.length, "warning")}`}`,
              ),
        generated(),
        matrixFinding(dirname(file)),
        ...(plan === undefined ? [] : await stackFindings(plan, dirname(file), offline, surroundings)),
    ];
    print(findingsText(findings, paint));
    return findings.every(({ state }) => state !== "to do");
}

/** What a sound stack needs of AWS. */
async function stackFindings(
    plan: FleetPlan,
    folder: string,
    offline: boolean,
    { run, ssm, secrets }: Surroundings,
): Promise<Finding[]> {
    const named = namedBy(plan);
    const credentials = offline
        ? notKnown(
              "AWS account",
              "not looked at (--offline)",
              "`aws sts get-caller-identity` says whose the credentials are",
          )
        : await credentialsFinding(plan, ssm(plan.home.region));
    const secretsKnown =
        credentials.state === "ok"
            ? await secretFindings(plan, named, region => ({ secrets: secrets(region), ssm: ssm(region) }))
            : named.map(one => notKnown("secrets", `whether the ${one.kind} ${one.name} is there`, look(one)));
    // The same credentials ask by the AWS CLI: of another account they would tell what is not so of this one.
    const aws = offline
        ? unasked("not looked at: --offline")
        : credentials.state === "ok"
          ? awsCli(run, cliActions)
          : unasked(`not looked at without credentials of ${plan.home.account}`);
    return [
        credentials,
        ...connectionFindings(plan, aws),
        ...secretsKnown,
        ...quotaFindings(plan, planStacks(filesIn(folder)).quotas, aws),
    ];
}

if (require.main === module) {
    asCommand(async () => ((await doctor(process.argv.slice(2), real)) ? 0 : 1));
}
