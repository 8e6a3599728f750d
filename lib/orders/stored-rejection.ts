import { refusalsText } from "@/lib/refusals/refusal-text";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { prepareOrderEvent } from "./prepare-order-event";

/**
 * Why a rejected order event was rejected, in parts that can be worded in any language: the rules judge again what
 * was stored. Where they no longer say what was stored then, or `data` is not known, the stored English remains.
 */
export function storedRejection({ reason, data }: { reason: string; data: string | undefined }): Refusal[] {
  const refusals = data === undefined ? [] : prepareOrderEvent(JSON.parse(data)).refusals;
  return refusalsText(refusals) === reason ? refusals : [refuse("other", { text: reason })];
}
