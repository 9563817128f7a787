import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { deployRole, ecsService, fleetOf, stackOf, type Words } from "./support/fleet";

const dev = { name: "dev" };
const prod = { name: "prod", account: "222222222222", deployRoleArn: deployRole };
const reader = { artifactReaders: ["arn:aws:iam::{account}:role/instances"] };

const said = (words: Words) => problemLines(stackOf(words).problems).map(line => line.replace(/^Pulumi\S+ /, ""));

/** A service that is deployed by `deploy`, and by `others` in some environments. */
const orders = (deploy: Words, others: Readonly<Record<string, Words>> = {}) => ({
    orders: {
        ...ecsService("orders"),
        deploy,
        environments: Object.fromEntries(Object.entries(others).map(([name, own]) => [name, { deploy: own }])),
    },
});

describe("deploys to instances", () => {
    const codedeploy = orders({ type: "codedeploy", application: "orders", deploymentGroup: "{environment}" });
    const ec2 = orders({ type: "ec2", tagKey: "Name", tagValue: "{environment}", deploySpec: "appspec.yml" });

    for (const [kind, services] of [
        ["codedeploy", codedeploy],
        ["ec2", ec2],
    ] as const) {
        it(`by ${kind} fail where the instances cannot open artifacts, and only there`, () => {
            assert.deepEqual(said({ environments: [{ ...dev, ...reader }, prod], services }), [
                "services.orders.deploy: the instances of prod fetch the artifact themselves: expected their roles in the environment's `artifactReaders`",
            ]);
            assert.deepEqual(
                said({
                    environments: [
                        { ...dev, ...reader },
                        { ...prod, ...reader },
                    ],
                    services,
                }),
                [],
            );
        });
    }

    it("are not every deploy: ECS needs no readers", () => {
        assert.deepEqual(said({ environments: [dev], services: { orders: ecsService("orders") } }), []);
    });
});

describe("deploys to ECS by CodeDeploy", () => {
    const blueGreen = { type: "ecs-blue-green", application: "orders", deploymentGroup: "prod" };
    const { deploy: rolling } = ecsService("orders") as { deploy: Words };

    it("take the place of a rolling deploy in one environment, as in design.md", () => {
        const { pipelines } = fleetOf({ environments: [dev, prod], services: orders(rolling, { prod: blueGreen }) });
        const deploys = pipelines[0].stages.flatMap(({ actions }) =>
            actions.filter(({ action }) => action.category === "Deploy"),
        );
        assert.deepEqual(
            deploys.map(({ action, roleArn, inputs }) => [action.provider, roleArn, inputs.length]),
            [
                ["ECS", undefined, 1],
                ["CodeDeployToECS", deployRole, 1],
            ],
        );
    });

    it("fail on an artifact that nothing makes", () => {
        const images = [{ placeholder: "IMAGE1_NAME", artifact: "buidl" }];
        assert.deepEqual(said({ environments: [prod], services: orders({ ...blueGreen, images }) }), [
            'services.orders.deploy.images[0].artifact: unknown artifact "buidl"; did you mean "build"?',
        ]);
    });

    it("fail on six artifacts", () => {
        const names = ["a", "b", "c", "d"];
        const deploy = {
            ...blueGreen,
            taskDefinitionArtifact: "source",
            images: names.map(name => ({ placeholder: name, artifact: name })),
        };
        const { orders: service } = orders(deploy);
        const sources = Object.fromEntries(names.map(name => [name, { repository: `acme/${name}` }]));
        assert.deepEqual(said({ environments: [prod], services: { orders: { ...service, sources } } }), [
            "services.orders.deploy: deploy (CodeDeployToECS) takes 1 to 5 artifacts, and would get 6",
        ]);
    });
});

describe("roles that deploys pass", () => {
    const other = "arn:aws:iam::111111111111:role/other";
    for (const [title, deploy] of [
        [
            "the infrastructure role",
            { ...(ecsService("a").deploy as Words), strategy: "CANARY", infrastructureRoleArn: other },
        ],
        ["blue/green", { type: "ecs-blue-green", application: "a", deploymentGroup: "b", taskRoles: [other] }],
        [
            "Elastic Beanstalk",
            {
                type: "elastic-beanstalk",
                application: "a",
                environmentName: "orders",
                environmentId: "e-1",
                roles: [other],
            },
        ],
    ] as const) {
        it(`fail on one of another account: ${title}`, () => {
            assert.deepEqual(said({ environments: [prod], services: orders(deploy) }), [
                `services.orders.deploy: expected a role of prod's account 222222222222, found "${other}": a role is passed within its account`,
            ]);
        });
    }
});

describe("deploys to Elastic Beanstalk", () => {
    const beanstalk = (environmentId: string) => ({
        type: "elastic-beanstalk",
        application: "orders",
        environmentName: "orders-{environment}",
        environmentId,
    });

    it("fit with three environments of one account into the role of the pipeline", () => {
        const names = ["development", "staging", "production"];
        const others = Object.fromEntries(names.map((name, index) => [name, beanstalk(`e-abcd1234e${index}`)]));
        const environments = names.map(name => ({ name }));
        assert.deepEqual(said({ environments, services: orders(beanstalk("e-0"), others) }), []);
    });
});
