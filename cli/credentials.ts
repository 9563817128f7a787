/** Errors of the SDK that mean that there are no credentials, or none that hold. */
const lacking = new Set([
    "CredentialsProviderError",
    "ExpiredTokenException",
    "ExpiredToken",
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "TokenProviderError",
]);

/** AWS cannot be asked before somebody has logged in. */
export class NoCredentials extends Error {
    constructor(
        readonly found: string,
        readonly remedy: string,
    ) {
        super(`${found}; ${remedy}`);
    }
}

/**
 * What `call` gives.
 *
 * @throws NoCredentials where there are none that hold, with what is to be done; whatever else `call` throws
 */
export async function withCredentials<T>(account: string, call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (error instanceof Error && lacking.has(error.name)) {
            throw new NoCredentials(
                `no AWS credentials that hold: ${error.message}`,
                `log in to the account ${account}, for example with \`aws sso login\` and AWS_PROFILE`,
            );
        }
        throw error;
    }
}
