import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { looksRandom } from "../../../config/plain-text/randomness";
import { alphabets, numbers, wordOf, type Alphabet } from "./support/signs";

/** Long texts of stack files that hide nothing. */
const honest = [
    "2f4bd1c6a3e04a6a9dd1f8d4a0d0d3d1f0c9a7b6",
    "git checkout 2f4bd1c6a3e04a6a9dd1f8d4a0d0d3d1f0c9a7b6",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "111111111111.dkr.ecr.eu-west-1.amazonaws.com/tools/builder@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg==",
    "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "1-5759e988-bd862e3fe1be46a994272793",
    "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-AbCdEf",
    "arn:aws:codeconnections:eu-west-1:111111111111:connection/3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/50dc6c495c0c9188",
    "arn:aws:iam::111111111111:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
    "subnet-0bb1c79de3a1b2c3d",
    "sg-0123456789abcdef0,sg-0fedcba9876543210",
    "ami-0abcdef1234567890 i-0598c7d356eba48d7",
    "E1A2B3C4D5E6F7",
    "111111111111,222222222222,333333333333",
    "releases/2026/11/25/orders-service-1.24.3-2f4bd1c.zip",
    "reports/junit/**/*.xml",
    "/root/.m2/repository/**/*",
    "s3://shop-deployments-eu-west-1/orders/release.zip",
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html",
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards:name=Orders-Production",
    "https://api.orders.internal.shop.example/health/readiness?verbose=true&component=database",
    "https://sonarcloud.io/dashboard?id=acme_orders&branch=release-candidate",
    "https://github.com/acme/orders/compare/v1.24.2...v1.24.3",
    "postgres://orders.cluster-c9akciq32rgx.eu-west-1.rds.amazonaws.com:5432/orders",
    "d111111abcdef8.cloudfront.net",
    "^(?!aws:|notify:|service$)[A-Za-z0-9_.:/=+@-]{1,127}$",
    "^v[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?$",
    "* * 8-16 ? * MON-THU *",
    "cron(0 6 ? * MON-FRI *)",
    "#ff8800, #1a2b3c4d",
    "getUserAccountInformationFromDirectoryService",
    "AbstractSingletonProxyFactoryBeanConfigurationInitializer",
    "AllowOverrideForS3ObjectKeyWhenThePipelineStarts",
    "ORDERS_DATABASE_CONNECTION_POOL_MAXIMUM_SIZE",
    "org.springframework.boot.autoconfigure.SpringBootApplication",
    "com.acme.orders.integration.CheckoutEndToEndTest#paysByInvoice",
    "-Dspring.profiles.active=integration,testcontainers -Xmx2048m",
    "--build-arg NODE_VERSION=24.11.0 --platform linux/arm64",
    "docker buildx build --file Dockerfile --cache-from type=registry,ref=$IMAGE:cache .",
    "aws cloudformation deploy --template-file template.yaml --stack-name orders-production",
    "npm run test:integration -- --reporter=junit --outputFile=reports/integration.xml",
    "find . -name '*.class' -print0 | xargs -0 sha256sum > checksums.txt",
    "curl --fail --silent --show-error --retry 5 https://orders.example/health",
    "sed -i 's/@VERSION@/1.24.3/g' kubernetes/deployment.yaml",
    "export PATH=/opt/java/jdk-21.0.5+11/bin:$PATH",
    "#{SourceVariables.CommitId} by #{SourceVariables.AuthorDisplayName}",
    "{{resolve:secretsmanager:orders/database:SecretString:password}}",
    "${CODEBUILD_RESOLVED_SOURCE_VERSION}-${CODEBUILD_BUILD_NUMBER}",
    "$CODEBUILD_SRC_DIR_BuildArtifact/infrastructure/template.yaml",
    "aws/codebuild/amazonlinux-aarch64-standard:3.0",
    "2026-11-25T00:40:52.123456789Z/2026-12-24T23:59:59.999Z",
    "Europe/Berlin,America/Argentina/Buenos_Aires",
    "application/vnd.docker.distribution.manifest.v2+json",
    "urn:pulumi:prod::service-pipelines::aws:codepipeline/pipeline:Pipeline::orders",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "================================================",
    "00000000-0000-0000-0000-000000000000",
    "01234567890123456789012345678901",
    "abcdefghijklmnopqrstuvwxyz".slice(0, 11).repeat(4),
    "ecr:BatchCheckLayerAvailability,ecr:GetDownloadUrlForLayer",
    "CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND",
    "Write to release@shop.example before you approve: the freeze ends on 2026-12-27.",
    "kubernetes.io/ingress.class=nginx,cert-manager.io/cluster-issuer=letsencrypt-production",
    "SELECT order_id, customer_id FROM orders WHERE created_at > now() - interval '1 day'",
];

