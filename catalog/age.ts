/** Day as of which this table holds. What is retired is told by this day, never by the clock: a preview says the same every day. */
export const asOf = "2026-11-24";

/** Something that is mended no more, or has another name, from a day on. */
export interface Retirement {
    /** What it is called; what ends with `:` stands for all that begin so. */
    readonly names: readonly string[];
    /** Year, month and day. */
    readonly since: string;
    /** What is so since that day, in words. */
    readonly why: string;
    readonly successor: string;
    readonly source: string;
}

const deprecatedPage = "https://docs.aws.amazon.com/codebuild/latest/userguide/deprecated-images.html";
const imagesPage = "https://docs.aws.amazon.com/codebuild/latest/userguide/ec2-compute-images.html";
const lambdaImagesPage = "https://docs.aws.amazon.com/codebuild/latest/userguide/lambda-compute-images.html";
const runtimesPage = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html";

const image = (name: string) => `aws/codebuild/${name}`;

/** Images that CodeBuild's own page has retired. */
const deprecated = (since: string, name: string, successor: string): Retirement => ({
    names: [image(name)],
    since,
    why: "CodeBuild neither caches nor updates it",
    successor: image(successor),
    source: deprecatedPage,
});

const ofAmazonLinux2 = {
    since: "2026-06-30",
    why: "Amazon Linux 2, which is in it, gets no updates",
    source: `https://aws.amazon.com/amazon-linux-2/faqs/; ${imagesPage} (which system is in which image)`,
};

const ofUbuntu = (version: string, since: string) => ({
    since,
    why: `Ubuntu ${version}, which is in it, gets no updates`,
    source: `https://endoflife.date/ubuntu; ${imagesPage} (which system is in which image)`,
});

/** Images of Amazon Linux have two names each, since those with a 2 gave way to those without. */
const bothNames = (name: string) => [image(`amazonlinux-${name}`), image(`amazonlinux2-${name}`)];

const ofOldName = {
    since: "2024-11-22",
    why: "it is called otherwise, as it is no Amazon Linux 2; the old name is still taken",
    source: imagesPage,
};

/** Runtimes of Lambda: since when they are mended no more, and what took their place. The dates are those of the page. */
const runtimes: Readonly<Record<string, readonly [since: string, successor: string]>> = {
    dotnet6: ["2024-12-20", "dotnet10"],
    dotnet8: ["2026-11-10", "dotnet10"],
    "dotnetcore3.1": ["2023-04-03", "dotnet10"],
    "go1.x": ["2024-01-08", "provided.al2023"],
    java8: ["2024-01-08", "java25"],
    "java8.al2": ["2027-06-30", "java25"],
    java11: ["2027-06-30", "java25"],
    java17: ["2027-06-30", "java25"],
    "nodejs12.x": ["2023-03-31", "nodejs24.x"],
    "nodejs14.x": ["2023-12-04", "nodejs24.x"],
    "nodejs16.x": ["2024-06-12", "nodejs24.x"],
    "nodejs18.x": ["2025-09-01", "nodejs24.x"],
    "nodejs20.x": ["2026-04-30", "nodejs24.x"],
    "nodejs22.x": ["2027-04-30", "nodejs24.x"],
    provided: ["2024-01-08", "provided.al2023"],
    "provided.al2": ["2026-07-31", "provided.al2023"],
    "python3.6": ["2022-07-18", "python3.14"],
    "python3.7": ["2023-12-04", "python3.14"],
    "python3.8": ["2024-10-14", "python3.14"],
    "python3.9": ["2025-12-15", "python3.14"],
    "python3.10": ["2026-10-31", "python3.14"],
    "python3.11": ["2027-06-30", "python3.14"],
    "ruby2.7": ["2023-12-07", "ruby4.0"],
    "ruby3.2": ["2026-03-31", "ruby4.0"],
    "ruby3.3": ["2027-03-31", "ruby4.0"],
};

/** Runtimes of Lambda, those that are still mended included. */
const retiredRuntimes: readonly Retirement[] = Object.entries(runtimes).map(([name, [since, successor]]) => ({
    names: [name],
    since,
    why: "Lambda does not mend it",
    successor,
    source: runtimesPage,
}));

/** An image for Lambda compute is called after the runtime that it is for. */
const ofRuntime = (runtime: keyof typeof runtimes) => ({
    since: runtimes[runtime][0],
    why: `Lambda does not mend the runtime ${runtime}`,
    source: `${runtimesPage}; ${lambdaImagesPage}`,
});

