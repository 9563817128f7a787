import { checkShape, environmentNames, serviceNames, suiteNames, testedEnvironments, type Shape } from "../shape";
import { stackHead } from "../stack-head";

/**
 * The stack file of a fleet: the same pipelines as the app of the CDK in `bench/cdk` has.
 *
 * @throws RangeError for a shape that no fleet has
 */
export function stackFile(shape: Shape): string {
    checkShape(shape);
    const [first, ...later] = environmentNames(shape);
    const asked = later.map(name => `    - name: ${name}\n      approval: { notify: [release@shop.example] }\n`);
    const services = serviceNames(shape).map(name => service(name, shape));
    return `${stackHead(`    - name: ${first}\n${asked.join("")}`)}${services.join("")}`;
}

function service(name: string, shape: Shape): string {
    const tested = testedEnvironments(shape).join(", ");
    const suites = suiteNames(shape).map(
        suite => `        ${suite}: { after: deploy, environments: [${tested}], commands: [npm run test:${suite}] }\n`,
    );
    return `    ${name}:
      source: ${source(name, shape)}
      build:
        commands: [npm ci, npm test, npm run build]
        secrets: { NPM_TOKEN: "npm-token:token" }
        reports: { junit: reports/junit.xml }
${suites.length === 0 ? "" : `      suites:\n${suites.join("")}`}\
      deploy: { type: ecs, cluster: "shop-{environment}", service: ${name}, taskRoles: ["arn:aws:iam::{account}:role/${name}-task"] }
`;
}

const source = (name: string, { monorepo }: Shape) =>
    monorepo ? `{ repository: acme/shop, paths: ["services/${name}/**"] }` : `{ repository: acme/${name} }`;

/** What is done to one line of a stack file. */
export interface Edit {
    readonly from: string;
    readonly to: string;
}

/** The edits that are measured; `run` makes each another one, so that nothing that was kept of the last can answer. */
export const edits = {
    /** A key is misspelt. */
    mistake: (run: number): Edit => ({ from: 'cluster: "shop-', to: `cluste${"r".repeat(run + 2)}: "shop-` }),
    /** A command is changed, which changes the plan of the service. */
    change: (run: number): Edit => ({ from: "npm run build", to: `npm run build:${run}` }),
} as const;

/**
 * `text` with an edit in the service `name`, and nowhere else.
 *
 * @throws RangeError where there is nothing to edit
 */
export function edited(text: string, name: string, { from, to }: Edit): string {
    const start = text.indexOf(`\n    ${name}:\n`);
    const at = start === -1 ? -1 : text.indexOf(from, start);
    if (at === -1) {
        throw new RangeError(`expected ${JSON.stringify(from)} in the service ${name}`);
    }
    return text.slice(0, at) + to + text.slice(at + from.length);
}
