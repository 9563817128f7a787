import { z } from "zod";
import type { Grant } from "../grant";
import type { Place } from "../kind";
import type { ImageRepositoryPlan } from "../plan";
import { accountId } from "../words";
import { logIn, pullFrom, pushTo, repositoryName, type Repository } from "./registry";

/** The tag that each build moves: all others stay where they are. */
export const cacheTag = "cache";

/** The key `repository` of what builds images. */
export const repositorySetting = z
    .union([
        repositoryName("An existing ECR repository of the pipeline's account and region, by its name."),
        z.strictObject({
            keepImages: z
                .int()
                .min(1)
                .default(100)
                .describe(
                    "Images that are kept, the newest: more than are built between two deploys to the last environment. @default 100",
                ),
            untaggedDays: z
                .int()
                .min(1)
                .default(7)
                .describe("Days after which an image without a tag goes. @default 7"),
            pullAccounts: z
                .array(accountId("An account."))
                .default([])
                .describe("Further accounts that run the images, and may pull them. @default none"),
        }),
    ])
    .prefault({})
    .describe("Where images are kept: the name of a repository that exists, or what the one that is made keeps.");

type RepositorySetting = z.output<typeof repositorySetting>;

/** The repository that `setting` means, and its plan where it is made. */
export function repositoryOf(
    setting: RepositorySetting,
    at: Place,
): { readonly repository: Repository; readonly made?: ImageRepositoryPlan } {
    if (typeof setting === "string") {
        return { repository: { ...at.home, name: setting } };
    }
    const name = at.repositoryName(at.unit);
    return {
        repository: { ...at.home, name },
        made: {
            component: "ImageRepository",
            logicalName: at.logicalName(at.unit, "images"),
            physicalName: name,
            mutableTag: cacheTag,
            ...setting,
        },
    };
}

/** Pushing images to `repository`, with the layers that are kept there from the last build. */
export const buildGrants = (repository: Repository): Grant[] => [pushTo(repository), pullFrom(repository), logIn()];
