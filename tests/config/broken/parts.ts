import { broken } from "../support/broken";

const build = "      build: { commands: [npm run build], artifacts: [dist/**] }\n";
const deploys = "      deploys:\n";
const step = "{ type: script, when: before, commands: [make] }";

const inDev = (words: string): [string, string][] => [["    - name: dev\n", `    - name: dev\n      ${words}\n`]];

/** Sources, builds, steps, and the artifacts between them. */
export const parts = [
    broken(
        "build beside builds",
        [[build, `${build}      §builds: { docs: { commands: [make] } }\n`]],
        "services.web.builds",
        "expected either `build` or `builds`, found both",
    ),
    broken(
        "needs of a build that is none",
        [[build, "      builds: { api-x: { commands: [make] }, docs: { commands: [make], needs: [§api-y] } }\n"]],
        "services.web.builds.docs.needs[0]",
        'unknown build "api-y"; did you mean "api-x"?',
    ),
    broken(
        "a build once that waits for one of each environment",
        [
            [
                build,
                "      builds: { a: { commands: [make], perEnvironment: true }, b: { commands: [make], needs: [§a] } }\n",
            ],
        ],
        "services.web.builds.b.needs[0]",
        "b is built once and cannot wait for a, which is built for each environment",
    ),
    broken(
        "a build in an artifact that nobody makes",
        [[build, "      build: { commands: [make], §artifact: sorce }\n"]],
        "services.web.build.artifact",
        'unknown artifact "sorce"; did you mean "source"?',
    ),
    broken(
        "a build in what it hands on itself",
        [[build, "      build: { commands: [make], §artifact: build }\n"]],
        "services.web.build.artifact",
        'unknown artifact "build"; expected one of "source"',
    ),
    broken(
        "a build in what another hands on that it does not wait for",
        [[build, "      builds: { a: { commands: [make] }, b: { commands: [make], §artifact: a } }\n"]],
        "services.web.builds.b.artifact",
        "b starts in what a hands on, and does not wait for it: add it to `needs`",
    ),
    broken(
        "artifacts beside a buildspec",
        [[build, "      build: { buildspec: buildspec.yml, §artifacts: [dist/**] }\n"]],
        "services.web.build.artifacts",
        "expected either `artifacts` or `buildspec`, found both: move the files into the buildspec",
    ),
    broken(
        "a bucket that a build would name",
        [["site: { type: s3, bucket: ", 'site: { type: s3, §bucket: "#{build.BUCKET}", prefix: ']],
        "services.web.deploys.site.bucket",
        'expected the bucket\'s own name and no variable, as the permissions are for this bucket alone, found "#{build.BUCKET}"',
    ),
    broken(
        "an artifact that nobody makes",
        [["site: { type: s3,", "site: { type: s3, §artifact: biuld,"]],
        "services.web.deploys.site.artifact",
        'unknown artifact "biuld"; did you mean "build"?',
    ),
    broken(
        "the artifact of a build of the kind none",
        [
            [
                "build: { type: none }",
                "build: { type: none }\n      suites: { a: { commands: [make], §artifact: build } }",
            ],
        ],
        "services.drop.suites.a.artifact",
        'unknown artifact "build"; expected one of "source"',
    ),
    broken(
        "a further source with an unknown connection",
        [[deploys, `      sources: { config: { repository: acme/config, §connection: gitlab } }\n${deploys}`]],
        "services.web.sources.config.connection",
        'unknown connection "gitlab"; did you mean "github"?',
    ),
    broken(
        "a source with the name of a build",
        [[deploys, `      sources: { §build: { repository: acme/config } }\n${deploys}`]],
        "services.web.sources.build",
        'expected a name of its own, found "build", which the pipeline or a deploy has',
    ),
    broken(
        "a build with the name of a deploy",
        [[build, "      builds: { §api: { commands: [make] }, docs: { commands: [make] } }\n"]],
        "services.web.builds.api",
        'expected a name of its own, found "api", which the pipeline or a deploy has',
    ),
    broken(
        "a suite with the name of a step",
        [[deploys, `      steps: { seed: ${step} }\n      suites: { §seed: { commands: [make] } }\n${deploys}`]],
        "services.web.suites.seed",
        'expected a name of its own, found "seed", which another step has',
    ),
    broken(
        "a region that is none",
        inDev("regions: [eu-west-1, §frankfurt]"),
        "environments[0].regions[1]",
        'expected a region such as "eu-west-1", found "frankfurt"',
    ),
    broken(
        "a region twice",
        inDev("regions: [us-east-1, §us-east-1]"),
        "environments[0].regions[1]",
        "names us-east-1 twice",
    ),
    broken(
        "a region of another partition",
        inDev("regions: [§cn-north-1]"),
        "environments[0].regions[0]",
        'expected a region of the partition aws, in which eu-west-1 is, found "cn-north-1"',
    ),
    broken(
        "one bucket for two regions",
        [
            ...inDev("regions: [eu-west-1, us-east-1]"),
            ["        api: {", "        §api: {"],
            [", needs: [api] }", " }"],
            [
                '        site: { type: s3, bucket: "shop-site-{environment}"',
                '        site: { type: s3, bucket: "site-{environment}-{region}"',
            ],
        ],
        "services.web.deploys.api",
        "web in dev writes the s3://shop-api-dev/, which web in dev writes too: use {region} in its name, or another account",
    ),
    broken(
        "a step without its time",
        [[deploys, `      steps: { §seed: { type: script, commands: [make] } }\n${deploys}`]],
        "services.web.steps.seed.when",
        'missing; expected one of "before", "after", "end"',
    ),
    broken(
        "a step in an unknown environment",
        [
            [
                deploys,
                `      steps: { seed: { type: script, when: before, commands: [make], environments: [§prdo] } }\n${deploys}`,
            ],
        ],
        "services.web.steps.seed.environments[0]",
        'unknown environment "prdo"; did you mean "prod"?',
    ),
    broken(
        "a step that waits for one of another time",
        [
            [
                deploys,
                `      steps: { seed: ${step}, warm: { type: script, when: after, commands: [make], needs: [§seed] } }\n${deploys}`,
            ],
        ],
        "services.web.steps.warm.needs[0]",
        "seed runs with `when: before`, not with the steps of `when: after`: a step waits only for those of its own time",
    ),
];
