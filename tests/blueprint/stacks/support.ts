import { parse } from "yaml";
import { planStacks } from "../../../blueprint/stacks/plan";
import { filesIn } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import { stackFile, type Values } from "../../support/plans";
import { inFolder } from "../../support/stack-files";

/** A service without a build, deployed to a bucket of its own in each environment. */
export const site = (bucket = "{service}-{environment}-site"): Values => ({
    ...(parse(`{ source: { repository: acme/web }, build: { type: none }, deploy: { type: s3 } }`) as Values),
    deploy: { type: "s3", bucket },
});

/** Each with buckets that are named after their fleet, too. */
const sites = (names: readonly string[], fleet: string) =>
    Object.fromEntries(names.map(name => [name, site(`${fleet}-{service}-{environment}`)]));

/** A stack that makes all of its fleet, with `names` as its services; `text` replaces its keys. */
export const both = (prefix: string, names: readonly string[], text = ""): Values => ({
    ...stackFile(),
    prefix,
    services: sites(names, prefix),
    ...(parse(text) as Values | null),
});

const { services: _, ...shared } = stackFile();

/** A platform; `text` replaces its keys. */
export const platform = (text = ""): Values => ({ ...shared, role: "platform", ...(parse(text) as Values | null) });

/** A stack with `names` as its services on the platform `on`; `text` replaces its keys. */
export const standing = (names: readonly string[], text = "", on = "base"): Values => ({
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": ["111111111111"],
    role: "services",
    platform: on,
    services: sites(names, on),
    ...(parse(text) as Values | null),
});

export type Stacks = Readonly<Record<string, Values | string>>;

/** A fleet that is spread over two stacks on one platform. */
export const fleet: Stacks = {
    base: platform(),
    "team-a": standing(["cart"]),
    "team-b": standing(["mail", "web"]),
};

/** What `stacks` come to together. */
export const planned = (stacks: Stacks, strict = false) =>
    inFolder(stacks, folder => planStacks(filesIn(folder), strict));

/** What is wrong with `stacks` together, as it is printed. */
export const wrong = (stacks: Stacks) => problemLines(planned(stacks).problems);
