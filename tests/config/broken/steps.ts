import { broken, stepTypes, type Broken } from "../support/broken";

const exceptions = "      environments:\n        prod: { approval: { timeoutHours: 24 } }";

/** A row of a service whose steps are `steps`, and in prod `inProd`. */
const row = (title: string, steps: string, inProd: string, path: string, message: string): Broken =>
    broken(
        title,
        [
            [
                exceptions,
                [
                    ...(steps === "" ? [] : ["      steps:", `        ${steps}`]),
                    "      environments:",
                    `        ${inProd}`,
                ].join("\n"),
            ],
        ],
        `services.orders.${path}`,
        message,
    );

const none = "prod: { onFailure: rollback }";
const migrate = "migrate: { type: script, when: before, commands: [make] }";

const seed = "{ type: script, when: before, commands: [make seed] }";

const whyNotAlways =
    "CodePipeline runs nothing more of a stage once an action of it has failed: undo what was begun in the same script or suite, in a `finally` block of a buildspec of its own, or let a suite have a disposable test environment";

export const steps = [
    row("steps list", "", "prod: { §steps: [migrate] }", "environments.prod.steps", "expected a map, found a list"),
    row(
        "step that always runs, by a key",
        "stop: { type: script, when: end, §always: true, commands: [make] }",
        none,
        "steps.stop.always",
        whyNotAlways,
    ),
    row(
        "step that always runs, by its time",
        "stop: { type: script, §when: always, commands: [make] }",
        none,
        "steps.stop.when",
        whyNotAlways,
    ),
    row(
        "step that always runs in one environment",
        migrate,
        "prod: { steps: { migrate: { §always: true } } }",
        "environments.prod.steps.migrate.always",
        whyNotAlways,
    ),
    row(
        "step with a misspelt time",
        "migrate: { type: script, §when: befor, commands: [make] }",
        none,
        "steps.migrate.when",
        'expected one of "before", "after", "end", found "befor"; did you mean "before"?',
    ),
    row(
        "step of one environment with a misspelt key",
        migrate,
        "prod: { steps: { migrate: { §comands: [make all] } } }",
        "environments.prod.steps.migrate.comands",
        'unknown key; did you mean "commands"?',
    ),
    row(
        "step of one environment that says where it runs",
        migrate,
        "prod: { steps: { migrate: { §environments: [prod] } } }",
        "environments.prod.steps.migrate.environments",
        "expected no `environments` here: what stands here is of prod alone",
    ),
    row(
        "step changed where it does not run",
        "migrate: { type: script, when: before, environments: [dev, staging], commands: [make] }",
        "prod: { steps: { §migrate: { commands: [make all] } } }",
        "environments.prod.steps.migrate",
        "migrate runs in dev, staging alone: add prod to its `environments`, or give this step another name",
    ),
    row(
        "step of an environment that is skipped",
        migrate,
        "prod: { skip: Not yet., §steps: { migrate: { commands: [make all] } } }",
        "environments.prod.steps",
        "orders is not deployed to prod, so no step can run there",
    ),
    row(
        "step of one environment that is not whole",
        migrate,
        "prod: { steps: { §seed: { commands: [make seed] } } }",
        "environments.prod.steps.seed.type",
        stepTypes,
    ),
    broken(
        "step of one environment with the name of a suite",
        [
            [exceptions, exceptions.replace("approval: { timeoutHours: 24 }", `steps: { smoke: ${seed} }`)],
            ["smoke: { after", "§smoke: { after"],
        ],
        "services.orders.suites.smoke",
        'expected a name of its own, found "smoke", which another step has',
    ),
    row(
        "step that waits for an unknown one in one environment",
        migrate,
        "prod: { steps: { seed: { type: script, when: before, commands: [make], needs: [§migrat] } } }",
        "environments.prod.steps.seed.needs[0]",
        'unknown step "migrat"; did you mean "migrate"?',
    ),
    row(
        "step that waits for itself in one environment",
        migrate,
        "prod: { steps: { migrate: { needs: [§migrate] } } }",
        "environments.prod.steps.migrate.needs[0]",
        "migrate cannot wait for itself",
    ),
];