const forLambda: readonly (readonly [Omit<Retirement, "names" | "successor">, tag: string, successor: string])[] = [
    [ofRuntime("dotnet6"), "dotnet6", "dotnet10"],
    [ofRuntime("dotnet8"), "dotnet8", "dotnet10"],
    [ofRuntime("nodejs18.x"), "nodejs18", "nodejs22"],
    [ofRuntime("nodejs20.x"), "nodejs20", "nodejs22"],
    [ofRuntime("ruby3.2"), "ruby3.2", "ruby3.4"],
    [{ ...ofAmazonLinux2, source: lambdaImagesPage }, "corretto11", "corretto21"],
    [{ ...ofAmazonLinux2, source: lambdaImagesPage }, "corretto17", "corretto21"],
    [{ ...ofAmazonLinux2, source: lambdaImagesPage }, "go1.21", "go1.24"],
    [{ ...ofAmazonLinux2, source: lambdaImagesPage }, "python3.11", "python3.12"],
];

/** Images of CodeBuild; those whose day is still to come are in it, so that a later {@link asOf} finds them. */
const images: readonly Retirement[] = [
    deprecated("2023-05-09", "amazonlinux2-x86_64-standard:3.0", "amazonlinux-x86_64-standard:6.0"),
    deprecated("2023-03-31", "standard:4.0", "standard:8.0"),
    deprecated("2023-03-31", "amazonlinux2-aarch64-standard:1.0", "amazonlinux-aarch64-standard:3.0"),
    deprecated("2022-06-30", "standard:3.0", "standard:8.0"),
    deprecated("2022-06-30", "amazonlinux2-x86_64-standard:2.0", "amazonlinux-x86_64-standard:6.0"),
    {
        ...deprecated("2020-06-30", "standard:2.0", "standard:8.0"),
        names: [image("standard:1.0"), image("standard:2.0")],
        source: "https://github.com/aws/aws-codebuild-docker-images/issues/369 (June 2020)",
    },
    {
        ...deprecated("2020-06-30", "amazonlinux2-x86_64-standard:1.0", "amazonlinux-x86_64-standard:6.0"),
        source: "https://github.com/awslabs/aws-deployment-framework/issues/267 (June 2020)",
    },
    {
        ...ofUbuntu("14.04", "2019-04-02"),
        names: [
            "android-java-8",
            "docker",
            "dot-net",
            "golang",
            "java",
            "nodejs",
            "php",
            "python",
            "ruby",
            "ubuntu-base",
        ].map(language => image(`${language}:`)),
        successor: image("standard:8.0"),
        source: "https://endoflife.date/ubuntu; https://github.com/aws/aws-codebuild-docker-images (images of one language each)",
    },
    { ...ofUbuntu("20.04", "2025-05-31"), names: [image("standard:5.0")], successor: image("standard:8.0") },
    {
        ...ofUbuntu("22.04", "2027-04-01"),
        names: [image("standard:6.0"), image("standard:7.0")],
        successor: image("standard:8.0"),
    },
    {
        ...ofAmazonLinux2,
        names: ["x86_64-standard:4.0", "x86_64-standard:corretto8", "x86_64-standard:corretto11"].flatMap(bothNames),
        successor: image("amazonlinux-x86_64-standard:6.0"),
    },
    {
        ...ofAmazonLinux2,
        names: bothNames("aarch64-standard:2.0"),
        successor: image("amazonlinux-aarch64-standard:3.0"),
    },
    ...["x86_64-standard:5.0", "aarch64-standard:3.0"].map(name => ({
        ...ofOldName,
        names: [image(`amazonlinux2-${name}`)],
        successor: image(`amazonlinux-${name}`),
    })),
    ...forLambda.flatMap(([facts, tag, successor]) =>
        ["aarch64", "x86_64"].map(processor => ({
            ...facts,
            names: [image(`amazonlinux-${processor}-lambda-standard:${tag}`)],
            successor: image(`amazonlinux-${processor}-lambda-standard:${successor}`),
        })),
    ),
];

/** Whether `name` is `known`, or a version of it: `standard:5.0-23.07.28`. */
const means = (known: string, name: string) =>
    name === known || name.startsWith(known.endsWith(":") ? known : `${known}-`);

const find = (all: readonly Retirement[], name: string, day: string) =>
    all.find(({ names, since }) => since <= day && names.some(known => means(known, name)));

/** Why the image `name` of a build is not to be used any more; undefined when nothing is known against it. */
export const retiredImage = (name: string, day = asOf): Retirement | undefined => find(images, name, day);

/** Why the runtime `name` of a Lambda function is not to be used any more; undefined when nothing is known against it. */
export const retiredRuntime = (name: string, day = asOf): Retirement | undefined => find(retiredRuntimes, name, day);

/** Every retirement that the table holds. */
export const retirements: readonly Retirement[] = [...images, ...retiredRuntimes];
