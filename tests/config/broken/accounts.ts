import { broken } from "../support/broken";

export const accounts = [
    broken(
        "unquoted account",
        [['account: "222222222222"', "§account: 222222222222"]],
        "environments[2].account",
        'expected an account id in quotes, found the number 222222222222: YAML reads unquoted digits as a number and drops leading zeros; write "222222222222"',
    ),
    broken(
        "unquoted account zero",
        [['account: "222222222222"', "§account: 012345678901"]],
        "environments[2].account",
        'expected an account id in quotes, found the number 012345678901: YAML reads unquoted digits as a number and drops leading zeros; write "012345678901"',
    ),
    broken(
        "unquoted home",
        [['["111111111111"]', "[§111111111111]"]],
        "aws:allowedAccountIds[0]",
        'expected an account id in quotes, found the number 111111111111: YAML reads unquoted digits as a number and drops leading zeros; write "111111111111"',
    ),
    broken(
        "unquoted home zero",
        [['["111111111111"]', "[§011111111111]"]],
        "aws:allowedAccountIds[0]",
        'expected an account id in quotes, found the number 011111111111: YAML reads unquoted digits as a number and drops leading zeros; write "011111111111"',
    ),
    broken(
        "home text",
        [['aws:allowedAccountIds: ["111111111111"]', '§aws:allowedAccountIds: "111111111111"']],
        "aws:allowedAccountIds",
        'expected a list such as ["111111111111"], found the number 111111111111',
    ),
    broken(
        "home two",
        [
            ['["111111111111"]', '["111111111111", "222222222222"]'],
            ["  aws:allowed", "  §aws:allowed"],
        ],
        "aws:allowedAccountIds",
        "expected exactly one account id, so that a run with other credentials stops, found 2",
    ),
    broken(
        "home none",
        [
            ['["111111111111"]', "[]"],
            ["  aws:allowed", "  §aws:allowed"],
        ],
        "aws:allowedAccountIds",
        "expected exactly one account id, so that a run with other credentials stops, found 0",
    ),
    broken(
        "home missing",
        [
            ['  aws:allowedAccountIds: ["111111111111"]\n', ""],
            ["config:", "§config:"],
        ],
        "aws:allowedAccountIds",
        'missing; expected a list such as ["111111111111"]',
    ),
    broken(
        "region missing",
        [
            ["  aws:region: eu-west-1\n", ""],
            ["config:", "§config:"],
        ],
        "aws:region",
        'missing; expected a region such as "eu-west-1"',
    ),
    broken(
        "region bad",
        [["  aws:region: eu-west-1", "  §aws:region: Ireland"]],
        "aws:region",
        'expected a region such as "eu-west-1", found "Ireland"',
    ),
    broken(
        "account short",
        [
            ['"222222222222"', '"22222222222"'],
            ["      account", "      §account"],
        ],
        "environments[2].account",
        'expected a quoted account id of 12 digits, such as "111111111111", found "22222222222"',
    ),
    broken(
        "no deployRole",
        [
            ["      deployRoleArn: arn:aws:iam::222222222222:role/deploy\n", ""],
            ["    - name: prod", "    - §name: prod"],
        ],
        "environments[2].deployRoleArn",
        "missing; the environment is in account 222222222222, the pipeline in 111111111111: expected a role of 222222222222, or `deployRoles: create`",
    ),
    broken(
        "deployRole other",
        [
            ["arn:aws:iam::222222222222:role/deploy", "arn:aws:iam::333333333333:role/deploy"],
            ["      deployRoleArn", "      §deployRoleArn"],
        ],
        "environments[2].deployRoleArn",
        'expected a role of the environment\'s account 222222222222, found "arn:aws:iam::333333333333:role/deploy"',
    ),
    broken(
        "deployRole both",
        [
            [
                "      deployRoleArn: arn:aws:iam::222222222222:role/deploy\n",
                "      deployRoleArn: arn:aws:iam::222222222222:role/deploy\n      §deployRoles: create\n",
            ],
        ],
        "environments[2].deployRoles",
        "expected either `deployRoleArn` or `deployRoles`, found both: a role that is there already is not made",
    ),
    broken(
        "deployRoles other word",
        [["      deployRoleArn: arn:aws:iam::222222222222:role/deploy\n", "      §deployRoles: true\n"]],
        "environments[2].deployRoles",
        'expected one of "create", found true',
    ),
    broken(
        "deployRole any",
        [
            ["222222222222:role/deploy", "222222222222:role/team/{service}"],
            ["      deployRoleArn", "      §deployRoleArn"],
        ],
        "environments[2].deployRoleArn",
        'expected more of a name than `{service}`, such as "{service}-deploy": key and bucket would let in every role of the account',
    ),
    broken(
        "deployRole no arn",
        [
            ["arn:aws:iam::222222222222:role/deploy", "deploy"],
            ["      deployRoleArn", "      §deployRoleArn"],
        ],
        "environments[2].deployRoleArn",
        'expected the ARN of a role, such as "arn:aws:iam::111111111111:role/deploy", found "deploy"',
    ),
    broken(
        "artifact reader of another account",
        [
            [
                "    - name: dev\n",
                '    - name: dev\n      artifactReaders: ["arn:aws:iam::{account}:role/a", §"arn:aws:iam::222222222222:role/b"]\n',
            ],
        ],
        "environments[0].artifactReaders[1]",
        'expected a role of the environment\'s account 111111111111, found "arn:aws:iam::222222222222:role/b"',
    ),
    broken(
        "artifact reader that is everybody",
        [["    - name: dev\n", '    - name: dev\n      artifactReaders: [§"arn:aws:iam::111111111111:role/*"]\n']],
        "environments[0].artifactReaders[0]",
        'expected the ARN of a role, such as "arn:aws:iam::111111111111:role/deploy", found "arn:aws:iam::111111111111:role/*"',
    ),
    broken(
        "boolean account",
        [['account: "222222222222"', "§account: true"]],
        "environments[2].account",
        "expected a text, found true",
    ),
    broken(
        "null account",
        [['account: "222222222222"', "§account:"]],
        "environments[2].account",
        "expected a text, found nothing (null)",
    ),
    broken(
        "unquoted home, which an environment names too",
        [
            ['["111111111111"]', "[§111111111111]"],
            ["    - name: dev\n", '    - name: dev\n      account: "111111111111"\n'],
        ],
        "aws:allowedAccountIds[0]",
        'expected an account id in quotes, found the number 111111111111: YAML reads unquoted digits as a number and drops leading zeros; write "111111111111"',
    ),
];
