import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Cloud, cloudVariable } from "./cloud";
import { StandIn, type Change } from "./stand-in";
import type { Properties } from "./values";

/*
 * The provider speaks the engine's protocol itself. `pulumi.provider.main` would be shorter, but it answers a preview
 * with the bare inputs and a comparison without the properties: previews would then show changes that `up` does not
 * make, and a test could not tell which property of a pipeline has changed.
 */

const kinds = {
    add: [messages.PropertyDiff.Kind.ADD, messages.PropertyDiff.Kind.ADD_REPLACE],
    delete: [messages.PropertyDiff.Kind.DELETE, messages.PropertyDiff.Kind.DELETE_REPLACE],
    update: [messages.PropertyDiff.Kind.UPDATE, messages.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function read(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

function write(properties: Properties): Struct {
    const given = Object.entries(properties).filter(([, value]) => value !== undefined);
    return Struct.fromJavaScript(Object.fromEntries(given) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Type and logical name, which is all that the provider looks at in a URN. */
function subject(request: { getUrn(): string }): { type: string; name: string } {
    const [, , path, ...name] = request.getUrn().split("::");
    return { type: path.split("$").at(-1) ?? "", name: name.join("::") };
}

function unary<Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        void Promise.resolve()
            .then(() => answer(call.request))
            .then(
                response => callback(null, response),
                (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
            );
    };
}

function diffResponse({ differences, replaces, deleteFirst }: Change): messages.DiffResponse {
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse()
        .setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...new Set(differences.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path))])
        .setReplacesList([...replaces])
        .setDeletebeforereplace(deleteFirst)
        .setHasdetaileddiff(true);
    for (const { path, kind } of differences) {
        const replace = replaces.some(key => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
        const detail = new messages.PropertyDiff().setKind(kinds[kind][replace ? 1 : 0]).setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}

function handlers(standIn: StandIn, version: string): grpc.UntypedServiceImplementation {
    return {
        getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        checkConfig: unary((request: messages.CheckRequest) =>
            new messages.CheckResponse().setInputs(request.getNews()),
        ),
        configure: unary((request: messages.ConfigureRequest) => {
            standIn.configure(read(request.getArgs()));
            return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
        }),
        check: unary((request: messages.CheckRequest) => {
            const seed = request.getRandomseed_asB64();
            const [inputs, failures] = standIn.check(
                subject(request),
                read(request.getOlds()),
                read(request.getNews()),
                seed,
            );
            const found = failures.map(({ property, reason }) =>
                new messages.CheckFailure().setProperty(property).setReason(reason),
            );
            return new messages.CheckResponse().setInputs(write(inputs)).setFailuresList(found);
        }),
        diff: unary((request: messages.DiffRequest) => {
            const [before, state, after] = [request.getOldInputs(), request.getOlds(), request.getNews()].map(read);
            return diffResponse(standIn.diff(subject(request), before, state, after));
        }),
        create: unary(async (request: messages.CreateRequest) => {
            const inputs = read(request.getProperties());
            const [id, state] = await standIn.create(subject(request), inputs, request.getPreview());
            return new messages.CreateResponse().setId(id).setProperties(write(state));
        }),
        read: unary((request: messages.ReadRequest) => {
            const [state, inputs] = [request.getProperties(), request.getInputs()].map(read);
            const found = standIn.read(subject(request), request.getId(), state, inputs);
            return new messages.ReadResponse()
                .setId(found.id)
                .setProperties(write(found.state))
                .setInputs(write(found.inputs));
        }),
        update: unary((request: messages.UpdateRequest) => {
            const [state, inputs] = [request.getOlds(), request.getNews()].map(read);
            const changed = standIn.update(subject(request), request.getId(), state, inputs, request.getPreview());
            return new messages.UpdateResponse().setProperties(write(changed));
        }),
        delete: unary((request: messages.DeleteRequest) => {
            standIn.delete(subject(request), request.getId(), read(request.getProperties()));
            return new Empty();
        }),
        invoke: unary((request: messages.InvokeRequest) => {
            throw new Error(`the stand-in provider answers no function, and the program calls ${request.getTok()}`);
        }),
    };
}

/** Serves the provider until the engine ends the process. */
export function serve(version: string): void {
    const folder = process.env[cloudVariable];
    if (folder === undefined) {
        throw new Error(`${cloudVariable} is not set`);
    }
    const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(ResourceProviderService, handlers(new StandIn(new Cloud(folder)), version));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) {
            throw error;
        }
        process.stdout.write(`${port}\n`); // how the engine learns where to call
    });
}
