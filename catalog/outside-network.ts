import { why } from "./words";

/**
 * The key `outsideNetwork` of a kind whose action has `outsideVpc`: it names the risk, and says why it is taken.
 * Required where nothing of the kind runs in the build network; optional, with a check, where only some of it runs outside.
 */
export const outsideNetworkKey = why(
    "why it may run outside the build network, as a text",
    "Why it may run outside the network that builds are kept in, on machines of AWS's own, which reach the whole internet; printed in the preview, and refused where the network lets builds reach AWS alone.",
);

/** What `unit` weakens by the key `outsideNetwork`, in words. */
export const outsideNetworkWeakness = (unit: string, reason: string) =>
    `${unit} runs outside the build network, on machines of AWS's own: ${reason}`;
