import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import type { World } from "../../../../../functions/notify/deliver";
import { MemoryTable } from "../../../support/table";

/** A world whose AWS is stubbed, and whose HTTP is real. Its clients are mocked for all: one at a time. */
export class StubbedWorld {
    readonly sns = mockClient(SNSClient);
    readonly sqs = mockClient(SQSClient);
    readonly manager = mockClient(SecretsManagerClient);
    readonly memory = new MemoryTable();
    /** In milliseconds. */
    now = Date.parse("2026-11-27T08:15:30.500Z");

    constructor() {
        [this.sns, this.sqs, this.manager].forEach(client => client.reset());
        this.sns.on(PublishCommand).resolves({ MessageId: "1" });
        this.sqs.on(SendMessageCommand).resolves({ MessageId: "1" });
    }

    /** What is in Secrets Manager from now on. */
    secrets(values: Readonly<Record<string, string>>): void {
        this.manager.on(GetSecretValueCommand).callsFake(({ SecretId }: { SecretId: string }) => {
            if (!Object.hasOwn(values, SecretId)) {
                throw Object.assign(new Error("it is not there"), { name: "ResourceNotFoundException" });
            }
            return { SecretString: values[SecretId] };
        });
    }

    /** How often secrets have been asked for. */
    get asked(): number {
        return this.manager.commandCalls(GetSecretValueCommand).length;
    }

    /** What a new container of the function sees of it. */
    container(timeout?: number): World {
        return {
            sns: new SNSClient({}),
            sqs: new SQSClient({}),
            secrets: new SecretsManagerClient({}),
            table: this.memory.table(() => this.now),
            ...(timeout !== undefined && { timeout }),
        };
    }
}
