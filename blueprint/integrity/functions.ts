import { arn, one, s3Arn, viaService } from "../../catalog/arn";
import { allow, allowAnywhere, type Grant } from "../../catalog/grant";
import { Reference } from "../../catalog/reference";
import type { FleetConfig } from "../../config/fleet-config";
import type { SealSettings } from "../../functions/lib/seals/settings";
import { functionName, functionPlan } from "../functions";
import type { Ground } from "../place";
import type { FunctionPlan, PipelinePlan } from "../plan";
import { sealKey, verifyKey } from "./actions";

/** Where seals begin in the artifact bucket of the pipelines' own region; no pipeline's folder can, as it begins with the prefix and `--`. */
export const sealFolder = "seals/";

/** {@link SealSettings} before AWS has named the key. */
type Settings = Omit<SealSettings, "signingKey"> & { readonly signingKey: Reference };

/** As long as a function may take; what is not done by then goes on with a continuation token. */
const timeoutSeconds = 15 * 60;

/**
 * The functions that seal and verify, where an action of `pipelines` asks them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function integrityFunctions(
    { retention }: Pick<FleetConfig, "retention">,
    ground: Ground,
    pipelines: readonly PipelinePlan[],
): FunctionPlan[] {
    const asked = new Set(
        pipelines.flatMap(({ stages }) =>
            stages.flatMap(({ actions }) => actions.map(({ configuration }) => configuration.FunctionName)),
        ),
    );
    const settings: Settings = {
        ...ground.home,
        bucket: ground.bucket,
        folder: sealFolder,
        signingKey: new Reference("signingKey"),
    };
    // CPU comes with memory, and sums of gigabytes take CPU.
    const common = { timeoutSeconds, memoryMb: 1024, settings, path: ["services"] };
    return [
        {
            ...common,
            key: sealKey,
            description: "Signs the sums of artifacts as soon as they are made",
            grants: sealGrants(ground),
        },
        {
            ...common,
            key: verifyKey,
            description: "Compares artifacts with their seals before they are used",
            grants: verifyGrants(ground),
        },
    ]
        .filter(({ key }) => asked.has(functionName(ground, key)))
        .map(words => functionPlan(words, retention.logDays, ground));
}

/** What both may do: answer, read what CodePipeline says of an execution, and read and open artifacts and seals. */
function commonGrants({ home, names, bucket }: Ground, reading: readonly string[]): Grant[] {
    const itself = s3Arn(bucket, home.region);
    return [
        allowAnywhere(
            "AnswerPipelines",
            ["codepipeline:PutJobFailureResult", "codepipeline:PutJobSuccessResult"],
            "answers to a job have no resource-level permission",
        ),
        allow("ReadExecutions", reading, [arn("codepipeline", names.everything, home)]),
        allow("ReadArtifacts", ["s3:GetObject", "s3:GetObjectVersion"], [`${itself}/${names.everything}/*`]),
    ];
}

/** Reading, and where it writes too writing, by the key of the bucket, through S3 alone. */
const openByKey = ({ home }: Ground, actions: readonly string[]): Grant =>
    allow("OpenAndSealObjects", actions, [new Reference("artifactKey")], {
        StringEquals: { "kms:ViaService": one(viaService("s3", home.region)) },
    });

const sealsOf = ({ home, bucket }: Ground) => [`${s3Arn(bucket, home.region)}/${sealFolder}*`];

/** What `seal` may do: beside what both may, sign, and keep what it signed and what it has so far. */
const sealGrants = (ground: Ground): Grant[] => [
    ...commonGrants(ground, ["codepipeline:GetPipelineExecution", "codepipeline:ListActionExecutions"]),
    allow("KeepSeals", ["s3:GetObject", "s3:PutObject"], sealsOf(ground)),
    openByKey(ground, ["kms:Decrypt", "kms:GenerateDataKey"]),
    allow("SignSeals", ["kms:Sign"], [new Reference("signingKey")]),
];

/** What `verify` may do: beside what both may, read seals and check who signed them. */
const verifyGrants = (ground: Ground): Grant[] => [
    ...commonGrants(ground, ["codepipeline:GetPipelineExecution"]),
    allow("ReadSeals", ["s3:GetObject"], sealsOf(ground)),
    openByKey(ground, ["kms:Decrypt"]),
    allow("CheckSeals", ["kms:Verify"], [new Reference("signingKey")]),
];
