import { mapOf } from "../../config/values";
import type { Reading } from "./reading";

/** Words of a deploy, its `type` among them. */
export type DeployWords = Readonly<Record<string, unknown>>;

/** What becomes of the configuration of a deploy action. */
interface Mapping {
    readonly type: string;
    /** Key of the stack file by key of the configuration; one of a map in it behind a dot. */
    readonly keys: Readonly<Record<string, string>>;
    /** Keys whose value is a list, written with commas. */
    readonly lists?: readonly string[];
    /**
     * Words that the configuration does not have and that the kind asks for, some unless another is there: what stands there until
     * somebody says better, and what belongs there.
     */
    readonly asked?: Readonly<Record<string, readonly [value: unknown, what: string, unless?: string]>>;
    /** Whether instances fetch the artifact, so that the environment has to name their roles. */
    readonly read?: true;
    /** Keys that this project decides itself. */
    readonly own?: readonly string[];
}

/**
 * By provider. Keys as the action references of the CodePipeline user guide name them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
 */
const mappings: Readonly<Record<string, Mapping>> = {
    ECS: {
        type: "ecs",
        keys: {
            ClusterName: "cluster",
            ServiceName: "service",
            FileName: "imageDefinitions",
            DeploymentTimeout: "timeoutMinutes",
        },
        asked: { taskRoles: [[], "the roles that its tasks run with: `aws ecs describe-task-definition` names them"] },
    },
    S3: {
        type: "s3",
        keys: {
            BucketName: "bucket",
            ObjectKey: "prefix",
            Extract: "extract",
            KMSEncryptionKeyARN: "kmsKeyArn",
            CannedACL: "cannedAcl",
            CacheControl: "cacheControl",
        },
    },
    CodeDeploy: {
        type: "codedeploy",
        keys: { ApplicationName: "application", DeploymentGroupName: "deploymentGroup" },
        read: true,
    },
    CodeDeployToECS: {
        type: "ecs-blue-green",
        keys: {
            ApplicationName: "application",
            DeploymentGroupName: "deploymentGroup",
            TaskDefinitionTemplatePath: "taskDefinition",
            AppSpecTemplatePath: "appSpec",
        },
    },
    ElasticBeanstalk: {
        type: "elastic-beanstalk",
        keys: { ApplicationName: "application", EnvironmentName: "environmentName" },
        asked: {
            environmentId: [
                "e-0000000000",
                "the id of the environment: `aws elasticbeanstalk describe-environments` names it",
            ],
        },
    },
    Lambda: {
        type: "lambda",
        keys: {
            FunctionName: "function",
            FunctionAlias: "alias",
            PublishedTargetVersion: "version",
            DeployStrategy: "strategy",
            Alarms: "alarms",
        },
        lists: ["Alarms"],
    },
    EKS: {
        type: "eks",
        keys: {
            ClusterName: "cluster",
            Namespace: "namespace",
            HelmReleaseName: "helm.release",
            HelmChartLocation: "helm.chart",
            HelmValuesFiles: "helm.values",
            ManifestFiles: "manifests",
            Subnets: "subnets",
            SecurityGroupIds: "securityGroups",
        },
        lists: ["HelmValuesFiles", "ManifestFiles", "Subnets", "SecurityGroupIds"],
        asked: {
            outsideVpc: [
                "as the pipeline that it was taken over from",
                "why it runs outside the network, or `subnets`",
                "subnets",
            ],
        },
    },
    AppConfig: {
        type: "app-config",
        keys: {
            Application: "applicationId",
            Environment: "environmentId",
            ConfigurationProfile: "configurationProfileId",
            DeploymentStrategy: "deploymentStrategyId",
            InputArtifactConfigurationPath: "file",
        },
    },
    CloudFormation: {
        type: "cloudformation",
        keys: { StackName: "stack", RoleArn: "executionRoleArn", Capabilities: "capabilities" },
        lists: ["Capabilities"],
        own: ["ActionMode", "ChangeSetName"],
    },
};

/** A deploy action as a stack file says it. */
export interface Deploy {
    readonly words: DeployWords;
    /** What has to be filled in, by the word that it is of. */
    readonly toFill: Readonly<Record<string, string>>;
    readonly isReadByInstances: boolean;
}

/** What a deploy action says in a stack file; undefined for a provider that is not known here. */
export function deployWords(provider: string, configuration: Reading): Deploy | undefined {
    const mapping = mappings[provider];
    if (mapping === undefined) {
        return undefined;
    }
    const words: Record<string, unknown> = { type: mapping.type };
    for (const [from, to] of Object.entries(mapping.keys)) {
        const text = configuration.textAt(from);
        if (text !== undefined) {
            const value = mapping.lists?.includes(from) === true ? listOf(text) : scalarOf(text);
            const [key, inner] = to.split(".");
            words[key] = inner === undefined ? value : { ...mapOf(words[key]), [inner]: value };
        }
    }
    mapping.own?.forEach(key => configuration.at(key).done());
    if (mapping.type === "cloudformation") {
        Object.assign(words, templateOf(configuration));
    }
    const missing = Object.entries(mapping.asked ?? {}).filter(
        ([key, [, , unless]]) => words[key] === undefined && (unless === undefined || words[unless] === undefined),
    );
    missing.forEach(([key, [value]]) => {
        words[key] = value;
    });
    return {
        words,
        toFill: Object.fromEntries(missing.map(([key, [, why]]) => [key, why])),
        isReadByInstances: mapping.read === true,
    };
}

const listOf = (text: string): string[] => text.split(",").map(one => one.trim());

/** CodePipeline keeps all values as texts. */
const scalarOf = (text: string): unknown =>
    text === "true" ? true : text === "false" ? false : /^\d{1,4}$/.test(text) ? Number(text) : text;

/** Template and parameters of a CloudFormation action: paths without the artifact's name, which is another here. */
function templateOf(configuration: Reading): DeployWords {
    const path = (key: string) => configuration.textAt(key)?.split("::").at(-1);
    const [template, templateConfiguration] = [path("TemplatePath"), path("TemplateConfiguration")];
    const overrides = configuration.at("ParameterOverrides");
    const parameters = parsed(overrides.text());
    return {
        ...(template !== undefined && { template }),
        ...(templateConfiguration !== undefined && { templateConfiguration }),
        ...(parameters !== undefined && { parameters }),
    };
}

/** Parameters that are texts; undefined where there are none. What reads a file of an artifact is written otherwise here, and left as it is. */
function parsed(text: string | undefined): object | undefined {
    try {
        const value = JSON.parse(text ?? "") as unknown;
        return typeof value === "object" && value !== null ? value : undefined;
    } catch {
        return undefined;
    }
}
