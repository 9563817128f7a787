import { below, isRecord, listed, unknown, type Resource } from "./rule";

/** One statement of a policy, as far as it is known. */
export type Statement = Readonly<Record<string, unknown>>;

/** A policy among the properties of a resource: its statements, or that they are not known yet. */
export interface Document {
    readonly at: string;
    readonly statements: readonly Statement[] | typeof unknown;
}

/** Where policies of people and roles stand, by type. */
const identity: Readonly<Record<string, readonly string[]>> = {
    "aws:iam/groupPolicy:GroupPolicy": ["policy"],
    "aws:iam/policy:Policy": ["policy"],
    "aws:iam/rolePolicy:RolePolicy": ["policy"],
    "aws:iam/userPolicy:UserPolicy": ["policy"],
};

/** Where policies of resources stand, by type. */
const onResources: Readonly<Record<string, readonly string[]>> = {
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument"],
    "aws:codeartifact/domainPermissionsPolicy:DomainPermissionsPolicy": ["policyDocument"],
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": ["policyDocument"],
    "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy"],
    "aws:iam/role:Role": ["assumeRolePolicy"],
    "aws:kms/key:Key": ["policy"],
    "aws:kms/keyPolicy:KeyPolicy": ["policy"],
    "aws:s3/bucket:Bucket": ["policy"],
    "aws:s3/bucketPolicy:BucketPolicy": ["policy"],
    "aws:secretsmanager/secretPolicy:SecretPolicy": ["policy"],
    "aws:sns/topic:Topic": ["policy"],
    "aws:sns/topicPolicy:TopicPolicy": ["policy"],
    "aws:sqs/queue:Queue": ["policy"],
    "aws:sqs/queuePolicy:QueuePolicy": ["policy"],
};

/** The statements of a document, in JSON or as an object; none of what is no policy. */
export function statementsOf(document: unknown): readonly Statement[] | typeof unknown {
    const read = typeof document === "string" ? parsed(document) : document;
    const statements = read === unknown ? unknown : below(read, "Statement");
    return statements === unknown ? unknown : listed(statements).filter(isRecord);
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

const documents = ({ type, props }: Resource, keys: Readonly<Record<string, readonly string[]>>) =>
    (keys[type] ?? [])
        .filter(key => props[key] !== undefined)
        .map((at): Document => ({ at, statements: statementsOf(props[at]) }));

/** What a role or a person may do, by this resource. */
export const identityDocuments = (resource: Resource): readonly Document[] => [
    ...documents(resource, identity),
    ...(resource.type === "aws:iam/role:Role"
        ? listed(resource.props.inlinePolicies).map((policy, index): Document => ({
              at: `inlinePolicies[${index}].policy`,
              statements: statementsOf(below(policy, "policy")),
          }))
        : []),
];

/** Who may use this resource, or become this role. */
export const resourceDocuments = (resource: Resource): readonly Document[] => documents(resource, onResources);

/** Whether a statement is for everybody: `*` alone, or as an account; in a list with others too. */
export const isEverybody = ({ Principal }: Statement): boolean =>
    Principal === "*" || (isRecord(Principal) && textsOf(Principal.AWS).includes("*"));

/** A statement in a message: by its Sid, or by its place. */
export const statementName = ({ Sid }: Statement, index: number): string =>
    typeof Sid === "string" && Sid !== "" ? Sid : `statement ${index}`;

/** Texts of an element, without what is not known yet: an unknown ARN is none that everything has. */
export const textsOf = (element: unknown): readonly string[] =>
    listed(element).filter(value => typeof value === "string");
