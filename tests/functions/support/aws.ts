import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { ActionExecutionDetail, CodePipelineClient, PipelineExecution } from "@aws-sdk/client-codepipeline";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import { Bucket, failure } from "./bucket";
import { p256Digest } from "./p256";

export const settings = {
    account: "111111111111",
    region: "eu-west-1",
    bucket: "shop-artifacts",
    folder: "seals/",
    signingKey: "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-4333-8444-555555555555",
};

/** One call: its operation and what it was asked. */
export interface Call {
    readonly operation: string;
    readonly input: Readonly<Record<string, unknown>>;
}

/** S3, KMS and CodePipeline in memory, as far as seals need them; keys are real ones. */
export class Aws {
    readonly bucket: Bucket;
    readonly calls: Call[] = [];
    readonly keys = new Map<string, KeyObject>();
    readonly executions = new Map<string, PipelineExecution>();
    actions: ActionExecutionDetail[] = [];

    /** Actions of a page. */
    pageSize = 100;

    /** Whether CodePipeline keeps to the filter of a listing. */
    filters = true;

    /** Errors by operation: each is thrown once, or for ever. */
    readonly failing = new Map<string, { readonly error: Error; readonly always?: boolean }>();

    constructor({ versioned = true } = {}) {
        this.bucket = new Bucket(settings.bucket, versioned);
        this.addKey(settings.signingKey);
    }

    addKey(id: string): void {
        this.keys.set(id, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    }

    publicKey(id = settings.signingKey): KeyObject {
        return createPublicKey(this.key(id));
    }

    get tools() {
        const client = {
            send: (command: { readonly constructor: { readonly name: string }; readonly input: object }) =>
                Promise.resolve().then(() => this.answer(command.constructor.name, command.input)),
        };
        return {
            s3: client as unknown as S3Client,
            kms: client as unknown as KMSClient,
            codepipeline: client as unknown as CodePipelineClient,
            settings,
        };
    }

    count(operation: string): number {
        return this.calls.filter(call => call.operation === operation).length;
    }

    private key(id: unknown): KeyObject {
        const key = this.keys.get(String(id));
        if (key === undefined) {
            throw failure("NotFoundException", 400);
        }
        return key;
    }

    /** What AWS says to a command. */
    answer(operation: string, input: object): object {
        const asked = input as Readonly<Record<string, unknown>>;
        this.calls.push({ operation, input: asked });
        const fails = this.failing.get(operation);
        if (fails !== undefined) {
            if (fails.always !== true) {
                this.failing.delete(operation);
            }
            throw fails.error;
        }
        switch (operation) {
            case "SignCommand":
                return {
                    KeyId: asked.KeyId,
                    Signature: p256Digest.sign(this.key(asked.KeyId), asked.Message as Buffer),
                };
            case "VerifyCommand": {
                const valid = p256Digest.verify(
                    createPublicKey(this.key(asked.KeyId)),
                    asked.Message as Buffer,
                    asked.Signature as Buffer,
                );
                if (!valid) {
                    throw failure("KMSInvalidSignatureException", 400);
                }
                return { KeyId: asked.KeyId, SignatureValid: true };
            }
            case "GetPipelineExecutionCommand": {
                const pipelineExecution = this.executions.get(String(asked.pipelineExecutionId));
                if (pipelineExecution?.pipelineName !== asked.pipelineName) {
                    throw failure("PipelineExecutionNotFoundException", 400);
                }
                return { pipelineExecution };
            }
            case "ListActionExecutionsCommand":
                return this.page(asked);
            case "PutJobSuccessResultCommand":
            case "PutJobFailureResultCommand":
                return {};
            default:
                return this.bucket.answer(operation, input as Parameters<Bucket["answer"]>[1]);
        }
    }

    private page({ filter, nextToken }: Readonly<Record<string, unknown>>): object {
        const { pipelineExecutionId } = filter as { readonly pipelineExecutionId: string };
        const all = this.actions.filter(action => !this.filters || action.pipelineExecutionId === pipelineExecutionId);
        const from = Number(nextToken ?? 0);
        const next = from + this.pageSize;
        return {
            actionExecutionDetails: all.slice(from, next),
            ...(next < all.length && { nextToken: String(next) }),
        };
    }
}
