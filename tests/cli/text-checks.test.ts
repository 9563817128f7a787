import * as assert from "node:assert/strict";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { planOf, stackFile } from "../support/plans";
import { between } from "./support/lines";

const plain = paintFor({});

describe("the text of a fleet with checks", () => {
    const skip = '{ type: variable, variable: "#{SourceVariables.BranchName}", value: main, otherwise: skip }';
    const checked = planOf(
        stackFile(`
            environments:
                - { name: dev, freezable: true }
                - { name: test, before: [${skip}] }
                - name: prod
                  approval: { reviewUrl: "https://d.example/#{codepipeline.PipelineExecutionId}" }
                  before: [{ type: window, cron: "* * 8-16 ? * MON-THU *" }, { type: alarm, name: a }]
                  freezable: true
            services:
                web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "w-{environment}" } }
        `),
    );
    const lines = fleetText(checked, undefined, [], plain).split("\n");

    it("says what each stage is entered with, skipped by, and looked at for", () => {
        assert.deepEqual(
            between(lines, /^ +3 dev/, /^ {2}told/).filter(line => !/ (deploy|verify) /.test(line)),
            [
                "   3 dev                enters only with no freeze of dev and web in dev; stops on failure",
                "   4 test               is skipped unless with #{SourceVariables.BranchName} = main; stops on failure",
                "   5 Approve-prod       waits for a yes; see https://d.example/#{codepipeline.PipelineExecutionId}",
                "        approve         no address is asked, 168 h to answer",
                "   6 prod               enters only with window * * 8-16 ? * MON-THU * (UTC); stops on failure",
                "        check           no freeze of prod and web in prod; alarm a of account 111111111111 not raised",
            ],
        );
    });

    it("says what can be frozen, by which parameters", () => {
        assert.deepEqual(between(lines, /^What can be frozen/, /^$/), [
            "What can be frozen",
            "  dev          and each service in it, by the parameters /service-pipelines/shop/freeze/dev and below it",
            "  prod         and each service in it, by the parameters /service-pipelines/shop/freeze/prod and below it",
        ]);
    });

    it("says what functions may do", () => {
        assert.deepEqual(between(lines, /^Functions/, /^ {2}Signs/), [
            "Functions",
            "  Says whether a stage may be entered: no freeze, no alarm; logs in /service-pipelines/shop/functions/check for 365 days",
            "  role shop--fleet--check (function shop--fleet--check) may",
            "      write own logs: logs CreateLogStream, PutLogEvents on log-group:/service-pipelines/shop/functions/check:log-stream:*",
            "      leave dead letters: sqs SendMessage on shop--fleet--check--dead-letters",
            "      open and seal messages: kms Decrypt, GenerateDataKey on <artifactKey>",
            "      answer pipelines: codepipeline PutJobFailureResult, PutJobSuccessResult on everything (answers to a job have no resource-level permission)",
            "      tell rollbacks: codepipeline GetPipelineExecution, ListActionExecutions on shop--*",
            "      read freezes: ssm GetParameters on parameter/service-pipelines/shop/freeze/*",
            "      read alarms: cloudwatch DescribeAlarms on everything (AWS shows composite alarms only to a permission on *)",
        ]);
        assert.deepEqual(
            between(lines, /^ {2}Signs/, /^ {2}Tells people/).filter(line => /^ {2}\w|kms|artifacts\//.test(line)),
            [
                "  Signs the sums of artifacts as soon as they are made; logs in /service-pipelines/shop/functions/seal for 365 days",
                "  role shop--fleet--seal (function shop--fleet--seal) may",
                "      open and seal messages: kms Decrypt, GenerateDataKey on <artifactKey>",
                "      read artifacts: s3 GetObject, GetObjectVersion on artifacts/shop--*/*",
                "      keep seals: s3 GetObject, PutObject on artifacts/seals/*",
                "      open and seal objects: kms Decrypt, GenerateDataKey on <artifactKey>",
                "      sign seals: kms Sign on <signingKey>",
                "  Compares artifacts with their seals before they are used; logs in /service-pipelines/shop/functions/verify for 365 days",
                "  role shop--fleet--verify (function shop--fleet--verify) may",
                "      open and seal messages: kms Decrypt, GenerateDataKey on <artifactKey>",
                "      read artifacts: s3 GetObject, GetObjectVersion on artifacts/shop--*/*",
                "      read seals: s3 GetObject on artifacts/seals/*",
                "      open and seal objects: kms Decrypt on <artifactKey>",
                "      check seals: kms Verify on <signingKey>",
            ],
        );
    });

    it("says nothing of either where there is none", () => {
        const all = fleetText(planOf(stackFile()), undefined, [], plain);
        assert.ok(!all.includes("What can be frozen") && !all.includes("Says whether"));
    });
});
