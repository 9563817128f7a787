/**
 * How long a client of AWS waits for an answer, in milliseconds, before it tries again: by itself it waits for ever, and one
 * call that hangs would take the whole batch with it when the function's time is over.
 *
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html (requestHandler)
 */
export const patience = { requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000 } } as const;
