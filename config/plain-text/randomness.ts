/** Second letters that often follow a first one in English and in the names of programs; nine pairs of ten are these. */
const followers: Readonly<Record<string, string>> = {
    a: "bcdgilmnprstuy",
    b: "aelu",
    c: "acehiklortuy",
    d: "aeio",
    e: "acdfglmnprstvwxy",
    f: "aeio",
    g: "aeirsu",
    h: "aeimo",
    i: "acdefglmnoprstvz",
    k: "e",
    l: "aeilotu",
    m: "aeiop",
    n: "acdefginost",
    o: "bcdfgilmnoprstuvw",
    p: "aceiloprstu",
    q: "u",
    r: "acegikmostuvy",
    s: "cehiopstu",
    t: "acehioprstuwy",
    u: "abelmnprst",
    v: "aeip",
    w: "ao",
};

/** Whether `pair` is what words are made of: two letters of one case, or a capital with which a word begins. */
function isNatural(pair: string): boolean {
    const [first, second] = pair;
    const oneWord = /^(?:[a-z]{2}|[A-Z][a-z]|[A-Z]{2})$/.test(pair);
    return oneWord && (followers[first.toLowerCase()]?.includes(second.toLowerCase()) ?? false);
}

/** Different signs that a random word has at least, and one of hexadecimal digits: `aaaaaaaa…` is long and says nothing. */
const leastDifferent = { letters: 12, digits: 8 };

/** What makes the parts of a word a secret. */
interface Suspicion {
    /** Below this share of natural pairs a part is not made of words. Of random ones an eighth is natural, of names most. */
    readonly natural: number;
    /** Signs of a part below which it says nothing about the whole. */
    readonly part: number;
    /** Signs of all random parts together: with fewer they are no secret that can be told from a name. */
    readonly whole: number;
}

/** Of names and paths. */
const usual: Suspicion = { natural: 0.4, part: 6, whole: 20 };

/** Of words in which letters and digits take turns, as in few names. */
const mixed: Suspicion = { natural: 0.5, part: 3, whole: 16 };

/** Lengths of SHA-1, SHA-256, SHA-384 and SHA-512 in hexadecimal digits: what names commits and contents. */
const digests = [40, 64, 96, 128];

/** Hexadecimal digits that are long enough for a key, and are not the sum of something. */
const isHexKey = (part: string) =>
    /^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/.test(part) &&
    !digests.includes(part.length) &&
    (part.match(/[a-f]/gi)?.length ?? 0) >= 4 &&
    new Set(part).size >= leastDifferent.digits;

/** Whether `part`, of letters and digits alone, is made of no words. */
function isUnnatural(part: string, { natural, part: shortest }: Suspicion): boolean {
    if (part.length < shortest || /^[0-9a-f]*$|^[0-9A-F]*$/.test(part)) {
        return false;
    }
    const pairs = Array.from({ length: part.length - 1 }, (_, index) => part.slice(index, index + 2));
    return pairs.filter(isNatural).length < natural * pairs.length;
}

/** Whether `word` is a password as programs make them: all sorts of signs, and never two of a sort for long. */
function isPassword(word: string): boolean {
    const count = (sort: RegExp) => word.match(sort)?.length ?? 0;
    if (word.length < 16 || !/^[\w!@#$%^&*+=?~-]+$/.test(word)) {
        return false;
    }
    const sorts = [/[a-z]/g, /[A-Z]/g, /\d/g, /[!@#$%^&*+=?~]/g].map(count);
    const changes = count(/[a-z](?![a-z])|[A-Z](?![A-Z])|\d(?!\d)|[^A-Za-z0-9](?![^A-Za-z0-9])/g);
    return sorts.every(found => found > 0) && changes >= 0.5 * word.length;
}

/** What is long and looks like nothing, and is no secret: names of AWS, UUIDs, sums of contents, what is filled in. */
const honest = [
    /\barn:[\w{}-]+:[^\s"'<>]+/g,
    /\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b/g,
    /\bsha(?:1|256|384|512)[-:=~ ][A-Za-z0-9+/]+=*/g,
    // From the first brace of several: from each, a text of braces alone would take hours.
    /#?\$?(?<!\{)\{+[^{}]*\}+/g,
    /(?<![\w!@#%^&*+?~])\$[A-Za-z_]\w*/g,
    // A trace of X-Ray.
    /\b\d-[0-9a-f]{8}-[0-9a-f]{24}\b/g,
];

/** Whether a word in `text` is long and random, as keys, tokens and generated passwords are. */
export function looksRandom(text: string): boolean {
    if (text.length < 16) {
        return false;
    }
    const plain = honest.reduce((rest, form) => rest.replace(form, " "), text);
    return (
        plain.split(/[\s"'`,;()<>|]+/).some(isPassword) ||
        (plain.match(/[A-Za-z0-9+/=_.~-]{20,}/g) ?? []).some(hasRandomParts)
    );
}

/** Whether the parts of `word` between its signs are random, and long enough taken together. */
function hasRandomParts(word: string): boolean {
    const turns = word.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
    const parts = word.split(/[^A-Za-z0-9]+/);
    // Dates, times, versions and accounts are long rows of digits.
    const letters = parts.map(part => part.replace(/\d{4,}/g, ""));
    const isSecret = (suspicion: Suspicion) => {
        const random = letters.filter(part => isUnnatural(part, suspicion)).join("");
        return random.length >= suspicion.whole && new Set(random).size >= leastDifferent.letters;
    };
    return isSecret(usual) || (turns >= 3 && isSecret(mixed)) || parts.some(isHexKey);
}
