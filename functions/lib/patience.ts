/**
 * How long a client of AWS waits for an answer, in milliseconds, before it tries again: by itself it waits for ever, and one
 * call that hangs would take the whole batch with it when the function's time is over. A request that takes too long is only
 * warned of by the SDK, unless it is told to break it off; one whose answer stops halfway is the socket's matter.
 *
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html (requestHandler)
 */
export const patience = {
    requestHandler: {
        connectionTimeout: 2_000,
        requestTimeout: 10_000,
        socketTimeout: 10_000,
        throwOnRequestTimeout: true,
    },
} as const;
