import { chat } from "./chat";
import { delivery } from "./delivery";
import { foundation } from "./foundation";
import { images } from "./images";
import { monitoring } from "./monitoring";
import { operations } from "./operations";
import { packages } from "./packages";
import type { ResourceType } from "./type";

export type { ResourceType } from "./type";

const types: Readonly<Record<string, ResourceType>> = {
    ...foundation,
    ...delivery,
    ...chat,
    ...images,
    ...packages,
    ...operations,
    ...monitoring,
};

/**
 * The type with this token. One that is not in the table is an error: a resource of which the stand-in knows nothing
 * would pass every test, so the table grows with the program.
 */
export function resourceType(token: string): ResourceType {
    const type = types[token];
    if (type === undefined) {
        throw new Error(`the stand-in provider does not know ${token}: add it to tests/engine/support/provider/types`);
    }
    return type;
}
