import { accessRows } from "./access-rows";
import { alarmRows } from "./alarm-rows";
import { buildRows } from "./build-rows";
import { chatRows } from "./chat-rows";
import { dataRows } from "./data-rows";
import { eventRows } from "./event-rows";
import { functionRows } from "./function-rows";
import { messageRows } from "./message-rows";
import { packageRows } from "./package-rows";
import { pipelineRows } from "./pipeline-rows";
import type { Rows } from "./render";
import { storeRows } from "./store-rows";

/** Every type that templates know, with all of its properties. */
export const rows: Rows = {
    ...accessRows,
    ...alarmRows,
    ...buildRows,
    ...chatRows,
    ...dataRows,
    ...eventRows,
    ...functionRows,
    ...messageRows,
    ...packageRows,
    ...pipelineRows,
    ...storeRows,
};
