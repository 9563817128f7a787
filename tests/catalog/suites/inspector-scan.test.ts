import * as assert from "node:assert/strict";
import { inspectorScan } from "../../../catalog/suites/inspector-scan";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const reason = "outsideNetwork: It reads no secret.";
const planned = (yaml: string, environment?: typeof prod) =>
    only(
        inspectorScan.plan(
            read(inspectorScan.settings, `{ ${yaml}, ${reason} }`),
            at("scan", [source, built], environment),
        ),
    );

const scanning = {
    sid: "ScanForVulnerabilities",
    actions: ["inspector-scan:ScanSbom"],
    resources: ["*"],
    reason: "inspector-scan:ScanSbom has no resource-level permission",
};
const logging = {
    sid: "WriteActionLog",
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codepipeline/shop--orders",
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codepipeline/shop--orders:*",
    ],
};
const weakens = ["scan runs outside the build network, on machines of AWS's own: It reads no secret."];

describe("suite inspector-scan", () => {
    it("scans the files of the artifact, with every threshold that is said", () => {
        const step = planned("thresholds: { low: 40, medium: 20, high: 3, critical: 0 }");
        assert.deepEqual(step, {
            name: "scan",
            action: {
                category: "Invoke",
                owner: "AWS",
                provider: "InspectorScan",
                version: "1",
                inputs: [0, 1],
                outputs: [1, 1],
                configuration: {
                    required: ["InspectorRunMode"],
                    optional: [
                        "ECRRepositoryName",
                        "ImageTag",
                        "CriticalThreshold",
                        "HighThreshold",
                        "MediumThreshold",
                        "LowThreshold",
                    ],
                },
                outsideVpc: "it runs on CodeBuild machines that CodePipeline manages",
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html",
            },
            summary: "Inspector scan of the files of source, at most 0 critical, 3 high, 20 medium, 40 low",
            configuration: {
                InspectorRunMode: "SourceCodeScan",
                CriticalThreshold: "0",
                HighThreshold: "3",
                MediumThreshold: "20",
                LowThreshold: "40",
            },
            namespace: "scan",
            inputs: ["SourceArtifact"],
            outputs: [{ key: "scan", name: "scan_artifact", opening: [] }],
            grants: [scanning, logging],
            weakens,
        });
    });

    it("scans an image of ECR, without any artifact, in each environment the one of its own", () => {
        const words =
            'ecrImage: { repository: "orders-{environment}", tag: "#{build.TAG}-{environment}" }, thresholds: { high: 1 }';
        const step = planned(words, prod);
        assert.deepEqual(step.configuration, {
            InspectorRunMode: "ECRImageScan",
            ECRRepositoryName: "orders-prod",
            ImageTag: "#{build.TAG}-prod",
            HighThreshold: "1",
        });
        assert.equal(step.summary, "Inspector scan of orders-prod:#{build.TAG}-prod, at most 1 high");
        assert.deepEqual(step.inputs, []);
        assert.deepEqual(
            step.outputs.map(({ name }) => name),
            ["scan_artifact__prod"],
        );
        assert.equal(step.namespace, "scan__prod");
        assert.deepEqual(step.grants, [
            scanning,
            logging,
            {
                sid: "ReadScannedImage",
                actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                resources: ["arn:aws:ecr:eu-west-1:111111111111:repository/orders-prod"],
            },
        ]);
    });

    it("fails without any threshold, as it could never fail; zero is one", () => {
        const check = (thresholds: string) =>
            inspectorScan.check?.(read(inspectorScan.settings, `{ thresholds: { ${thresholds} }, ${reason} }`));
        assert.deepEqual(check(""), [
            {
                path: ["thresholds"],
                message: "expected at least one of critical, high, medium, low: without any the scan never fails",
            },
        ]);
        assert.deepEqual(check("low: 0"), []);
    });

    for (const [title, yaml, refused] of [
        ["no reason to run outside the network", "thresholds: { low: 1 }", ["outsideNetwork"]],
        ["no thresholds", reason, ["thresholds"]],
        ["a threshold below zero", `thresholds: { low: -1 }, ${reason}`, ["thresholds.low"]],
        ["half a vulnerability", `thresholds: { low: 0.5 }, ${reason}`, ["thresholds.low"]],
        ["an unknown severity", `thresholds: { severe: 1 }, ${reason}`, ["thresholds"]],
        ["an image without its tag", `ecrImage: { repository: a1 }, thresholds: {}, ${reason}`, ["ecrImage.tag"]],
        [
            "a repository in capitals",
            `ecrImage: { repository: Orders, tag: x }, thresholds: {}, ${reason}`,
            ["ecrImage.repository"],
        ],
        [
            "a repository's address in its place",
            `ecrImage: { repository: "1.dkr.ecr.eu-west-1.amazonaws.com:443/a", tag: x }, thresholds: {}, ${reason}`,
            ["ecrImage.repository"],
        ],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(inspectorScan.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                refused,
            ));
    }
});
