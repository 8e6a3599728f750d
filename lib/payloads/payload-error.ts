/** Why a payload cannot be made of an order, in a sentence for whoever set the webhook up. */
export class PayloadError extends Error {}

/** The longest body in characters. */
export const MAX_BODY_LENGTH = 8 * 1024 * 1024;

export function tooLong(): PayloadError {
  return new PayloadError("The payload is over 8 MiB; shorten its template.");
}
