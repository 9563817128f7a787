import type { Properties, Shape } from "../shape";

/** A Pulumi type that is a resource of its own in a template. */
export interface Whole {
    /** The type of the resource. */
    readonly type: string;

    readonly shape: Shape;

    /**
     * How `Fn::Sub` writes what AWS answers: `${}` is the resource's own name or id, `${.Arn}` an attribute of it.
     * What `Ref` and `Fn::GetAtt` give stands under "Return values" on the type's page.
     */
    readonly outputs: Readonly<Record<string, string>>;

    /** Properties beside those that the inputs become. */
    readonly always?: Properties;
}

/** A Pulumi type that is a part of another resource in a template. */
export interface Folded {
    /** Pulumi type of the resource that it becomes a part of. */
    readonly into: string;

    /** The input that names that resource. */
    readonly by: string;

    /** What its other inputs become, among the properties of that resource. */
    readonly shape: Shape;

    /** The property of that resource, a list, of which it is one entry. @default - the properties are the resource's own */
    readonly entryOf?: string;
}

export type Mapping = Whole | Folded;

/** Mappings by Pulumi type. */
export type Mappings = Readonly<Record<string, Mapping>>;

/** How `Fn::Sub` writes an ARN in the template's own account and region. */
export const arnOf = (service: string, resource: string) =>
    `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** Outputs of a type whose `Ref` is its name, and which has its ARN as an attribute. */
export const namedWithArn = { id: "${}", name: "${}", arn: "${.Arn}" };

/** Outputs of a type whose `Ref` is its ARN. */
export const refIsArn = { id: "${}", arn: "${}" };

/** Outputs of a type that nothing refers to. */
export const refOnly = { id: "${}" };
