import type { Locale } from "@/lib/i18n/locales";
import { EN } from "./en";
import { refusalText } from "./refusal-text";
import { type RefusalCode, refuse } from "./refuse";

/** Why a delivery ended or a webhook was switched off, as far as these are stored for a reader. */
const STORED = [
  "webhook_switched_off",
  "webhook_switched_off_gone",
  "webhook_deleted",
  "waiting_cancelled",
  "gone",
  "gone_so_off",
  "payload_too_large",
  "payload_not_built",
  "template_too_much_work",
] as const satisfies RefusalCode[];

/** The English in which a reason is stored: REST and SQL show it as it is. */
export function reasonToStore(code: (typeof STORED)[number]): string {
  return refusalText(refuse(code));
}

// As db/queries/flows writes it.
const GIVEN_UP = /^Given up after (\d+) minutes\.(?: The last fault: (.+))?$/s;

/** A stored reason in the reader's language; one with no code, such as an error of the network, stays as it is. */
export function storedReason({ reason, locale }: { reason: string; locale: Locale }): string {
  const [isGivenUp, minutes = "", fault] = GIVEN_UP.exec(reason) ?? [];
  if (isGivenUp && fault) return refusalText(refuse("given_up_fault", { minutes, fault }), locale);
  if (isGivenUp) return refusalText(refuse("given_up", { minutes }), locale);
  const code = STORED.find((known) => EN[known] === reason);
  return code ? refusalText({ code }, locale) : reason;
}
