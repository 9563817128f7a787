import * as assert from "node:assert/strict";
import type { Statement } from "../../blueprint/policy";
import { deployRole, ecsService, fleetOf, threeEnvironments } from "./support/fleet";

const sids = (statements: readonly Statement[]) => statements.map(({ Sid }) => Sid);

describe("the store's readers", () => {
    const of = (account: string) => `arn:aws:iam::${account}:role/instances`;
    const readers = fleetOf({
        environments: [
            { name: "dev", artifactReaders: ["arn:aws:iam::{account}:role/instances"] },
            { name: "staging", artifactReaders: ["arn:aws:iam::{account}:role/instances"] },
            {
                name: "prod",
                account: "222222222222",
                deployRoleArn: deployRole,
                artifactReaders: ["arn:aws:iam::{account}:role/instances"],
            },
        ],
    }).shared.store;
    const Principal = { AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"] };
    const byReaders = { ArnEquals: { "aws:PrincipalArn": [of("111111111111"), of("222222222222")] } };

    it("open artifacts through S3, and use the key for nothing else", () => {
        assert.deepEqual(readers.keyPolicy.slice(-1), [
            {
                Sid: "OpenByArtifactReaders",
                Effect: "Allow",
                Principal,
                Action: ["kms:Decrypt"],
                Resource: ["*"],
                reason: "in a key's own policy * is that key",
                Condition: { ...byReaders, StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
            },
        ]);
    });

    it("get artifacts, and may neither list nor write them", () => {
        assert.deepEqual(readers.bucketPolicy.slice(-2, -1), [
            {
                Sid: "ReadByArtifactReaders",
                Effect: "Allow",
                Principal,
                Action: ["s3:GetObject", "s3:GetObjectVersion"],
                Resource: ["arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1/*"],
                Condition: byReaders,
            },
        ]);
        assert.equal(sids(readers.bucketPolicy).filter(sid => sid.endsWith("ByArtifactReaders")).length, 1);
    });

    it("open those of each region with that region's key", () => {
        const environments = [
            { name: "dev", regions: ["eu-west-1", "us-east-1"], artifactReaders: [of("111111111111")] },
        ];
        const [abroad] = fleetOf({
            environments,
            services: {
                orders: { ...ecsService("orders"), deploy: { type: "s3", bucket: "a-{environment}-{region}" } },
            },
        }).shared.stores;
        const [open] = abroad.keyPolicy.slice(-1);
        const [get] = abroad.bucketPolicy.slice(-1);
        assert.deepEqual(open.Condition?.StringEquals, { "kms:ViaService": "s3.us-east-1.amazonaws.com" });
        assert.deepEqual(get.Resource, ["arn:aws:s3:::shop--fleet--artifacts-111111111111-us-east-1/*"]);
    });

    it("are none where the stack file names none", () => {
        for (const { shared } of [fleetOf(), fleetOf({ environments: threeEnvironments })]) {
            const all = [...shared.store.keyPolicy, ...shared.store.bucketPolicy];
            assert.deepEqual(
                sids(all).filter(sid => sid.endsWith("ArtifactReaders")),
                [],
            );
        }
    });
});
