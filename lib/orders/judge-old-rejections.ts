import { type OldRejection, replaceRejections, selectOldRejections } from "@/db/queries/order-events";
import type { StoredRefusal } from "@/db/stored-refusal";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import { prepareOrderEvent } from "./prepare-order-event";

// Each may hold some MiB.
const AT_ONCE = 20;

/**
 * Gives the rejected order events of a version that kept the reason as an English text alone the refusals that the
 * text words, which judging them again shows. Where it does not the text stays. Returns how many they were.
 */
export async function judgeOldRejections(): Promise<number> {
  let count = 0;
  let afterSeq = 0;
  for (;;) {
    const old = await selectOldRejections({ afterSeq, limit: AT_ONCE });
    const last = old.at(-1);
    if (!last) return count;
    await replaceRejections(old.map((rejection) => ({ id: rejection.id, refusals: judge(rejection) })));
    count += old.length;
    afterSeq = last.seq;
  }
}

function judge({ reason, data }: OldRejection): StoredRefusal[] {
  const { refusals } = prepareOrderEvent(JSON.parse(data)).row;
  return refusals && refusalsText(refusals) === reason ? refusals : [refuse("other", { text: reason })];
}
