import { shown } from "../../catalog/reference";
import { projectOf } from "../action-variables";
import { askedOf } from "../asked";
import type { ActionPlan, ApprovalPlan, FleetPlan, PipelinePlan, StagePlan } from "../plan";
import { buildFacts } from "./builds";
import { orderFact, protects, type Fact } from "./fact";
import { gateFacts } from "./gates";

/** Where a stage stands, and what it had in it before, or has now. */
export interface StagePlace {
    readonly pipeline: PipelinePlan;
    readonly fleet: FleetPlan;
    /** The other pipeline of the comparison. */
    readonly other: PipelinePlan;
}

/** What a reviewer reads of one stage. */
export function stageFact(stage: StagePlan, place: StagePlace): Fact {
    const { name, approval, actions } = stage;
    if (approval !== undefined) {
        return approvalFact(approval);
    }
    const others = place.other.stages.find(one => one.name === name)?.actions ?? [];
    const parts = [
        ...gateFacts(stage, place.fleet),
        ...actions.flatMap(action => actionFact(action, place)),
        orderFact("order of actions", ordered(actions), namesOf(others)),
    ];
    const guards = parts.some(part => part.weaker?.(part, undefined) === true);
    return {
        what: "stage",
        name,
        nameless: true,
        where: name,
        text: "",
        summary: namesOf(actions).join(", "),
        // Without it what it asked is asked no more.
        weaker: (_, now) => guards && now === undefined,
        parts,
    };
}

const namesOf = (actions: readonly ActionPlan[]) => actions.map(({ name }) => name);

/** Names of actions by their run order. */
const ordered = (actions: readonly ActionPlan[]) => namesOf([...actions].sort((a, b) => a.runOrder - b.runOrder));

/** Who is asked before an environment, and for how long. */
function approvalFact({ environment, notify, timeoutHours, instructions, reviewUrl }: ApprovalPlan): Fact {
    const asked = notify.length === 0 ? "nobody by e-mail" : notify.join(", ");
    return {
        what: "approval",
        name: environment,
        nameless: true,
        where: environment,
        text: "",
        summary: `asks ${asked}, ${timeoutHours} h to answer`,
        weaker: protects,
        parts: [
            { what: "asked for approval", text: asked, value: notify.join("\n"), weaker: asksFewer },
            {
                what: "time to approve",
                text: `${timeoutHours} h`,
                value: String(timeoutHours),
                weaker: (was, now) => Number(now?.value) < Number(was?.value),
            },
            ...(instructions === undefined ? [] : [{ what: "words to approvers", text: instructions }]),
            ...(reviewUrl === undefined ? [] : [{ what: "page for approvers", text: reviewUrl }]),
        ],
    };
}

/** Whether all who are asked were asked before, and others too. */
const asksFewer: Fact["weaker"] = (was, now) => {
    const [before, after] = [was, now].map(fact => (fact?.value ?? "").split("\n").filter(name => name !== ""));
    return after.length < before.length && after.every(name => before.includes(name));
};

/** What functions of the fleet's own do; that of the check is told by its gates and freezes. */
const ownFacts = { seal: "seal", verify: "verification of artifacts" } as const;

/** Keys of a configuration that are told in other words. */
const toldElsewhere = ["ProjectName", "EnvironmentVariables"];

function actionFact(action: ActionPlan, { pipeline, fleet }: StagePlace): Fact[] {
    const { name, summary, configuration, inputs, outputs, namespace, roleArn, region, compute } = action;
    const asked = askedOf(action, fleet);
    if (asked !== undefined) {
        return asked === "check" ? [] : [{ what: ownFacts[asked], text: "", summary, weaker: protects }];
    }
    const isSuite = action.path.includes("suites");
    const optional = (what: string, text: string | undefined): Fact[] =>
        text === undefined || text === "" ? [] : [{ what: `${name}: ${what}`, text }];
    return [
        {
            what: isSuite ? "suite" : "action",
            name,
            text: "",
            summary,
            ...(isSuite && { weaker: protects }),
            parts: [
                ...Object.entries(configuration)
                    .filter(([key]) => !toldElsewhere.includes(key))
                    .flatMap(([key, value]) => optional(key, shown(value))),
                ...optional("provider", `${action.action.owner} ${action.action.provider}`),
                ...optional("takes", inputs.join(", ")),
                ...optional("makes", outputs.join(", ")),
                ...optional("variables as", namespace),
                ...optional("performed as", roleArn),
                ...optional("region", region),
                ...(compute === undefined
                    ? []
                    : [{ what: `${name}: commands`, text: compute.commands.join("\n"), lines: true as const }]),
                ...named(name, buildFacts(action, projectOf(action, pipeline))),
            ],
        },
    ];
}

/** Facts of a build with its name; the only build of a stage is called as the stage is, which is said already. */
const named = (name: string, facts: readonly Fact[]): Fact[] =>
    name === "build" ? [...facts] : facts.map(fact => ({ ...fact, what: `${name}: ${fact.what}` }));
