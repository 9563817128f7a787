import type { SharedPlan } from "./plan";

/**
 * What pipelines can only stand on when it is there, beside what they refer to by handle: by name, sorted. A platform says what it
 * has; a stack of services compares that with what its own pipelines need.
 */
export const provided = ({
    functions,
    approvals,
    connections,
    customActions,
    stores,
    packages,
}: SharedPlan): string[] =>
    [
        ...functions.map(({ key }) => `function ${key}`),
        ...approvals.map(({ environment }) => `approval topic ${environment}`),
        ...connections.map(({ key }) => `connection ${key}`),
        ...customActions.map(({ key }) => `custom action ${key}`),
        ...stores.map(({ region }) => `artifact store ${region}`),
        ...(packages?.repositories ?? []).map(({ key }) => `package repository ${key}`),
    ].sort();
