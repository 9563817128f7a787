/** An amount that no stack file says, and why it is taken to be so. */
export interface Assumption {
    readonly amount: number;
    readonly unit: string;
    readonly what: string;
    readonly reason: string;
}

/** What the cost of a release is reckoned with, beside the minutes of its actions. */
export const assumptions = {
    days: {
        amount: 30,
        unit: "days",
        what: "a month, for what happens by the day and for what is kept",
        reason: "prices by the month are of months of any length",
    },
    artifactMb: {
        amount: 50,
        unit: "MB",
        what: "an artifact, from its source as from a build",
        reason: "the packed source or packages of one service; a monorepo's are larger",
    },
    logMb: {
        amount: 0.1,
        unit: "MB",
        what: "the log of a minute of a build",
        reason: "about a thousand lines of a hundred letters",
    },
    downloadGb: {
        amount: 0.2,
        unit: "GB",
        what: "what a build in the stack's own network downloads through its NAT gateway",
        reason: "packages of one service without a cache; images of others are larger",
    },
    functionSeconds: {
        amount: 3,
        unit: "s",
        what: "a function that seals, verifies or checks",
        reason: "it starts, reads an artifact of the size above and asks KMS",
    },
    eventSeconds: {
        amount: 0.3,
        unit: "s",
        what: "a function that tells or measures, for an event",
        reason: "one or two calls of AWS",
    },
    eventWrites: {
        amount: 2,
        unit: "units",
        what: "what such a function writes into the table, and as much again that it reads",
        reason: "that it has seen the event, and what it knows of the execution",
    },
    eventRequests: {
        amount: 3,
        unit: "requests",
        what: "of its queue for an event: sent, taken, deleted",
        reason: "batches make it fewer",
    },
} as const satisfies Record<string, Assumption>;
