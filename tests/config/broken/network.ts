import { broken } from "../support/broken";

/** Mistakes in what a network has beside its addresses, and in whose it is. */
export const network = [
    broken(
        "endpoints by a word that is none",
        [["endpoints: [s3]", "§endpoints: automatic"]],
        "network.create.endpoints",
        'expected one of "auto", found "automatic"; did you mean "auto"?',
    ),
    broken(
        "flow logs of a word that is none",
        [["endpoints: [s3]", "endpoints: [s3], §flowLogs: reject"]],
        "network.create.flowLogs",
        'expected one of "all", "rejected", found "reject"; did you mean "rejected"?',
    ),
    broken(
        "no flow logs, simply",
        [["endpoints: [s3]", "endpoints: [s3], §skipFlowLogs: true"]],
        "network.create.skipFlowLogs",
        "expected why nobody logs where builds connect to, as a text, found true",
    ),
    broken(
        "no flow logs, by a word that is no reason",
        [["endpoints: [s3]", 'endpoints: [s3], §skipFlowLogs: "yes"']],
        "network.create.skipFlowLogs",
        'expected why nobody logs where builds connect to, as a text, found "yes"',
    ),
    broken(
        "no flow logs, by blanks",
        [["endpoints: [s3]", 'endpoints: [s3], §skipFlowLogs: "  "']],
        "network.create.skipFlowLogs",
        'expected why nobody logs where builds connect to, as a text, found "  "',
    ),
    broken(
        "an organization by its name",
        [
            [
                "  service-pipelines:network:",
                "  service-pipelines:roles: { §organization: acme }\n  service-pipelines:network:",
            ],
        ],
        "roles.organization",
        'expected the id of an organization, such as "o-a1b2c3d4e5", found "acme"',
    ),
];
