import * as assert from "node:assert/strict";
import { Connections } from "../../components/connections";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const host = "arn:aws:codeconnections:eu-west-1:111111111111:host/ghe/1";
const there = "arn:aws:codeconnections:eu-west-1:111111111111:connection/there";
const plans = () =>
    planOf(
        stackFile(`
        connections:
            github: { provider: GitHub }
            ghe: { provider: GitHubEnterpriseServer, host: "${host}" }
            there: { arn: "${there}" }
    `),
    ).shared.connections;
const tags = { fleet: "shop" };
const build = () => new Connections("connection", { plans: plans(), tags });

describe("Connections", () => {
    it("registers exactly the connections that are not there yet", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "Connections connection",
            "  Connection connection-ghe",
            "  Connection connection-github",
        ]);
    });

    it("names the provider, or else its host, never both", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Connection", "connection-github"), {
            name: "shop--github",
            providerType: "GitHub",
            tags,
        });
        assert.deepEqual(inputsOf(all, "Connection", "connection-ghe"), { name: "shop--ghe", hostArn: host, tags });
    });

    it("tells the ARNs by key, and who waits for confirmation", async () => {
        const { outputs } = await recorded(() => {
            const { arns, pending } = build();
            return { keys: Object.keys(arns), github: arns.github, pending };
        });
        assert.deepEqual(outputs.keys, ["ghe", "github"]);
        assert.match(String(outputs.github), /^arn:aws:codeconnections:eu-west-1:111111111111:connection\//);
        assert.deepEqual(outputs.pending, ["shop--ghe", "shop--github"]);
    });

    it("registers nothing but itself where nothing is to be made", async () => {
        assert.deepEqual(tree(await registered(() => new Connections("connection", { plans: [], tags }))), [
            "Connections connection",
        ]);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a key that stands for two connections", () =>
        assertFails(
            () => new Connections("connection", { plans: [...plans(), ...plans()], tags }),
            /duplicate URN .*::connection-ghe: a child of /,
        ));
});
