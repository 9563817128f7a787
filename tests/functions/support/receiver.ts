import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What a receiver was sent. */
export interface Received {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** How a receiver answers one request; the socket is for rude ones. */
export type Reply = (response: ServerResponse, socket: Socket, request: Received) => void;

/** Answers with `status`. */
export const says =
    (status: number, headers: Record<string, string> = {}, body = ""): Reply =>
    response =>
        void response.writeHead(status, headers).end(body);

/** Answers nothing. */
export const silent: Reply = () => undefined;

/** Ends the connection before any answer. */
export const cut: Reply = (_response, socket) => void socket.destroy();

/** Ends the connection after `begun`, which is raw HTTP. */
export const cutAfter =
    (begun: string): Reply =>
    (_response, socket) =>
        void socket.write(begun, () => socket.destroy());

/** A server on this machine that takes messages, and answers as it is told: one reply for each request, the last one from then on. */
export class Receiver {
    readonly requests: Received[] = [];
    replies: Reply[] = [says(200, {}, "ok")];
    /** Called with each request before it is answered. */
    onRequest: (request: Received) => void = () => undefined;
    private readonly server: Server;

    constructor() {
        this.server = createServer((request, response) => {
            const chunks: Buffer[] = [];
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
            request.on("end", () => {
                const { method = "", url: path = "", headers, socket } = request;
                const received = { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
                this.requests.push(received);
                this.onRequest(received);
                const reply = this.replies.length > 1 ? this.replies.shift() : this.replies.at(0);
                reply?.(response, socket, received);
            });
        });
    }

    /** Begins to listen; @returns the URL of its root, which ends with a slash */
    async start(): Promise<string> {
        await new Promise<void>(resolve => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise(resolve => this.server.close(resolve));
    }
}
