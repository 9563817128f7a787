import * as assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { patience } from "../../../functions/lib/patience";

/** Why a client gets no answer from a server when its patience of one sort is a hundredth. */
async function failure(sort: "requestTimeout" | "socketTimeout", listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    const { requestHandler } = patience;
    const client = new KMSClient({
        requestHandler: { ...requestHandler, [sort]: requestHandler[sort] / 100 },
        maxAttempts: 1,
        region: "eu-west-1",
        credentials: { accessKeyId: "key", secretAccessKey: "secret" },
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    try {
        await client.send(new DescribeKeyCommand({ KeyId: "a" }));
        return "none";
    } catch (error) {
        return (error as Error).name;
    } finally {
        client.destroy();
        server.closeAllConnections();
        server.close();
    }
}

describe("the patience of clients", function () {
    // Less than the patience of another sort, which would end the call as well.
    this.timeout(5_000);

    it("fails on a server that never answers", async () => {
        assert.equal(await failure("requestTimeout", () => undefined), "TimeoutError");
    });

    it("fails on an answer that stops halfway", async () => {
        const halfway: RequestListener = (_, response) => {
            response.writeHead(200, { "content-type": "application/x-amz-json-1.1", "content-length": "100" });
            response.write("{");
        };
        assert.equal(await failure("socketTimeout", halfway), "TimeoutError");
    });
});
