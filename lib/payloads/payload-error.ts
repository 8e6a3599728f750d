import { refusalText } from "@/lib/refusals/refusal-text";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

/** Why a payload cannot be made of an order, for whoever set the webhook up. */
export class PayloadError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusalText(refusal));
  }
}

/** The longest body in characters. */
export const MAX_BODY_LENGTH = 8 * 1024 * 1024;

export function tooLong(): PayloadError {
  return new PayloadError(refuse("payload_too_large"));
}
