import { chat } from "./chat";
import { pagerDuty } from "./pager-duty";
import { slack } from "./slack";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { webhook } from "./webhook";

/** Who can be told what happens. */
export const targets = [chat, pagerDuty, slack, sns, sqs, webhook] as const;
