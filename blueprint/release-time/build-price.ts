import { prices } from "../cost";

/**
 * US dollars a minute of machines of CodeBuild in us-east-1, by environment type. Other regions differ by some percent. Of
 * arm1.medium no page tells the price.
 */
const machines: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    LINUX_CONTAINER: { BUILD_GENERAL1_SMALL: 0.005, BUILD_GENERAL1_MEDIUM: 0.01, BUILD_GENERAL1_LARGE: 0.02 },
    ARM_CONTAINER: { BUILD_GENERAL1_SMALL: 0.0034, BUILD_GENERAL1_LARGE: 0.015 },
};

/**
 * US dollars of a minute of CodeBuild, which bills each that is begun; undefined where it is not known, or not offered.
 *
 * @see https://aws.amazon.com/codebuild/pricing/
 */
export const pricePerMinute: (environmentType: string, computeType: string, region: string) => number | undefined = (
    environmentType,
    computeType,
) => machines[environmentType]?.[computeType];

/** US dollars of a minute of an action, of which each that is begun is billed. */
export const actionPrice: (region: string) => number = () => prices.actionMinute;
