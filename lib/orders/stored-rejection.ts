import { refusalsText } from "@/lib/refusals/refusal-text";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { prepareOrderEvent } from "./prepare-order-event";

// What is known of an order since then cannot be judged again.
const OLDER = /^older: .+ at (\S+), and how it was at (\S+) is known already$/;

/**
 * Why a rejected order event was rejected, in parts that can be worded in any language: the rules judge again what
 * was stored. Where they no longer say what was stored then, or `data` is not known, the stored English remains.
 */
export function storedRejection({ reason, data }: { reason: string; data: string | undefined }): Refusal[] {
  const [, at, known] = OLDER.exec(reason) ?? [];
  if (at !== undefined && known !== undefined) return [refuse("order_older", { at, known })];
  const refusals = data === undefined ? [] : prepareOrderEvent(JSON.parse(data)).refusals;
  return refusalsText(refusals) === reason ? refusals : [refuse("other", { text: reason })];
}
