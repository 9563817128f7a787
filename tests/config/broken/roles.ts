import { broken, type Broken } from "../support/broken";

/** The key `roles` with a mistake where `§` stands. */
const words = (text: string): Broken["edits"] => [
    ["  service-pipelines:protect: true\n", `  service-pipelines:protect: true\n  service-pipelines:roles: ${text}\n`],
];

const path =
    'expected a path that begins and ends with a slash, such as "/delivery/", and is none of AWS\'s own, found';
const organization = 'expected the id of an organization, such as "o-a1b2c3d4e5", found';
const boundary =
    'expected the ARN of a managed policy, such as "arn:aws:iam::{account}:policy/delivery-boundary", found';

export const roles = [
    broken("path without slashes", words("{ §path: delivery }"), "roles.path", `${path} "delivery"`),
    broken("path without an end", words("{ §path: /delivery }"), "roles.path", `${path} "/delivery"`),
    broken("path with an empty part", words("{ §path: /delivery//x/ }"), "roles.path", `${path} "/delivery//x/"`),
    broken("path with a wildcard", words('{ §path: "/delivery/*/" }'), "roles.path", `${path} "/delivery/*/"`),
    broken("path of AWS", words("{ §path: /aws-service-role/x/ }"), "roles.path", `${path} "/aws-service-role/x/"`),
    broken(
        "boundary by name",
        words("{ §boundary: delivery-boundary }"),
        "roles.boundary",
        `${boundary} "delivery-boundary"`,
    ),
    broken(
        "boundary that is a role",
        words('{ §boundary: "arn:aws:iam::111111111111:role/boundary" }'),
        "roles.boundary",
        `${boundary} "arn:aws:iam::111111111111:role/boundary"`,
    ),
    broken(
        "boundary of another account",
        words('{ §boundary: "arn:aws:iam::999999999999:policy/boundary" }'),
        "roles.boundary",
        `expected a policy of the pipelines' account 111111111111, or of {account}, or AWS's own, found "arn:aws:iam::999999999999:policy/boundary"`,
    ),
    broken(
        "boundary of another partition",
        words('{ §boundary: "arn:aws-cn:iam::{account}:policy/boundary" }'),
        "roles.boundary",
        `expected a policy that begins with "arn:aws:", as all of eu-west-1 do, found "arn:aws-cn:iam::{account}:policy/boundary"`,
    ),
    broken("organization by name", words("{ §organization: acme }"), "roles.organization", `${organization} "acme"`),
    broken(
        "organizational unit",
        words("{ §organization: ou-a1b2-c3d4e5f6 }"),
        "roles.organization",
        `${organization} "ou-a1b2-c3d4e5f6"`,
    ),
    broken("boundary misspelt", words("{ §boundry: x }"), "roles.boundry", 'unknown key; did you mean "boundary"?'),
    broken(
        "session tags as a text",
        words('{ §sessionTags: "yes" }'),
        "roles.sessionTags",
        'expected true or false, found "yes"',
    ),
];
