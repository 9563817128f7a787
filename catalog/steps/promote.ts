import { z } from "zod";
import { runConfiguration, runProject } from "../builds/codebuild";
import { codebuildActions } from "../codebuild/compute";
import { assumeRole, inEnvironment, sessionVariables } from "../codebuild/deploy-role";
import { projectPlan } from "../codebuild/project";
import { ownBuild } from "../codebuild/script";
import { variablesGivenByAction } from "../codebuild/variables";
import { promotionLines } from "../ecr/promotion";
import { imageName, logIn, pullFrom, pushTo, repositoryName, sameRegistry, type Repository } from "../ecr/registry";
import { kind, type Environment, type Place } from "../kind";
import type { Problem } from "../problem";
import { accountId, artifactPath, minutes, template, text } from "../words";

const { inNetwork: action } = codebuildActions("Build");

/** The file that names the image, where the stack file says no other. */
const imageDetail = "imageDetail.json";

/** Longest name of a session of an assumed role: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html. */
const longestSession = 64;

const tag = (description: string) =>
    template(
        description,
        z
            .string()
            .max(256)
            .regex(
                /^(#\{[^}]+\}|[A-Za-z0-9_{])(#\{[^}]+\}|[A-Za-z0-9._{}-])*$/,
                'a tag, such as "{environment}" or "#{SourceVariables.CommitId}"',
            ),
    );

const settings = z.strictObject({
    from: z
        .strictObject({
            repository: repositoryName("The repository that the image is in."),
            account: accountId("The account that it is of. @default the pipeline's").optional(),
            region: z
                .string()
                .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as "eu-west-1"')
                .optional()
                .describe("The region that it is in. @default the pipeline's"),
            tag: tag(
                "The tag that the image has, instead of a file that names it. @default none: a file names it",
            ).optional(),
        })
        .describe("Where the image is."),
    to: z
        .strictObject({
            repository: repositoryName("The repository, in the environment's account and first region."),
            tag: tag("The tag that the image gets there."),
        })
        .describe("Where the image is copied to."),
    file: artifactPath(
        "File in the artifact that names the image: `imageDetail.json`, or `imagedefinitions.json`. @default imageDetail.json",
    ).optional(),
    container: text(
        "Of several in `imagedefinitions.json`, the container whose image it is. @default the only one",
    ).optional(),
    timeoutMinutes: minutes(5, 480, "Until a copy that does not end is stopped. @default 30.").default(30),
});

/**
 * An image that is copied, by its digest, into the environment's own registry, or gets another tag there. It fails unless the
 * image that it finds there has the digest of the one that it was to copy, and writes nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 * @see https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/
 */
export const promote = kind({
    type: "promote",
    actions: [action],
    limits: [
        "It hands on the artifact that it works on, in which the file names the promoted image by its digest: a deploy with `artifact: <step>` deploys that.",
        "A tag that is there already, with another digest, is moved; where the repository does not let its tags be changed, the step fails.",
        "Of an environment in several regions the first gets the image; replication, which ECR has itself, brings it to the others.",
        "Of the build network it needs a way to both registries.",
    ],
    settings,
    example: `
        type: promote
        when: before
        environments: [prod]
        from: { repository: shop/orders }
        to: { repository: shop/orders, tag: "#{SourceVariables.CommitId}" }`,
    handsOn: () => true,
    plan(own, at) {
        const where = at.environment as Environment;
        const { source, target } = repositories(own, at);
        const { deployRoleArn } = where;
        const one = sameRegistry(source, target);
        const pull = [pullFrom(source), logIn()];
        const environment = inEnvironment(at, one ? [...pull, pushTo(target)] : [pushTo(target), logIn()]);
        const suffix = [at.unit, where.name];
        const build = {
            ...ownBuild(
                promotionLines({
                    byTag: own.from.tag !== undefined,
                    assume:
                        deployRoleArn === undefined ? [] : assumeRole(at, at.physicalName(longestSession, ...suffix)),
                    sameRegistry: one,
                }),
                own.timeoutMinutes,
            ),
            environment: variables(own, source, target),
        };
        // The file that names the image is in the artifact that it works on: it gets no other.
        const place = { ...at, inputs: at.inputs.slice(0, 1) };
        const project = projectPlan(build, place, {
            suffix,
            description: `Promotes an image of ${at.service} to ${where.name}: ${at.unit}`,
            artifacts: ["**/*"],
            grants: [...(one ? [] : pull), ...environment.own],
        });
        const what = `${target.name}:${own.to.tag}`;
        return [
            {
                name: at.unit,
                action,
                summary: `image of ${source.name} as ${what} in ${target.account}${deployRoleArn === undefined ? "" : `, assuming the role ${deployRoleArn}`}`,
                configuration: runConfiguration(project.physicalName, place, [
                    ...variablesGivenByAction(build, place),
                    ...sessionVariables(at),
                ]),
                inputs: place.inputs.map(({ name }) => name),
                outputs: [at.output()],
                ...(own.from.tag === undefined && {
                    imageFiles: Object.fromEntries(
                        place.inputs.map(({ name }) => [name, [own.file ?? imageDetail]] as const),
                    ),
                }),
                grants: [runProject(project.physicalName, at)],
                needs: [project],
                ...(environment.assumed !== undefined && { assumed: environment.assumed }),
                // What is called by its commit is the same, whoever puts it there.
                targets: own.to.tag.includes("#{")
                    ? []
                    : [{ what: `image ${imageName(target)}:${own.to.tag}`, account: target.account }],
                prerequisites: [
                    `the ECR repository ${target.name} is there, in ${target.account}`,
                    ...(one || source.account === at.home.account
                        ? []
                        : [
                              `the ECR repository ${source.name} of ${source.account} lets the role ${project.roleName} pull`,
                          ]),
                ],
            },
        ];
    },
    check: ({ from, file, container }): Problem[] => {
        const beside = Object.entries({ file, container }).filter(([, value]) => value !== undefined);
        return from.tag === undefined
            ? []
            : beside.map(([key]) => ({
                  path: [key],
                  message: `expected either \`from.tag\` or \`${key}\`, found both: a tag says which image it is`,
              }));
    },
});

type Settings = z.output<typeof settings>;

function repositories({ from, to }: Settings, at: Place): { readonly source: Repository; readonly target: Repository } {
    const { account, region } = at.environment as Environment;
    return {
        source: {
            name: from.repository,
            account: from.account ?? at.home.account,
            region: from.region ?? at.home.region,
        },
        target: { name: to.repository, account, region },
    };
}

/** What the lines find in variables. */
function variables(own: Settings, source: Repository, target: Repository): Record<string, string> {
    const side = (name: string, repository: Repository) => ({
        [name]: imageName(repository),
        [`${name}_ACCOUNT`]: repository.account,
        [`${name}_REGION`]: repository.region,
        [`${name}_REPOSITORY`]: repository.name,
    });
    return {
        ...side("SOURCE", source),
        ...side("TARGET", target),
        TARGET_TAG: own.to.tag,
        ...(own.from.tag === undefined ? { IMAGE_FILE: own.file ?? imageDetail } : { SOURCE_TAG: own.from.tag }),
        ...(own.container !== undefined && { CONTAINER: own.container }),
    };
}
