const lowerCase = "abcdefghijklmnopqrstuvwxyz";
const upperCase = lowerCase.toUpperCase();
const digits = "0123456789";

/** What secrets are written with. */
export const alphabets = {
    alnum: lowerCase + upperCase + digits,
    base32: `${upperCase}234567`,
    base64: `${lowerCase}${upperCase}${digits}+/`,
    hex: `${digits}abcdef`,
    lower: lowerCase + digits,
    password: `${lowerCase}${upperCase}${digits}!@#$%^&*`,
    upper: upperCase + digits,
    url: `${lowerCase}${upperCase}${digits}-_`,
} as const;

export type Alphabet = keyof typeof alphabets;

/** Numbers that look random and are the same in each run: the same secrets, which were never anybody's. */
export function numbers(seed: number): () => number {
    let state = seed;
    return () => {
        // The generator of Park and Miller.
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647;
    };
}

/** A word of `length` signs of `alphabet`. */
export const wordOf = (alphabet: Alphabet, length: number, next: () => number): string =>
    Array.from({ length }, () => alphabets[alphabet][Math.floor(next() * alphabets[alphabet].length)]).join("");

const next = numbers(6);

/** Words of each alphabet that look like secrets and are none. */
export const signs = Object.fromEntries(
    (Object.keys(alphabets) as Alphabet[]).map(alphabet => [
        alphabet,
        (length: number) => wordOf(alphabet, length, next),
    ]),
) as Readonly<Record<Alphabet, (length: number) => string>>;