/** Secrets of several alphabets: five of each. */
const secrets = (["alnum", "base32", "base64", "hex", "lower", "password", "upper", "url"] as const).flatMap(
    (alphabet, row) =>
        [24, 32, 36, 43, 48].map((length, column) => {
            const word = wordOf(
                alphabet,
                alphabet === "hex" ? length + 8 + (length === 32 ? 1 : 0) : length,
                numbers(11 + 10 * row + column),
            );
            return [`${word.length} signs of ${alphabet}`, word] as const;
        }),
);

/** Words of which names are made. */
const words =
    "account action alarm application approval artifact availability backup balancer batch billing branch bucket build cache catalog certificate change check client cluster command commit compute configuration connection container coverage customer dashboard database deploy description directory distribution document domain elastic endpoint environment event execution factory feature function gateway group health history image import index information input instance integration invoice java kubernetes language latest library linux listener location logging maximum memory message metric migration minimum module monitor network notification number object operation order organization output package parameter password payment permission pipeline platform policy postgres production profile project property provider public queue recovery region release repository request resource response retention rollback runtime schedule schema security server service session settings snapshot source stack staging standard storage stream subnet suite target template terraform timeout token topic trigger update upload user validation variable version volume warehouse webhook window worker".split(
        " ",
    );

const capital = (word: string) => word[0].toUpperCase() + word.slice(1);

/** A long name: of a class, a file, a variable, a path. */
const name = fc
    .tuple(
        fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 8 }),
        fc.constantFrom("-", "_", "/", ".", "--", "camel", "CAPITALS"),
        fc.option(fc.integer({ min: 0, max: 20261231 }), { nil: "" }),
    )
    .map(([parts, joint, number]) =>
        joint === "camel"
            ? `${parts.map(capital).join("")}${number}`
            : joint === "CAPITALS"
              ? `${parts.join("_").toUpperCase()}_${number}`
              : `${parts.join(joint)}${joint}${number}`,
    );

describe("a long random word", () => {
    for (const text of honest) {
        it(`is not seen in ${text}`, () => assert.equal(looksRandom(text), false));
    }

    for (const [title, word] of secrets) {
        it(`is seen: ${title}`, () => {
            assert.equal(looksRandom(word), true);
            assert.equal(looksRandom(`--some-option "${word}" and more`), true);
            if (!title.includes("password")) {
                assert.equal(looksRandom(`https://x.example/path?key=${word}`), true);
            }
        });
    }

    it("is not seen in names that are made of words", () => {
        fc.assert(
            fc.property(name, text => !looksRandom(text)),
            { numRuns: 2000 },
        );
    });

    for (const alphabet of Object.keys(alphabets) as Alphabet[]) {
        it(`is seen in 98 of 100 secrets of ${alphabet}`, () => {
            const next = numbers(42);
            // Of 32 hexadecimal digits or more, but not as many as a sum has.
            const lengths = [33, 36, 44, 48];
            const all = Array.from({ length: 2000 }, (_, index) => wordOf(alphabet, lengths[index % 4], next));
            const missed = all.filter(word => !looksRandom(word));
            assert.ok(missed.length <= 40, `${missed.length} of 2000: ${missed.slice(0, 3).join(" ")}`);
        });
    }

    it("is none below twenty signs, or sixteen that hold every sort of sign", () => {
        const next = numbers(7);
        const word = wordOf("alnum", 40, next);
        assert.equal(looksRandom(word.slice(0, 15)), false);
        assert.equal(looksRandom("Xk9#mQ2$vL8@pR5!"), true);
        assert.equal(looksRandom("Xk9#mQ2$vL8@pR5"), false);
    });
});
