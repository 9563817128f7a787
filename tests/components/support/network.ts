import { Network } from "../../../components/network";
import { home, planOf, stackFile, terms } from "../../support/plans";
import type { Recording } from "../../support/recordings";

export const tags = { fleet: "shop" };
export const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/artifacts";
export const named = (suffix: string) => ({ ...tags, Name: `shop--fleet--builds-${suffix}` });

/** Builds the network that `text` describes, protected as in production. */
export const network =
    (text: string, protect = true) =>
    () => {
        const plan = planOf(stackFile(`network: { ${text} }`)).shared.network;
        return new Network("network", { plan, home, terms, keyArn, tags }, { protect }).handles;
    };

export const nat = "cidrBlock: 10.20.0.0/16, natGateways: Single";
export const withNat = network(`create: { ${nat}, endpoints: [s3, logs] }`);
export const withoutNat = network(
    "create: { cidrBlock: 10.20.0.0/16, natGateways: None, endpoints: [s3, dynamodb, logs, sts] }",
);
/** The text of a handle of a recording that returned handles. */
export const handle = ({ outputs }: Recording, name: string) => String(outputs[name]);
