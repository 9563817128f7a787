import type { Notice } from "../notice";

/** By what subscriptions of a topic and readers of a queue choose, without reading the message. */
export const attributesOf = ({ happening, service, environment }: Notice) =>
    Object.fromEntries(
        Object.entries({ happening, service, environment }).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, { DataType: "String", StringValue: value }] as const],
        ),
    );
