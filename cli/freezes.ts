import {
    DeleteParameterCommand,
    GetServiceSettingCommand,
    paginateGetParametersByPath,
    ParameterAlreadyExists,
    ParameterNotFound,
    PutParameterCommand,
    type SSMClient,
} from "@aws-sdk/client-ssm";
import { withCredentials } from "./credentials";

/** Something that can be closed for deploys. */
export interface Target {
    /** In words: `orders in prod`. */
    readonly what: string;

    /** Name of the parameter that closes it while it exists. */
    readonly parameter: string;
}

/** A freeze that is on. */
export interface Freeze {
    readonly parameter: string;
    readonly reason: string;
    readonly since?: Date;
}

/** Any setting that every account has. */
const anySetting = "/ssm/parameter-store/default-parameter-tier";

/**
 * Makes sure that the credentials are of `account`: those of another one would freeze nothing, and say that they did.
 *
 * @throws NoCredentials where there are none that hold; Error when they are of another account, or when that cannot be told
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ServiceSetting.html the ARN names the account
 */
export async function checkAccount(account: string, ssm: SSMClient): Promise<void> {
    const setting = new GetServiceSettingCommand({ SettingId: anySetting });
    const { ServiceSetting } = await withCredentials(account, () => ssm.send(setting));
    const found = ServiceSetting?.ARN?.split(":")[4];
    if (found !== account) {
        throw new Error(
            `expected credentials of account ${account}, which the stack is in, found ${found === undefined ? "some that do not tell their account" : `those of ${found}`}`,
        );
    }
}

/**
 * Closes `target`. A freeze that is on stays: two people freeze for two reasons, and the first to lift would lift both.
 *
 * @throws Error when it is frozen already
 */
export async function freeze({ what, parameter }: Target, reason: string, ssm: SSMClient): Promise<void> {
    try {
        await ssm.send(
            new PutParameterCommand({
                Name: parameter,
                Value: reason,
                Type: "String",
                Description: `Closes ${what} for deploys while it exists`,
            }),
        );
    } catch (error) {
        if (error instanceof ParameterAlreadyExists) {
            throw new Error(`${what} is frozen already: see --show, and --lift it first to give another reason`);
        }
        throw error;
    }
}

/** Opens `target` again; returns whether it was closed. */
export async function lift({ parameter }: Target, ssm: SSMClient): Promise<boolean> {
    try {
        await ssm.send(new DeleteParameterCommand({ Name: parameter }));
        return true;
    } catch (error) {
        if (error instanceof ParameterNotFound) {
            return false;
        }
        throw error;
    }
}

/** All freezes below `path`, by the names of their parameters. */
export async function freezesBelow(path: string, ssm: SSMClient): Promise<Freeze[]> {
    const found: Freeze[] = [];
    for await (const { Parameters = [] } of paginateGetParametersByPath(
        { client: ssm },
        { Path: path, Recursive: true },
    )) {
        for (const { Name = "", Value = "", LastModifiedDate } of Parameters) {
            found.push({ parameter: Name, reason: Value, ...(LastModifiedDate && { since: LastModifiedDate }) });
        }
    }
    return found.sort((a, b) => (a.parameter < b.parameter ? -1 : 1));
}
