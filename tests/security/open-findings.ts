/** What a scanner finds on the rendered stacks and what stays, as `docs/security.md` tells it. */
export interface OpenFinding {
    readonly check: string;
    readonly asks: string;
    /** Types of resources, as the program registers them. */
    readonly types: readonly string[];
    /** Which of them: by logical name; all where none is named. */
    readonly names?: readonly string[];
    readonly why: string;
}

const lambda = "aws:lambda/function:Function";

/** Sorted by check. */
export const openFindings: readonly OpenFinding[] = [
    {
        check: "CKV_AWS_18",
        asks: "access logs of buckets",
        types: ["aws:s3/bucket:Bucket"],
        why: "the stack file's key `accessLogs` switches them on, into a bucket that you have; without the key there is nowhere to write them; copies in other regions have none, as S3 writes them to a bucket of the same region",
    },
    {
        check: "CKV_AWS_27",
        asks: "queues encrypted with a key of KMS",
        types: ["aws:sqs/queue:Queue"],
        names: ["tell-programs", "tell-shown"],
        why: "a queue of notices for your own programs is encrypted with SQS's key: the programs' roles then need no permission on the key of the artifacts; the notices hold no secret",
    },
    {
        check: "CKV_AWS_28",
        asks: "recovery of tables to a point in time",
        types: ["aws:dynamodb/table:Table"],
        why: "its items are claims and reminders that expire within days; a lost table costs a doubled message, and restoring an old one would send again what has been sent",
    },
    {
        check: "CKV_AWS_35",
        asks: "trails encrypted with a key of KMS",
        types: ["aws:cloudtrail/trail:Trail"],
        why: "a trail is made only where the account has none, into a bucket of yours, whose own encryption holds; the stack's key does not let CloudTrail in",
    },
    {
        check: "CKV_AWS_67",
        asks: "trails of all regions",
        types: ["aws:cloudtrail/trail:Trail"],
        why: "the trail feeds the rules of the stack's own region; one of all regions is the organisation's to make, and a second one is paid for each event",
    },
    {
        check: "CKV_AWS_115",
        asks: "reserved concurrency of functions",
        types: [lambda],
        why: "AWS keeps 100 of an account's executions unreserved, so the deployment fails in an account that has 10; queues limit how many run at once (decision 0040)",
    },
    {
        check: "CKV_AWS_116",
        asks: "dead letters of functions",
        types: [lambda],
        names: ["metrics-function", "notify-function", "rollback-function"],
        why: "queues feed them, which have dead letters of their own with an alarm; what is set on the function is for asynchronous calls alone",
    },
    {
        check: "CKV_AWS_117",
        asks: "functions inside a VPC",
        types: [lambda],
        why: "they call AWS and chat rooms alone and reach nothing private; inside, each stack would pay for a way out, and a network that fails would silence those who tell of it",
    },
    {
        check: "CKV_AWS_119",
        asks: "tables encrypted with a key of KMS",
        types: ["aws:dynamodb/table:Table"],
        why: "it is encrypted with DynamoDB's key and holds names of pipelines, times and counts, no secret; with the stack's own key each claim would be a call of KMS",
    },
];
