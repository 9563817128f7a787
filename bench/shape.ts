/** What a fleet of the bench is: as many services as one says, all alike. */
export interface Shape {
    readonly services: number;
    /** How many environments, in the order of promotion; an approval stands before each but the first. */
    readonly environments: number;
    /** How many test suites a service has beside its build: projects of their own, that run after deploys. */
    readonly suites: number;
    /** Whether all services are folders of one repository, each started by changes under its own path. */
    readonly monorepo: boolean;
}

/** What the numbers of a {@link Shape} may be: AWS takes no more actions and stages in a pipeline than such ones have. */
export const ranges = {
    services: { least: 1, most: 10_000 },
    environments: { least: 1, most: 10 },
    suites: { least: 0, most: 20 },
} as const;

/** Shapes by name; the number of services is said beside it. */
export const shapes = {
    /** The service that everything is counted by: three environments, two approvals, one integration suite. */
    reference: { environments: 3, suites: 1, monorepo: false },
    /** A large repository with many tests. */
    monorepo: { environments: 5, suites: 12, monorepo: true },
} as const satisfies Record<string, Omit<Shape, "services">>;

/**
 * Throws for a shape that no fleet has.
 *
 * @throws RangeError for a number that is no whole one, or out of {@link ranges}
 */
export function checkShape(shape: Shape): void {
    for (const [name, { least, most }] of Object.entries(ranges)) {
        const value = shape[name as keyof typeof ranges];
        if (!Number.isInteger(value) || value < least || value > most) {
            throw new RangeError(`${name}: expected a whole number from ${least} to ${most}, found ${value}`);
        }
    }
}

/** Names of the services, in the order of their keys. */
export const serviceNames = ({ services }: Pick<Shape, "services">): string[] =>
    Array.from({ length: services }, (_, index) => `service-${String(index).padStart(4, "0")}`);

/** Names of the environments: dev, staging and prod for three; what is more stands between the first two. */
export function environmentNames({ environments }: Pick<Shape, "environments">): string[] {
    const between = Array.from({ length: Math.max(0, environments - 3) }, (_, index) => `test-${index + 1}`);
    const last = ["staging", "prod"].slice(environments < 3 ? 1 : 0);
    return ["dev", ...between, ...last].slice(0, environments);
}

/** Names of the suites. */
export const suiteNames = ({ suites }: Pick<Shape, "suites">): string[] =>
    Array.from({ length: suites }, (_, index) => (index === 0 ? "integration" : `suite-${index + 1}`));

/** The environments in which suites run: all but the last, which customers use; the only one where there is but one. */
export const testedEnvironments = (shape: Pick<Shape, "environments">): string[] =>
    environmentNames(shape).slice(0, Math.max(1, shape.environments - 1));

/** A shape in words: `100 services`, and what makes it another than the reference. */
export function shapeText({ environments, suites, monorepo }: Omit<Shape, "services">): string {
    const of = monorepo ? "of one repository" : "of a repository each";
    const tests = suites === 1 ? "1 suite" : `${suites} suites`;
    return `services ${of}, ${environments} environments, ${tests}`;
}
